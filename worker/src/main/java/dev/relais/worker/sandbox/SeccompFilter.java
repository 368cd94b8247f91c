package dev.relais.worker.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which system calls a command may not make: what would open a namespace, a mount, the kernel's keys or its less trodden parts; set-uid bits, which
 * would outlive the sandbox on the disk; sockets of families that no network namespace holds (vsock reaches a virtual machine's host). All else is
 * allowed: the walls are the namespaces, this keeps their outside small.
 */
final class SeccompFilter {
    private static final int ALLOW = 0x7FFF0000;
    private static final int ERROR = 0x00050000;
    private static final int EPERM = 1;
    private static final int ENOMEM = 12;
    private static final int ENOSYS = 38;
    private static final int NO_SUCH_FAMILY = 97;
    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;

    private static final List<String> FORBIDDEN = List.of("mount", "umount2", "pivot_root", "chroot", "swapon", "swapoff",
            "reboot", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "acct", "quotactl",
            "quotactl_fd", "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "syslog", "bpf", "perf_event_open",
            "userfaultfd", "keyctl", "add_key", "request_key", "setns", "open_by_handle_at", "name_to_handle_at", "open_tree",
            "move_mount", "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "fanotify_init", "lookup_dcookie",
            "vhangup", "iopl", "ioperm", "modify_ldt", "nfsservctl", "process_vm_readv", "process_vm_writev", "kcmp",
            "pidfd_getfd", "move_pages", "migrate_pages");
    /** Programs fall back on the older call, whose arguments can be looked at. */
    private static final List<String> ABSENT = List.of("clone3", "openat2", "io_uring_setup", "io_uring_enter",
            "io_uring_register");
    /** New namespaces: mount, cgroup, uts, ipc, user, pid, net, time. */
    private static final int NAMESPACES = 0x7E020080;
    /** In clone the lowest byte is the signal, where time stands in unshare. */
    private static final int CLONE_NAMESPACES = 0x7E020000;
    private static final int SET_ID = 06000;
    private static final int MAKES_A_FILE = 0x400040;
    private static final int PUSH_A_KEY = 0x5412;
    private static final int CONSOLE = 0x541C;
    private static final List<Integer> FAMILIES = List.of(1, 2, 10, 16);
    /** Of shared memory that no watchdog sees, a database asks for less than this. */
    private static final int SHARED_BYTES = 1 << 20;

    private SeccompFilter() {}

    /**
     * @param architecture as {@code os.arch} names it
     * @param accounted whether a cgroup counts memory that stands in no process: otherwise there is none
     * @return the program; empty for an architecture whose numbers are not known here
     */
    static Optional<byte[]> of(String architecture, boolean accounted) {
        return SyscallTable.of(architecture).map(table -> program(table, accounted).bytes());
    }

    private static Bpf program(SyscallTable table, boolean accounted) {
        Map<String, Integer> numbers = table.numbers();
        var program = new Bpf().load(ARCHITECTURE).skipIfEquals(table.audit(), 1).end(ERROR | ENOSYS).load(NUMBER);
        if (table.foreignFrom() > 0) {
            program.ifAtLeast(table.foreignFrom(), 1).end(ERROR | ENOSYS);
        }
        FORBIDDEN.forEach(name -> refuse(program, numbers, name, EPERM));
        ABSENT.forEach(name -> refuse(program, numbers, name, ENOSYS));
        on(program, numbers, "unshare", new Bpf().loadArgument(0).ifHasBit(NAMESPACES, 1).end(ERROR | EPERM));
        on(program, numbers, "clone", new Bpf().loadArgument(0).ifHasBit(CLONE_NAMESPACES, 1).end(ERROR | EPERM));
        on(program, numbers, "ioctl", new Bpf().loadArgument(1).skipIfEquals(PUSH_A_KEY, 1).ifEquals(CONSOLE, 1)
                .end(ERROR | EPERM));
        on(program, numbers, "socket", families());
        on(program, numbers, "socketpair", families());
        Map.of("chmod", 1, "fchmod", 1, "fchmodat", 2, "fchmodat2", 2, "creat", 1, "mknod", 1, "mknodat", 2)
                .forEach((name, mode) -> on(program, numbers, name,
                        new Bpf().loadArgument(mode).ifHasBit(SET_ID, 1).end(ERROR | EPERM)));
        Map.of("open", 1, "openat", 2).forEach((name, flags) -> on(program, numbers, name, new Bpf().loadArgument(flags)
                .ifHasBit(MAKES_A_FILE, 3).loadArgument(flags + 1).ifHasBit(SET_ID, 1).end(ERROR | EPERM)));
        if (!accounted) {
            refuse(program, numbers, "memfd_create", ENOSYS);
            refuse(program, numbers, "memfd_secret", ENOSYS);
            on(program, numbers, "shmget", new Bpf().loadArgument(1).ifAtLeast(SHARED_BYTES, 1).end(ERROR | ENOMEM));
        }
        return program.end(ALLOW);
    }

    private static Bpf families() {
        var block = new Bpf().loadArgument(0);
        for (int i = 0; i < FAMILIES.size(); i++) {
            block.skipIfEquals(FAMILIES.get(i), FAMILIES.size() - i);
        }
        return block.end(ERROR | NO_SUCH_FAMILY);
    }

    private static void refuse(Bpf program, Map<String, Integer> numbers, String name, int error) {
        Integer number = numbers.get(name);
        if (number != null) {
            program.ifEquals(number, 1).end(ERROR | error);
        }
    }

    /** @param block falls through where the call is allowed; the number is gone from the register then, and no other rule is about it */
    private static void on(Bpf program, Map<String, Integer> numbers, String name, Bpf block) {
        Integer number = numbers.get(name);
        if (number != null) {
            program.ifEquals(number, block.length() + 1).append(block).end(ALLOW);
        }
    }
}

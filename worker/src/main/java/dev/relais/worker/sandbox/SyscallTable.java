package dev.relais.worker.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Numbers of the system calls that {@link SeccompFilter} speaks of, for the two architectures that Relais is run on.
 *
 * @param audit the kernel's name of the architecture
 * @param foreignFrom numbers from here on belong to another calling convention; 0 for none
 */
record SyscallTable(int audit, int foreignFrom, Map<String, Integer> numbers) {
    private static final int X86_64 = 0xC000003E;
    private static final int AARCH64 = 0xC00000B7;
    private static final int X32 = 0x40000000;
    /** name x86_64 aarch64; a dash where the architecture has none. */
    private static final String NAMES = """
            mount 165 40
            umount2 166 39
            pivot_root 155 41
            chroot 161 51
            swapon 167 224
            swapoff 168 225
            reboot 169 142
            init_module 175 105
            finit_module 313 273
            delete_module 176 106
            kexec_load 246 104
            kexec_file_load 320 294
            acct 163 89
            quotactl 179 60
            quotactl_fd 443 443
            settimeofday 164 170
            clock_settime 227 112
            clock_adjtime 305 266
            adjtimex 159 171
            syslog 103 116
            bpf 321 280
            perf_event_open 298 241
            userfaultfd 323 282
            keyctl 250 219
            add_key 248 217
            request_key 249 218
            setns 308 268
            open_by_handle_at 304 265
            name_to_handle_at 303 264
            open_tree 428 428
            move_mount 429 429
            fsopen 430 430
            fsconfig 431 431
            fsmount 432 432
            fspick 433 433
            mount_setattr 442 442
            fanotify_init 300 262
            lookup_dcookie 212 18
            vhangup 153 58
            iopl 172 -
            ioperm 173 -
            modify_ldt 154 -
            nfsservctl 180 42
            process_vm_readv 310 270
            process_vm_writev 311 271
            kcmp 312 272
            pidfd_getfd 438 438
            move_pages 279 239
            migrate_pages 256 238
            io_uring_setup 425 425
            io_uring_enter 426 426
            io_uring_register 427 427
            clone3 435 435
            openat2 437 437
            memfd_create 319 279
            memfd_secret 447 447
            unshare 272 97
            clone 56 220
            ioctl 16 29
            socket 41 198
            socketpair 53 199
            chmod 90 -
            fchmod 91 52
            fchmodat 268 53
            fchmodat2 452 452
            mknod 133 -
            mknodat 259 33
            open 2 -
            creat 85 -
            openat 257 56
            shmget 29 194
            """;

    SyscallTable {
        numbers = Map.copyOf(numbers);
    }

    /** @param architecture as {@code os.arch} names it; empty for one that is not known here */
    static Optional<SyscallTable> of(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> Optional.of(new SyscallTable(X86_64, X32, column(1)));
            case "aarch64", "arm64" -> Optional.of(new SyscallTable(AARCH64, 0, column(2)));
            default -> Optional.empty();
        };
    }

    private static Map<String, Integer> column(int column) {
        var numbers = new TreeMap<String, Integer>();
        NAMES.lines().map(line -> line.split(" ", -1)).filter(line -> !line[column].equals("-"))
                .forEach(line -> numbers.put(line[0], Integer.parseInt(line[column])));
        return numbers;
    }
}

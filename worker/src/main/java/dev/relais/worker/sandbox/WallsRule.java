package dev.relais.worker.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.relais.worker.workspace.Workspace;

/** The walls as a command line of bwrap. */
final class WallsRule {
    /** Numbers of open files that the wrapper hands to bwrap. */
    static final int STATUS = 7;
    static final int SECCOMP = 8;

    private static final List<String> OPEN = List.of("--share-net", "--ro-bind-try", "/etc/hosts", "/etc/hosts", "--ro-bind-try",
            "/etc/resolv.conf", "/etc/resolv.conf");

    private WallsRule() {}

    /**
     * @param system programs of the machine, as arguments
     * @param etc where {@code /etc} lies for bwrap
     * @param read folders, from where they lie to where they are seen
     * @param workspace where the checkout lies for bwrap
     * @param isOpen whether the network is the machine's
     * @param scratch bytes of {@code /tmp}
     * @param isFiltered whether a program for seccomp is handed over
     */
    record Walls(List<String> system, Path etc, List<Seen> read, Path workspace, boolean isOpen, long scratch,
            boolean isFiltered) {
        Walls {
            system = List.copyOf(system);
            read = List.copyOf(read);
        }
    }

    record Seen(Path real, Path as) {}

    static List<String> line(Walls walls) {
        var line = new ArrayList<>(List.of("bwrap", "--unshare-user", "--unshare-all", "--disable-userns", "--die-with-parent",
                "--new-session", "--cap-drop", "ALL", "--uid", "1000", "--gid", "1000", "--hostname", "relais",
                "--json-status-fd",
                String.valueOf(STATUS)));
        line.addAll(walls.system());
        line.addAll(List.of("--ro-bind", walls.etc().toString(), "/etc"));
        line.addAll(walls.isOpen() ? OPEN : List.of());
        line.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        String size = String.valueOf(walls.scratch());
        line.addAll(List.of("--size", size, "--perms", "1777", "--tmpfs", "/dev/shm", "--size", size, "--perms", "1777",
                "--tmpfs", "/tmp"));
        for (Seen each : walls.read()) {
            line.addAll(List.of("--ro-bind", each.real().toString(), each.as().toString()));
        }
        line.addAll(List.of("--bind", walls.workspace().toString(), Workspace.SEEN_AS, "--remount-ro", "/dev", "--remount-ro",
                "/", "--chdir", Workspace.SEEN_AS));
        if (walls.isFiltered()) {
            line.addAll(List.of("--seccomp", String.valueOf(SECCOMP)));
        }
        line.add("--");
        return line;
    }
}

package dev.relais.worker.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The way from the worker into the walls: a shell of our own joins the command's cgroup, binds the checkout where the command's user can reach it,
 * sets the limits of one process and becomes bwrap; behind the walls another one reads the script and becomes the command.
 */
final class Entrance {
    private static final String BIND = "bind";
    private static final List<String> SHELL = List.of("bash", "--noprofile", "--norc", "-c");
    private static final String OUTER = """
            exec 7>&2 2>&1
            fail() { echo "relais-sandbox: $1"; exit 125; }
            while [ "$1" != -- ]; do
                case $1 in
                    join) echo 0 >"$2" || fail "the cgroup cannot be joined" ;;
                    bind) mount --no-mtab --no-canonicalize --rbind "$2" "$3" || fail "$2 cannot be bound"; shift ;;
                    filter) exec 8<"$2" || fail "the seccomp program cannot be opened" ;;
                    script) exec 9<"$2" || fail "the script cannot be opened" ;;
                    limit) ulimit "$2" "$3" || fail "the limit $2 cannot be set"; shift ;;
                esac
                shift 2
            done
            shift
            exec "$@"
            """;
    private static final String INNER = """
            ulimit -u "$1"; cd -- "$2"; shift 2; exec 7<&- 8<&-; IFS= read -r -d '' -u 9 __script; exec 9<&-; eval "$__script\"""";

    private final List<String> steps = new ArrayList<>();
    private final RunAs runAs;

    Entrance(RunAs runAs) {
        this.runAs = runAs;
    }

    Entrance join(Path cgroup) {
        return step("join", cgroup.toString());
    }

    Entrance bind(Path from, Path to) {
        return step(BIND, from.toString(), to.toString());
    }

    Entrance filter(Path program) {
        return step("filter", program.toString());
    }

    Entrance script(Path file) {
        return step("script", file.toString());
    }

    Entrance limits(Limits limits, boolean isAccounted) {
        step("limit", "-c", "0");
        step("limit", "-f", kib(limits.file()));
        step("limit", "-n", String.valueOf(limits.openFiles()));
        step("limit", "-t", String.valueOf(limits.cpu().toSeconds()));
        return isAccounted ? this : step("limit", "-d", kib(limits.memory()));
    }

    private Entrance step(String... words) {
        steps.addAll(List.of(words));
        return this;
    }

    private static String kib(long bytes) {
        return String.valueOf(bytes >> 10);
    }

    /**
     * @param walls the command line of bwrap
     * @param processes counted in the command's own user namespace: another command of the same user takes none away
     * @param start where the command starts, as it sees it
     */
    List<String> line(List<String> walls, int processes, String start) {
        var line = new ArrayList<String>();
        if (steps.contains(BIND)) {
            line.addAll(List.of("unshare", "--mount", "--propagation", "private", "--"));
        }
        line.addAll(SHELL);
        line.addAll(List.of(OUTER, "relais-sandbox"));
        line.addAll(steps);
        line.add("--");
        if (runAs instanceof RunAs.Lowered lowered) {
            line.addAll(List.of("setpriv", "--reuid", String.valueOf(lowered.uid()), "--regid", String.valueOf(lowered.uid()),
                    "--clear-groups", "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", "--"));
        }
        line.addAll(walls);
        line.addAll(SHELL);
        line.addAll(List.of(INNER, "bash", String.valueOf(processes), start));
        return line;
    }
}

package dev.relais.worker.workspace;

import java.util.HashSet;
import java.util.Set;

/**
 * What calls may have changed in a workspace. Paths are worth naming because no process outlives its command in a sandbox: between two turns nothing
 * changes but what a file tool changes. Where a process may outlive its command, the workspace looks at everything whatever it is told.
 */
public sealed interface Touched {
    record Nothing() implements Touched {}

    /** @param paths from the workspace's top, '/' between names, with whatever lies below them */
    record Paths(Set<String> paths) implements Touched {
        public Paths {
            paths = Set.copyOf(paths);
        }
    }

    record Anything() implements Touched {}

    /** What a tool may change that writes one file and the directories above it. */
    static Touched of(Workspace.Resolved file) {
        return switch (file) {
            case Workspace.Resolved.Outside _ -> new Nothing();
            // A name that is no UTF-8 cannot be found again by its text.
            case Workspace.Resolved.Inside inside when inside.relative().isEmpty()
                    || inside.relative().indexOf('\uFFFD') >= 0 ->
                new Anything();
            case Workspace.Resolved.Inside inside -> new Paths(Set.of(inside.relative()));
        };
    }

    default Touched and(Touched other) {
        return switch (this) {
            case Nothing _ -> other;
            case Anything _ -> this;
            case Paths(Set<String> mine) -> switch (other) {
                case Nothing _ -> this;
                case Anything _ -> other;
                case Paths(Set<String> others) -> {
                    var all = new HashSet<>(mine);
                    all.addAll(others);
                    yield new Paths(all);
                }
            };
        };
    }
}

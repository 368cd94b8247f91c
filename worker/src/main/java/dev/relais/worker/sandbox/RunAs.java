package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.workspace.CheckoutOwner;

/** Whose rights a command has outside of its walls: a worker that is root gives its commands a user of their own, of no account. */
public sealed interface RunAs {
    /** The numbers that systemd, too, takes for users without an account. */
    int FIRST = 61_184;
    int COUNT = 4_336;

    /** The worker is no root: its commands run under its own user. */
    record Itself() implements RunAs {}

    /** @param uid of user and group */
    record Lowered(int uid) implements RunAs {}

    static RunAs of(WorkerId worker) {
        return isRoot() ? new Lowered(FIRST + Math.floorMod(worker.value().hashCode(), COUNT)) : new Itself();
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            // No Linux: there is no bwrap either.
            return false;
        }
    }

    /** To whom the files of a checkout must belong. */
    default CheckoutOwner owner() {
        return switch (this) {
            case Itself _ -> CheckoutOwner.WORKER;
            case Lowered lowered -> CheckoutOwner.of(lowered.uid());
        };
    }
}

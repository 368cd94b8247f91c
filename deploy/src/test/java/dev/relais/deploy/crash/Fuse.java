package dev.relais.deploy.crash;

import java.util.concurrent.atomic.AtomicInteger;

/** Burns down with every passing of its point, and then something happens: once, in whichever thread comes last. */
final class Fuse {
    /** As the kernel reports a process killed by SIGKILL. */
    static final int HALTED = 137;
    private static final String POINT = "relais.crash.point";
    private static final String PASSING = "relais.crash.passing";

    private final CrashPoint point;
    private final AtomicInteger left;
    private final Runnable burnt;

    /** @param passing at which it is burnt, from 1 */
    Fuse(CrashPoint point, int passing, Runnable burnt) {
        this.point = point;
        this.left = new AtomicInteger(passing);
        this.burnt = burnt;
    }

    /** A process that dies as {@code kill -9} lets it: no hook, no flush, no goodbye. */
    static Fuse ofThisProcess() {
        return new Fuse(CrashPoint.valueOf(System.getProperty(POINT)), Integer.getInteger(PASSING, 1),
                () -> Runtime.getRuntime().halt(HALTED));
    }

    static java.util.List<String> options(CrashPoint point, int passing) {
        return java.util.List.of("-D" + POINT + "=" + point, "-D" + PASSING + "=" + passing);
    }

    void pass(CrashPoint passed) {
        if (passed == point && left.decrementAndGet() == 0) {
            burnt.run();
        }
    }
}

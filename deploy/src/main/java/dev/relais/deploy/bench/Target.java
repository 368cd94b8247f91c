package dev.relais.deploy.bench;

/** What DESIGN.md 9 asks of a figure. */
public sealed interface Target {
    record AtLeast(double value) implements Target {}

    record AtMost(double value) implements Target {}

    /** A figure for orientation. */
    record None() implements Target {}

    /** Whether a figure is what was asked. */
    enum Verdict {
        MET,
        MISSED,
        NONE
    }

    default Verdict judge(double measured) {
        return switch (this) {
            case AtLeast(double value) -> measured >= value ? Verdict.MET : Verdict.MISSED;
            case AtMost(double value) -> measured <= value ? Verdict.MET : Verdict.MISSED;
            case None _ -> Verdict.NONE;
        };
    }
}

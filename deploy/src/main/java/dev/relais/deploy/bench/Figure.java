package dev.relais.deploy.bench;

/**
 * One figure.
 *
 * @param part of the benchmark
 * @param what was measured, unique within the part
 * @param unit tasks/s, ms, MiB, …
 */
public record Figure(Part part, String what, Spread spread, String unit, Target target) {

    static Figure of(Part part, String what, double value, String unit) {
        return new Figure(part, what, Spread.one(value), unit, new Target.None());
    }

    static Figure of(Part part, String what, double value, String unit, Target target) {
        return new Figure(part, what, Spread.one(value), unit, target);
    }

    public Target.Verdict verdict() {
        return target.judge(spread.median());
    }
}

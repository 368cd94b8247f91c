package dev.relais.deploy.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tasks a second beside the raw limit, interleaved, and the CPU of a turn in each part. */
final class Throughput {
    /** Restate on such a machine, which is ahead of DBOS in both cells. */
    private static final double ONE_TURN = 505;
    private static final double FIVE_TURNS = 354;
    private static final double RATIO = 0.25;
    private static final double STILL_FASTER = 1.1;

    private final Plan plan;
    private final Told told;
    private final List<Double> raw = new ArrayList<>();
    private final List<Cell> cells = List.of(new Cell("1 turn, model in the worker", Script.of(1)),
            new Cell("5 turns, model in the worker", Script.of(5)),
            new Cell("1 turn, playbook over HTTP", Script.of(1).http()),
            new Cell("5 turns, playbook over HTTP", Script.of(5).http()));

    /** What is played, and what the measured repetitions of it came to. */
    private record Cell(String title, Script script, Samples samples) {
        Cell(String title, Script script) {
            this(title, script, new Samples());
        }

        Target target() {
            return script.overHttp() ? new Target.AtLeast(script.turns() == 1 ? ONE_TURN : FIVE_TURNS) : new Target.None();
        }

        Target ratio() {
            return !script.overHttp() && script.turns() == 1 ? new Target.AtLeast(RATIO) : new Target.None();
        }
    }

    private record Samples(List<Double> perSecond, List<Double> ratio, List<Double> worker, List<Double> coordinator,
            List<Double> broker, List<Double> compilers, List<Double> load) {
        Samples() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(),
                    new ArrayList<>(), new ArrayList<>());
        }
    }

    Throughput(Plan plan, Told told) {
        this.plan = plan;
        this.told = told;
    }

    void measure(Fleet fleet, RawLimit limit) throws IOException {
        warmUp(fleet, limit);
        for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
            String which = "repetition " + repetition + " of " + plan.repetitions();
            double rawNow = limit.measure(plan.tasks() * 2);
            told.progress("throughput, " + which + ": raw limit " + Math.round(rawNow) + " tasks/s");
            raw.add(rawNow);
            for (Cell cell : cells) {
                keep(cell, once(fleet, cell, which), rawNow);
            }
        }
        report();
    }

    /** Until it gets no faster: in its first half minute a JVM compiles more than it works, and three of them share few cores. */
    private void warmUp(Fleet fleet, RawLimit limit) throws IOException {
        double best = 0;
        for (int round = 1; round <= plan.warmUps(); round++) {
            limit.measure(plan.tasks() * 2);
            double now = 0;
            for (Cell cell : cells) {
                now += once(fleet, cell, "warm-up " + round).run().perSecond();
            }
            if (now < best * STILL_FASTER) {
                return;
            }
            best = Math.max(best, now);
        }
    }

    /** How one burst went, and what it took. */
    private record Burst(Load.Run run, Fleet.Cpu used) {}

    private Burst once(Fleet fleet, Cell cell, String which) throws IOException {
        int tasks = Math.max(plan.tasks() / cell.script().turns(), 2 * Load.PARTITIONS);
        var before = fleet.cpu();
        var run = fleet.load().burst(tasks, cell.script());
        var used = fleet.cpu().since(before);
        told.progress("throughput, " + which + ": " + cell.title() + " " + Math.round(run.perSecond()) + " tasks/s");
        return new Burst(run, used);
    }

    private static void keep(Cell cell, Burst burst, double rawNow) {
        Samples samples = cell.samples();
        double turns = (double) burst.run().delivered().size() * cell.script().turns();
        samples.perSecond().add(burst.run().perSecond());
        samples.ratio().add(burst.run().perSecond() / rawNow);
        samples.worker().add(burst.used().worker().toMillis() / turns);
        samples.coordinator().add(burst.used().coordinator().toMillis() / turns);
        samples.broker().add(burst.used().broker().toMillis() / turns);
        samples.compilers().add(burst.used().compilers().toMillis() / turns);
        samples.load().add(burst.used().load().toMillis() / turns);
    }

    private void report() {
        figure("raw limit, 8 records a task", raw, "tasks/s", new Target.None());
        cells.forEach(cell -> {
            Samples samples = cell.samples();
            figure(cell.title, samples.perSecond(), "tasks/s", cell.target());
            figure(cell.title + ", of the raw limit", samples.ratio(), "ratio",
                    cell.ratio());
            figure(cell.title + ", CPU a turn, worker", samples.worker(), "ms", new Target.None());
            figure(cell.title + ", CPU a turn, coordinator", samples.coordinator(), "ms", new Target.None());
            figure(cell.title + ", CPU a turn, broker", samples.broker(), "ms", new Target.None());
            figure(cell.title + ", CPU a turn, JIT compilers of the three", samples.compilers(), "ms", new Target.None());
            figure(cell.title + ", CPU a turn, the load", samples.load(), "ms", new Target.None());
        });
    }

    private void figure(String what, List<Double> values, String unit, Target target) {
        told.figure(new Figure(Part.THROUGHPUT, what, Spread.of(values), unit, target));
    }
}

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
            List<Double> broker) {
        Samples() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    Throughput(Plan plan, Told told) {
        this.plan = plan;
        this.told = told;
    }

    void measure(Fleet fleet, RawLimit limit) throws IOException {
        for (int repetition = 0; repetition <= plan.repetitions(); repetition++) {
            boolean isWarmUp = repetition == 0;
            String which = isWarmUp ? "warm-up" : "repetition " + repetition + " of " + plan.repetitions();
            double rawNow = limit.measure(plan.tasks() * 2);
            told.progress("throughput, " + which + ": raw limit " + Math.round(rawNow) + " tasks/s");
            if (!isWarmUp) {
                raw.add(rawNow);
            }
            for (Cell cell : cells) {
                once(fleet, cell, rawNow, which, isWarmUp);
            }
        }
        report();
    }

    private void once(Fleet fleet, Cell cell, double rawNow, String which, boolean isWarmUp) throws IOException {
        int tasks = Math.max(plan.tasks() / cell.script.turns(), 2 * Load.PARTITIONS);
        var before = fleet.cpu();
        var run = fleet.load().burst(tasks, cell.script);
        var used = fleet.cpu().since(before);
        told.progress("throughput, " + which + ": " + cell.title + " " + Math.round(run.perSecond()) + " tasks/s");
        if (isWarmUp) {
            return;
        }
        Samples samples = cell.samples();
        double turns = (double) tasks * cell.script.turns();
        samples.perSecond().add(run.perSecond());
        samples.ratio().add(run.perSecond() / rawNow);
        samples.worker().add(used.worker().toMillis() / turns);
        samples.coordinator().add(used.coordinator().toMillis() / turns);
        samples.broker().add(used.broker().toMillis() / turns);
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
        });
    }

    private void figure(String what, List<Double> values, String unit, Target target) {
        told.figure(new Figure(Part.THROUGHPUT, what, Spread.of(values), unit, target));
    }
}

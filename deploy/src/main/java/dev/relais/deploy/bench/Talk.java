package dev.relais.deploy.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.relais.schemas.topic.Topics;
import dev.relais.schemas.wire.EventType;

/** The cost of a turn beside the model's call, at the beginning and at the end of a long conversation. */
final class Talk {
    private static final double LOOKING_MILLIS = 10;
    private static final double WRITING_MILLIS = 25;
    private static final double CPU_MILLIS = 1;
    /** Constant, but for what a machine's noise makes of two measurements of the same. */
    private static final double GROWTH = 1.5;
    private static final int ALONE = 1;
    /** So many that a fifth of their turns takes seconds: the clock of the CPU ticks every 10 ms. */
    private static final int TOGETHER = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Plan plan;
    private final Told told;
    private final Site site;
    private final Fleet fleet;
    private final Topics topics;

    Talk(Plan plan, Told told, Site site, Fleet fleet, Topics topics) {
        this.plan = plan;
        this.told = told;
        this.site = site;
        this.fleet = fleet;
        this.topics = topics;
    }

    void measure() throws IOException {
        // So that the first conversation that counts finds compiled code.
        talk(TOGETHER, Script.of(plan.turns()));
        alone("no file changes", Script.of(plan.turns()), LOOKING_MILLIS);
        together("no file changes", Script.of(plan.turns()), new Target.AtMost(CPU_MILLIS));
        talk(ALONE, Script.of(10).writing());
        alone("a file changes", Script.of(plan.turns()).writing(), WRITING_MILLIS);
        together("a file changes", Script.of(plan.turns()).writing(), new Target.None());
    }

    /** Times between one reply and the next, in milliseconds, and the CPU when so many replies of all had come. */
    private record Course(List<Double> gaps, List<Duration> cpu) {}

    private void alone(String title, Script script, double most) throws IOException {
        told.progress("conversation of " + plan.turns() + " turns, " + title);
        List<Double> gaps = talk(ALONE, script).gaps();
        int part = gaps.size() / 5;
        double begin = Spread.percentile(gaps.subList(0, part), 50);
        double end = Spread.percentile(gaps.subList(gaps.size() - part, gaps.size()), 50);
        figure("a turn in which " + title + ", first fifth, p50", begin, "ms", new Target.AtMost(most));
        figure("a turn in which " + title + ", last fifth, p50", end, "ms", new Target.AtMost(most));
        figure("a turn in which " + title + ", last fifth to first", end / Math.max(begin, 1), "ratio",
                new Target.AtMost(GROWTH));
    }

    private void together(String title, Script script, Target target) throws IOException {
        told.progress(TOGETHER + " conversations of " + plan.turns() + " turns, " + title);
        List<Duration> cpu = talk(TOGETHER, script).cpu();
        int part = cpu.size() / 5;
        figure("CPU a turn in which " + title + ", worker and coordinator, first fifth", perTurn(cpu, 0, part), "ms", target);
        figure("CPU a turn in which " + title + ", worker and coordinator, last fifth",
                perTurn(cpu, cpu.size() - part - 1, cpu.size() - 1), "ms", target);
    }

    private static double perTurn(List<Duration> cpu, int from, int to) {
        return (double) cpu.get(to).minus(cpu.get(from)).toMillis() / (to - from);
    }

    private Course talk(int conversations, Script script) throws IOException {
        var course = new Course(new ArrayList<>(), new ArrayList<>());
        Map<String, Long> last = new HashMap<>();
        try (var journal = new JournalWatch(site.bootstrap(), topics.journal())) {
            for (int i = 0; i < conversations; i++) {
                last.put(fleet.load().submit(script), 0L);
            }
            fleet.load().flush();
            long start = System.nanoTime();
            while (fleet.load().outstanding() > 0) {
                note(journal.poll(), last, course);
                // Without waiting: what is noted late has the CPU of what came behind it.
                fleet.load().poll(Duration.ZERO);
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new BenchFailed("a conversation did not end within " + PATIENCE.toMinutes() + " minutes");
                }
            }
        }
        return course;
    }

    private void note(List<JournalWatch.Seen> entries, Map<String, Long> last, Course course) throws IOException {
        for (JournalWatch.Seen entry : entries) {
            if (entry.type() != EventType.MODEL_REPLIED) {
                continue;
            }
            Long before = last.put(entry.task(), entry.appendedMillis());
            if (before != null && before > 0) {
                course.gaps().add((double) (entry.appendedMillis() - before));
            }
            course.cpu().add(fleet.worker().use().working().plus(fleet.coordinator().use().working()));
        }
    }

    private void figure(String what, double value, String unit, Target target) {
        told.figure(Figure.of(Part.CONVERSATION, what, value, unit, target));
    }
}

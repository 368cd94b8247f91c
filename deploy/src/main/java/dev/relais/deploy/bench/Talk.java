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

    void measure() throws IOException, InterruptedException {
        // So that the first conversation that counts finds compiled code.
        talk(TOGETHER, Script.of(plan.turns()));
        alone("no file changes", Script.of(plan.turns()), LOOKING_MILLIS);
        together("no file changes", Script.of(plan.turns()), new Target.AtMost(CPU_MILLIS));
        talk(ALONE, Script.of(10).writing());
        alone("a file changes", Script.of(plan.turns()).writing(), WRITING_MILLIS);
        together("a file changes", Script.of(plan.turns()).writing(), new Target.None());
    }

    /**
     * How conversations went.
     *
     * @param gaps between one reply and the next, in milliseconds
     * @param replies when each was appended, by the broker's clock
     */
    private record Course(List<Double> gaps, List<Long> replies, CpuCourse cpu) {
        /** CPU of worker and coordinator in milliseconds a turn. */
        double perTurn(int from, int to) {
            return (double) cpu.at(replies.get(to)).minus(cpu.at(replies.get(from))).toMillis() / (to - from);
        }
    }

    private void alone(String title, Script script, double most) throws IOException, InterruptedException {
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

    private void together(String title, Script script, Target target) throws IOException, InterruptedException {
        told.progress(TOGETHER + " conversations of " + plan.turns() + " turns, " + title);
        Course course = talk(TOGETHER, script);
        int last = course.replies().size() - 1;
        int part = last / 5;
        figure("CPU a turn in which " + title + ", worker and coordinator, first fifth", course.perTurn(0, part), "ms", target);
        figure("CPU a turn in which " + title + ", worker and coordinator, last fifth", course.perTurn(last - part, last), "ms",
                target);
    }

    private Course talk(int conversations, Script script) throws IOException, InterruptedException {
        var gaps = new ArrayList<Double>();
        var replies = new ArrayList<Long>();
        Map<String, Long> last = new HashMap<>();
        try (var journal = new JournalWatch(site.bootstrap(), topics.journal()); CpuWatch watch = CpuWatch.start(fleet)) {
            for (int i = 0; i < conversations; i++) {
                last.put(fleet.load().submit(script), 0L);
            }
            fleet.load().flush();
            long start = System.nanoTime();
            // Deliverables may be seen before the replies that led to them.
            while (fleet.load().outstanding() > 0 || replies.size() < conversations * script.turns()) {
                note(journal.poll(), last, gaps, replies);
                fleet.load().poll(Duration.ZERO);
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new BenchFailed("within " + PATIENCE.toMinutes() + " minutes " + fleet.load().outstanding() + " of "
                            + conversations + " conversations did not end, and the journal told of " + replies.size() + " of "
                            + conversations * script.turns() + " replies");
                }
            }
            replies.sort(null);
            return new Course(gaps, replies, watch.end());
        }
    }

    private static void note(List<JournalWatch.Seen> entries, Map<String, Long> last, List<Double> gaps, List<Long> replies) {
        for (JournalWatch.Seen entry : entries) {
            if (entry.type() != EventType.MODEL_REPLIED) {
                continue;
            }
            replies.add(entry.appendedMillis());
            Long before = last.put(entry.task(), entry.appendedMillis());
            if (before != null && before > 0) {
                gaps.add((double) (entry.appendedMillis() - before));
            }
        }
    }

    private void figure(String what, double value, String unit, Target target) {
        told.figure(Figure.of(Part.CONVERSATION, what, value, unit, target));
    }
}

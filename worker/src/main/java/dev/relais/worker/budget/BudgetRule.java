package dev.relais.worker.budget;

import java.time.Duration;

import dev.relais.schemas.event.Envelope;

/** Whether one more model call is within the envelope. Asked before each call, so that spending passes it by no more than the call in flight (I6). */
public final class BudgetRule {
    private BudgetRule() {}

    /** What is left. */
    public sealed interface Left {
        record Enough() implements Left {}

        /** @param reason turns-spent or wall-spent */
        record Spent(String reason, String detail) implements Left {}
    }

    /**
     * @param turns model replies over the task's life
     * @param wall time with a claimed run over the task's life, this run's included
     */
    public static Left left(Envelope envelope, int turns, Duration wall) {
        if (envelope.turns() != null && turns >= envelope.turns()) {
            return new Left.Spent("turns-spent",
                    "the task has used its " + envelope.turns()
                            + " turns; ask for it again, under another task id, with a larger envelope.turns");
        }
        if (envelope.wall() != null && wall.compareTo(envelope.wall()) >= 0) {
            return new Left.Spent("wall-spent",
                    "the task has run for its " + envelope.wall()
                            + "; ask for it again, under another task id, with a larger envelope.wall");
        }
        return new Left.Enough();
    }
}

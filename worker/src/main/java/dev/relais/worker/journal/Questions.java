package dev.relais.worker.journal;

/**
 * What a run has asked the coordinator, and whether it may go on. Since a silence of its worker only an answer to a question that was asked after it
 * counts: an earlier one may have been given before the run was lost. Without a silence any answer is as good as the last: were the last one waited for, a
 * coordinator that is far behind would be asked faster than it answers.
 *
 * @param asked how often so far; the number of the last question
 * @param least the first question whose answer counts
 */
public record Questions(int asked, int least, boolean isGranted) {
    /** Of a run that goes on unasked. */
    public static Questions none() {
        return new Questions(0, 1, true);
    }

    /** Of a run whose claim wants a grant: that is the first question. */
    public static Questions first() {
        return new Questions(1, 1, false);
    }

    public Questions asks() {
        return new Questions(asked + 1, least, isGranted);
    }

    /** Its worker was silent for so long that it may have lost the run. */
    public Questions doubted() {
        return new Questions(asked, asked + 1, false);
    }

    /** Whether it has not asked since it was doubted. */
    public boolean isToAsk() {
        return !isGranted && asked < least;
    }

    /** @param question that is granted; 0, of a coordinator that numbers none, answers the first one at least */
    public Questions answered(int question) {
        return Math.max(1, question) >= least ? new Questions(asked, least, true) : this;
    }
}

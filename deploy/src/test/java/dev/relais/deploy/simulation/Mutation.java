package dev.relais.deploy.simulation;

/** A rule, broken on purpose: the simulation must find it. */
enum Mutation {
    NONE("-"),
    OLD_EPOCH_COUNTS("rule 3: an entry counts only in its own epoch"),
    SEQUENCE_UNCHECKED("rule 3: the next sequence number, and no other, counts"),
    OWNER_UNCHECKED("rule 3: the first claim of an epoch owns it"),
    TICKS_SUMMED("rule 2: leases count ticks, not the time between them"),
    EXPIRY_BY_WALL_CLOCK("rule 2: leases count ticks, not the time at which they are read"),
    BEATS_COUNTED_SINGLY("rule 3: of a worker's beats one counts per counted tick"),
    PROGRESS_IS_POISON("rule 9: an expiry counts where no entry but claimed or heard was accepted"),
    WAITING_IS_POISON("rule 9: a suspect that waits for its turn is not to blame for the death of its worker"),
    RETURN_IS_POISON("rule 9: a silence whose owner is heard for a lease since does not count"),
    ONE_BEAT_IS_LIFE("rule 9: a worker that was silent lives when it has been heard for a lease"),
    SUSPECTS_SIDE_BY_SIDE("rule 9: a worker runs one suspect at a time"),
    DISPATCH_UNBOUNDED("rule 11: a shard's work outside is bounded by the workers' capacity"),
    REDELIVERY_STARTED_TWICE("rule 2: a worker never starts a (task, epoch) twice"),
    GRANT_NOT_AWAITED("rule 2: work that is redelivered or old waits for granted"),
    GRANT_ASKED_ONCE("rule 2: a claim that is not granted is written again"),
    OLD_GRANT_TAKEN("rule 3: a grant answers a question that was asked after the worker's last silence"),
    SILENCE_FORGOTTEN("I6: a worker that was silent knows that it still owns a run before it goes on"),
    INPUT_FORGOTTEN_AT_DISPATCH("rule 7: an input stays pending until it is heard"),
    OUTCOME_OVER_PENDING_INPUT("rule 7: an outcome is not published over a pending input"),
    REPEATED_WORD_APPLIED("I13: a word that comes twice is heard once"),
    VERDICT_IGNORES_DIGEST("I7: a verdict applies to the digest that it names"),
    ESCALATION_BY_TOOL_USE_ID("rule 4: an escalation is known by its reply and place"),
    RESUME_IGNORES_OFFSETS("rule 4: a resumed run reads all accepted entries"),
    CRASH_KEEPS_OUTPUT("rule 1: what was not committed was never written"),
    CRASH_KEEPS_STATE("rule 1: state and output are one transaction");

    private final String rule;

    Mutation(String rule) {
        this.rule = rule;
    }

    String rule() {
        return rule;
    }
}

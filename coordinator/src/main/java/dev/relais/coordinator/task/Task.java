package dev.relais.coordinator.task;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.Usage;
import dev.relais.schemas.event.WorkDispatched.Input;
import dev.relais.schemas.event.WorkerId;

/**
 * All that the coordinator decides on of one task. The offsets of its accepted entries and its place in the ready queue, of which nothing is decided, are
 * kept beside it; a deliverable that awaits its verdict lies apart.
 *
 * @param version of this layout; a release reads the one before
 * @param mode in force; 0 until a project's home told it
 * @param round from 1; counts verdicts that asked for changes, and answers to a blocked or pending deliverable
 * @param epoch counts dispatches, from 0 before the first
 * @param children every receiver of every escalation so far
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Task(int version, Origin origin, Phase phase, int mode, int round, int epoch, Words words, Envelope envelope,
        Spent spent,
        Trouble trouble, Prefix prefix, List<Child> children, Instant updatedAt) {
    public static final int VERSION = 3;

    public Task {
        children = List.copyOf(children);
    }

    /** What was asked, and by whom. {@code request} has its taskId and agent filled in. */
    public record Origin(TaskRequested request, String contentHash, String correlation, @Nullable String traceparent,
            Instant submittedAt) {
        /** What names the task, without what was asked. */
        public Origin nameOnly() {
            var name = new TaskRequested("", request.taskId(), request.agent(), null, null, null, null, null, List.of(), null,
                    List.of(), null, null, null, null, List.of(), null, Map.of());
            return new Origin(name, contentHash, correlation, traceparent, submittedAt);
        }
    }

    /**
     * Words to the task.
     *
     * @param pending what waits to be heard, oldest first
     * @param seen the keys ({@link dev.relais.schemas.event.EventRef#key}) of the request and of all verdicts, answers and messages that came, by which a repeat is known (I13)
     * @param judged deliverables that were judged, oldest first: only the first verdict on one counts (I7)
     */
    public record Words(List<Input> pending, List<String> seen, List<Digest> judged) {
        public Words {
            pending = List.copyOf(pending);
            seen = List.copyOf(seen);
            judged = List.copyOf(judged);
        }

        Words came(String id) {
            var all = new ArrayList<>(seen);
            all.add(id);
            return new Words(pending, all, judged);
        }

        Words judged(Digest digest) {
            var all = new ArrayList<>(judged);
            all.add(digest);
            return new Words(pending, seen, all);
        }

        Words waiting(Input input) {
            var all = new ArrayList<>(pending);
            all.add(input);
            return new Words(all, seen, judged);
        }

        Words heard(String id) {
            return new Words(pending.stream().filter(input -> !input.id().equals(id)).toList(), seen, judged);
        }
    }

    /**
     * What the task has cost.
     *
     * @param costUsd null as soon as one reply had no known price
     * @param wasted what entries of void epochs spent (I3)
     * @param wallTicks counted ticks with a claimed run
     */
    public record Spent(int turns, Usage usage, @Nullable BigDecimal costUsd, Usage wasted, long wallTicks) {
        static final Spent NOTHING = new Spent(0, Usage.NONE, null, Usage.NONE, 0);

        Spent replied(Usage more, @Nullable BigDecimal cost) {
            BigDecimal sum = turns == 0 ? cost : costUsd == null || cost == null ? null : costUsd.add(cost);
            return new Spent(turns + 1, usage.plus(more), sum, wasted, wallTicks);
        }

        Spent wasted(Usage more) {
            return new Spent(turns, usage, costUsd, wasted.plus(more), wallTicks);
        }

        Spent wall(long ticks) {
            return new Spent(turns, usage, costUsd, wasted, wallTicks + Math.max(0, ticks));
        }
    }

    /**
     * Rule 9's poison count.
     *
     * @param expiries in a row in which no entry but claimed and heard was accepted, and whose owner has not come back
     * @param progressed whether this run has another accepted entry
     * @param backoffs yields in a row for another reason than shutdown, without a reply in between
     * @param faults of those, for a fault of the worker's machine
     * @param silent of those expiries, the owners that were found silent and may be dead
     * @param begun whether this run of a suspect had its turn: until then it only waits for other suspects of its worker
     */
    public record Trouble(int expiries, boolean suspect, boolean progressed, int backoffs, int faults,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WorkerId> silent,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean begun) {
        static final Trouble NONE = new Trouble(0, false, false, 0, 0, List.of(), false);
        private static final int SUSPICIOUS = 2;

        public Trouble {
            // Absent where nobody is, and where the release before wrote it.
            silent = silent == null ? List.of() : List.copyOf(silent);
        }

        Trouble claimed() {
            return new Trouble(expiries, suspect, false, backoffs, faults, silent, false);
        }

        /** Its turn has come, where it is a suspect: what kills its worker from now on may be its doing. */
        Trouble begins() {
            return new Trouble(expiries, suspect, progressed, backoffs, faults, silent, suspect);
        }

        Trouble progress() {
            return new Trouble(0, false, true, backoffs, faults, List.of(), begun);
        }

        /** Whether losing its run now ends the task. */
        boolean isFatal() {
            return suspect && begun && !progressed;
        }

        /** Its run was lost, and its owner is known to live. */
        Trouble expired() {
            return progressed
                    ? new Trouble(0, false, false, backoffs, faults, List.of(), begun)
                    : counted(isWaiting() ? expiries : expiries + 1, silent);
        }

        /** Its run was lost with its owner, which may be dead. */
        Trouble expiredWith(WorkerId owner) {
            Trouble expired = expired();
            return progressed || isWaiting()
                    ? expired
                    : expired.counted(expired.expiries, Stream.concat(silent.stream(), Stream.of(owner)).toList());
        }

        /** Whether its run waits for its turn among the suspects of its worker. */
        boolean isWaiting() {
            return suspect && !begun;
        }

        /** Whoever is heard for a lease after it was found silent was not killed by the task: what was counted then counts no more. */
        Trouble heardOf(Set<WorkerId> living) {
            List<WorkerId> still = silent.stream().filter(owner -> !living.contains(owner)).toList();
            return counted(expiries - (silent.size() - still.size()), still);
        }

        private Trouble counted(int expiries, List<WorkerId> silent) {
            return new Trouble(expiries, expiries >= SUSPICIOUS, progressed, backoffs, faults, silent, begun);
        }

        Trouble backedOff() {
            return new Trouble(expiries, suspect, false, backoffs + 1, faults, silent, begun);
        }

        Trouble faulted() {
            return new Trouble(expiries, suspect, progressed, backoffs, faults + 1, silent, begun);
        }

        Trouble modelAnswered() {
            return new Trouble(expiries, suspect, progressed, 0, 0, silent, begun);
        }
    }

    /**
     * The accepted entries.
     *
     * @param frameAt when the first claim was accepted, from which the journal's retention counts
     * @param alerted what was asked for the last reply as a whole: a pending or blocked deliverable of that reply waits for its answer
     * @param personaHash of the frame, which every later event of the task carries
     */
    public record Prefix(int entries, @Nullable Instant frameAt, @Nullable Raised alerted, @Nullable String personaHash) {
        static final Prefix EMPTY = new Prefix(0, null, null, null);

        Prefix accepted(Instant now, @Nullable String persona) {
            return new Prefix(entries + 1, frameAt == null ? now : frameAt, alerted, personaHash == null ? persona : personaHash);
        }

        Prefix alerted(@Nullable Raised raised) {
            return new Prefix(entries, frameAt, raised, personaHash);
        }
    }

    /** One receiver of an escalation. */
    public record Child(ChildId id, boolean answered) {}

    /** Where a task stands. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "in")
    @JsonSubTypes({@JsonSubTypes.Type(value = Phase.AwaitingMode.class, name = "awaiting-mode"),
            @JsonSubTypes.Type(value = Phase.Ready.class, name = "ready"),
            @JsonSubTypes.Type(value = Phase.BackingOff.class, name = "backing-off"),
            @JsonSubTypes.Type(value = Phase.Dispatched.class, name = "dispatched"),
            @JsonSubTypes.Type(value = Phase.Claimed.class, name = "claimed"),
            @JsonSubTypes.Type(value = Phase.AwaitingVerdict.class, name = "awaiting-verdict"),
            @JsonSubTypes.Type(value = Phase.AwaitingAnswer.class, name = "awaiting-answer"),
            @JsonSubTypes.Type(value = Phase.Ended.class, name = "ended")})
    public sealed interface Phase {
        /** Waits for its project's mode. */
        record AwaitingMode(int number) implements Phase {}

        /** Waits in the ready queue. */
        record Ready() implements Phase {}

        /** Waits out a backoff before it is ready again. */
        record BackingOff(Instant due) implements Phase {}

        /** Stands in the inbox. {@code sinceTick} is the counted tick of its dispatch. */
        record Dispatched(long sinceTick) implements Phase {}

        /** Runs. {@code next} is the sequence number that counts next; {@code sinceTick} the counted tick of its claim. */
        record Claimed(WorkerId owner, int next, long sinceTick) implements Phase {}

        /** A deliverable waits for its verdict. */
        record AwaitingVerdict(Digest digest, Instant due) implements Phase {}

        /** Waits for the answer to an escalation. */
        record AwaitingAnswer(Raised raised, Instant due) implements Phase {}

        /** Ended. */
        record Ended(TaskState state, String reason, Instant forgetAt) implements Phase {}
    }

    @JsonIgnore
    public TaskId id() {
        return Objects.requireNonNull(origin.request().taskId(), "an accepted request has its task id");
    }

    @JsonIgnore
    public AgentName agent() {
        return Objects.requireNonNull(origin.request().agent(), "an accepted request has its agent");
    }

    @JsonIgnore
    public int priority() {
        Integer priority = origin.request().priority();
        return priority == null ? TaskRequested.DEFAULT_PRIORITY : priority;
    }

    /** The A2A state. */
    @JsonIgnore
    public TaskState state() {
        return switch (phase) {
            case Phase.AwaitingMode _ -> TaskState.SUBMITTED;
            case Phase.Ready _,Phase.BackingOff _ -> epoch == 0 ? TaskState.SUBMITTED : TaskState.WORKING;
            case Phase.Dispatched _,Phase.Claimed _ -> TaskState.WORKING;
            case Phase.AwaitingVerdict _,Phase.AwaitingAnswer _ -> TaskState.INPUT_REQUIRED;
            case Phase.Ended ended -> ended.state();
        };
    }
}

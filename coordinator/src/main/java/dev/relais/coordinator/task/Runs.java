package dev.relais.coordinator.task;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.Task.Trouble;
import dev.relais.schemas.event.ControlEvent.FenceRun;
import dev.relais.schemas.event.ControlEvent.GrantRun;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventType;

/** What runs write: only the next entry of the current (epoch, owner) counts (rule 3). */
final class Runs {
    /** Offsets travel with each dispatch; more would not fit into one. A run may still conclude at this bound. */
    static final int MOST_ENTRIES = 50_000;
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(5);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
    /** A worker's machine fails now and then; machines that fail one task this often in a row, without a reply in between, are that task's doing. */
    private static final int MOST_FAULTS = 8;
    private static final String WORKER_FAULT = "worker-fault";

    private final Conclusions conclusions;
    private final Ending ending;

    Runs(Conclusions conclusions, Ending ending) {
        this.conclusions = conclusions;
        this.ending = ending;
    }

    Decision entry(Draft draft, TaskEvent.Entry entry) {
        EntryHeader header = entry.header();
        Task task = draft.task();
        boolean current = header.epoch() == task.epoch();
        if (current && task.phase() instanceof Phase.Dispatched && header.type() == EventType.RUN_CLAIMED
                && header.sequence() == 0) {
            return claim(draft, entry);
        }
        if (current && task.phase() instanceof Phase.Claimed claimed && claimed.owner().equals(header.owner())) {
            return ofTheOwner(draft, entry, claimed);
        }
        return isVoid(draft, header);
    }

    private Decision claim(Draft draft, TaskEvent.Entry entry) {
        EntryHeader header = entry.header();
        draft.phase(new Phase.Claimed(header.owner(), 0, draft.now().tick())).trouble(Trouble::claimed);
        keep(draft, entry);
        grant(draft, header);
        return draft.decided("");
    }

    /** A claim that is repeated asks again, because its grant may have been lost: control is read from its end. */
    private static void grant(Draft draft, EntryHeader header) {
        if (header.wantsGrant()) {
            draft.effect(
                    new Effect.Control(new GrantRun(key(header), draft.id(), header.epoch(), header.owner(), header.question())));
        }
    }

    private Decision ofTheOwner(Draft draft, TaskEvent.Entry entry, Phase.Claimed claimed) {
        EntryHeader header = entry.header();
        if (header.sequence() < claimed.next()) {
            if (header.type() == EventType.RUN_CLAIMED) {
                // A suspect asks when its turn has come, and not before (coordinator/docs/0008).
                draft.trouble(Trouble::begins);
                grant(draft, header);
            }
            return draft.effect(new Effect.Count("repeated-entry")).decided("");
        }
        if (header.sequence() > claimed.next()) {
            draft.effect(new Effect.Count("sequence-gap"));
            return lost(draft, claimed, "an entry is missing before sequence " + header.sequence(), Trouble::expired);
        }
        if (draft.task().prefix().entries() >= MOST_ENTRIES && header.type() != EventType.RUN_CONCLUDED) {
            fence(draft, header, "the journal of the task is too long");
            charge(draft, claimed);
            return ending.failed(draft, "journal-too-long",
                    "the task has " + MOST_ENTRIES + " journal entries; divide it into smaller tasks");
        }
        keep(draft, entry);
        return accepted(draft, entry, claimed);
    }

    private Decision accepted(Draft draft, TaskEvent.Entry entry, Phase.Claimed claimed) {
        EntryHeader header = entry.header();
        if (isProgress(header.type(), draft.task().trouble())) {
            draft.trouble(Trouble::progress);
        }
        switch (header.type()) {
            case INPUT_HEARD -> draft.words(words -> words.heard(String.valueOf(header.input())));
            case MODEL_REPLIED ->
                draft.spent(spent -> spent.replied(header.usage(), header.costUsd())).trouble(Trouble::modelAnswered)
                        .prefix(prefix -> prefix.alerted(null));
            case RUN_ALERTED -> conclusions.alerted(draft, entry);
            case RUN_YIELDED -> {
                charge(draft, claimed);
                return yielded(draft, String.valueOf(header.reason()));
            }
            case RUN_CONCLUDED -> {
                charge(draft, claimed);
                return conclusions.concluded(draft, entry);
            }
            default -> {
            }
        }
        return draft.decided("");
    }

    /** A suspect that only waits and is let go of has shown nothing. */
    private static boolean isProgress(EventType type, Trouble trouble) {
        return switch (type) {
            case RUN_CLAIMED, INPUT_HEARD -> false;
            case RUN_YIELDED -> !trouble.isWaiting();
            default -> true;
        };
    }

    /** The entry belongs to the prefix from now on. */
    private static void keep(Draft draft, TaskEvent.Entry entry) {
        if (draft.task().phase() instanceof Phase.Claimed claimed) {
            draft.phase(new Phase.Claimed(claimed.owner(), claimed.next() + 1, claimed.sinceTick()));
        }
        draft.prefix(prefix -> prefix.accepted(draft.now().time(), entry.header().personaHash()))
                .effect(new Effect.KeepOffset(entry.offset()));
    }

    private static Decision isVoid(Draft draft, EntryHeader header) {
        draft.effect(new Effect.Count("fenced"));
        if (header.type() == EventType.MODEL_REPLIED) {
            draft.spent(spent -> spent.wasted(header.usage()));
        }
        if (draft.task().phase() instanceof Phase.Ended) {
            fence(draft, header, "the task has ended");
        } else if (header.type() == EventType.RUN_CLAIMED) {
            fence(draft, header, "the claim is void: epoch " + header.epoch() + " is not to be had");
        }
        return draft.decided("");
    }

    private static void fence(Draft draft, EntryHeader header, String reason) {
        draft.effect(new Effect.Control(new FenceRun(key(header), header.owner(), reason)));
    }

    private static String key(EntryHeader header) {
        return RunKey.of(header.task(), header.epoch()).toString();
    }

    private static void charge(Draft draft, Phase.Claimed claimed) {
        draft.spent(spent -> spent.wall(draft.now().tick() - claimed.sinceTick()));
    }

    private Decision yielded(Draft draft, String reason) {
        if (reason.equals(WORKER_FAULT)) {
            draft.trouble(Trouble::faulted);
            if (draft.task().trouble().faults() >= MOST_FAULTS) {
                return ending.failed(draft, WORKER_FAULT, "worker after worker could not go on with the task, " + MOST_FAULTS
                        + " times in a row; look at the workers' logs and disks before asking for it again, under another task id");
            }
        }
        boolean waits = switch (reason) {
            case "shutdown" -> false;
            case "model-unavailable", "workspace-unreachable" -> true;
            // One worker's fault, and another may take it at once; without a reply since, it is hardly the worker's alone.
            default -> draft.task().trouble().backoffs() > 0;
        };
        if (!waits) {
            draft.trouble(reason.equals("shutdown") ? trouble -> trouble : Trouble::backedOff);
            return draft.enqueue().decided("yielded: " + reason);
        }
        Duration backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(10, draft.task().trouble().backoffs()));
        Instant due = draft.now().time().plus(backoff.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : backoff);
        draft.trouble(Trouble::backedOff).phase(new Phase.BackingOff(due));
        return draft.effect(new Effect.StartTimer(TaskEvent.Timer.BACKOFF, due)).decided("yielded: " + reason);
    }

    Decision lost(Draft draft, TaskEvent.OwnerLost lost) {
        if (!(draft.task().phase() instanceof Phase.Claimed claimed) || !claimed.owner().equals(lost.owner())) {
            return draft.decided("");
        }
        draft.effect(new Effect.Count("lease-expired"));
        draft.trouble(trouble -> trouble.heardOf(lost.living()));
        return switch (lost.loss()) {
            case SILENT -> lost(draft, claimed, "its owner was silent", trouble -> trouble.expiredWith(lost.owner()));
            case UNNAMED -> lost(draft, claimed, "three beats of its owner did not name it", Trouble::expired);
        };
    }

    /** The epoch is void from here on: its owner is fenced, and the task is dispatched again unless it was a suspect (rule 9). */
    private Decision lost(Draft draft, Phase.Claimed claimed, String why, UnaryOperator<Trouble> counted) {
        String key = RunKey.of(draft.id(), draft.task().epoch()).toString();
        draft.effect(new Effect.Control(new FenceRun(key, claimed.owner(), why)));
        charge(draft, claimed);
        boolean endsIt = draft.task().trouble().isFatal();
        draft.trouble(counted);
        if (endsIt) {
            return ending.failed(draft, "poison",
                    "the task's run was lost three times in a row before it had got anywhere; "
                            + "look at the workers' logs around its epochs before asking for it again, under another task id");
        }
        return draft.enqueue().decided("run lost: " + why);
    }
}

package dev.relais.deploy.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Decision;
import dev.relais.coordinator.task.Effect;
import dev.relais.coordinator.task.Task;
import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.TaskEvent;
import dev.relais.deploy.simulation.World.Broken;
import dev.relais.schemas.event.ControlEvent;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventType;

/** What the oracle knows of one task, from committed decisions in their order: rule 3, once more and in other words. */
final class TaskAccount {
    private final TaskId id;
    private final List<Long> accepted = new ArrayList<>();
    private final Map<Integer, List<Long>> atDispatch = new HashMap<>();
    private final Map<Integer, Integer> repliesAtDispatch = new HashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();
    private final Map<String, Integer> paidFor = new HashMap<>();
    private final Map<Integer, WorkerId> owners = new HashMap<>();
    private final PoisonAccount poison = new PoisonAccount();
    private final Map<String, Long> grantedAt = new HashMap<>();
    private final Set<String> owed = new HashSet<>();
    private final Set<String> heard = new HashSet<>();
    private final Set<String> escalations = new HashSet<>();
    private final Set<String> raised = new HashSet<>();
    private final Set<String> published = new HashSet<>();
    private int epoch;
    private boolean isOpen;
    private @Nullable WorkerId owner;
    private int next;
    private int replies;
    private boolean isPoison;
    private boolean saysFailed;
    private @Nullable Digest awaited;
    private @Nullable TaskState ended;

    TaskAccount(TaskId id) {
        this.id = id;
    }

    private Broken broken(String what) {
        return new Broken(what + " (task " + id + ", epoch " + epoch + ")");
    }

    boolean hasEnded() {
        return ended != null;
    }

    void decided(Oracle.Decided decided, Decision decision) {
        switch (decided.event()) {
            case TaskEvent.Entry entry -> entry(entry, decided.before(), decision);
            case TaskEvent.OwnerLost lost when lost.owner().equals(owner) -> lost(lost, decision);
            case TaskEvent.StoodUnclaimed _ -> isOpen = isOpen && owner != null;
            case TaskEvent.Verdict verdict -> verdict(verdict, decision);
            case TaskEvent.Message message -> word(message.ref().key(), decided.before(), decision);
            case TaskEvent.Answer answer -> word(answer.ref().key(), decided.before(), decision);
            default -> {
            }
        }
        decision.effects().forEach(effect -> {
            if (effect instanceof Effect.Dispatch(WorkDispatched work)) {
                begins(work);
            }
            if (effect instanceof Effect.Control(ControlEvent.GrantRun grant)) {
                grantedAt.put(grant.epoch() + "@" + grant.worker(),
                        Duration.between(Site.BEGIN, decided.now().time()).toMillis());
            }
        });
        phase(decision.task());
    }

    /** An expiry ends the task where rule 9 says so, and nowhere else. */
    private void lost(TaskEvent.OwnerLost lost, Decision decision) {
        if (isOpen) {
            isPoison = poison.expires(lost);
            boolean hasPoisonEnd = decision.task().phase() instanceof Phase.Ended;
            if (isPoison != hasPoisonEnd) {
                throw broken("rule 9: " + lost + (isPoison ? " had to end it as poison" : " had not to end it"));
            }
        }
        isOpen = false;
    }

    private void begins(WorkDispatched work) {
        if (work.suspect() != poison.isSuspect()) {
            throw broken("rule 9: epoch " + work.epoch() + " is dispatched as " + (work.suspect() ? "a suspect" : "no suspect"));
        }
        if (work.epoch() != epoch + 1) {
            throw broken("I3: epoch " + work.epoch() + " follows");
        }
        epoch = work.epoch();
        isOpen = true;
        owner = null;
        next = 0;
        atDispatch.put(epoch, List.copyOf(accepted));
        repliesAtDispatch.put(epoch, replies);
    }

    private void phase(Task after) {
        if (after.phase() instanceof Phase.Ended end) {
            if (ended != null && ended != end.state()) {
                throw broken("I1: it ended as " + ended + " and then as " + end.state());
            }
            boolean isNew = ended == null;
            ended = end.state();
            isOpen = false;
            if (isNew && ended == TaskState.COMPLETED) {
                nothingIsOwed();
            }
            if (isNew && ended == TaskState.FAILED && !isPoison && !saysFailed) {
                throw broken("rule 9: it failed as " + end.reason() + ", and neither poison nor its run's own word ends it so");
            }
        } else if (ended != null) {
            throw broken("I1: it had ended and goes on as " + after.phase());
        }
    }

    private void nothingIsOwed() {
        if (!heard.containsAll(owed)) {
            throw broken("I13: completed, and of the words " + owed + " it heard only " + heard);
        }
        if (!raised.equals(escalations)) {
            throw broken("I8: its accepted replies escalate at " + escalations + ", raised were " + raised);
        }
    }

    private void entry(TaskEvent.Entry entry, @Nullable Task before, Decision decision) {
        EntryHeader header = entry.header();
        boolean isClaim = owner == null && header.type() == EventType.RUN_CLAIMED && header.sequence() == 0;
        boolean isOwners = header.owner().equals(owner);
        boolean counts = isOpen && header.epoch() == epoch && (isClaim || (isOwners && header.sequence() == next));
        boolean counted = before != null && decision.task().prefix().entries() > before.prefix().entries();
        String what = header.type() + " " + header.epoch() + "." + header.sequence() + " of " + header.owner();
        if (counts != counted) {
            throw broken(
                    "I3: " + what + (counted ? " was accepted" : " was not accepted") + "; next is " + epoch + "." + next + " of "
                            + owner + (isOpen ? "" : ", void"));
        }
        if (isOpen && header.epoch() == epoch && isOwners && header.type() == EventType.RUN_CLAIMED) {
            poison.begins();
        }
        if (counts) {
            accept(header, entry.offset());
        } else if (isOpen && header.epoch() == epoch && isOwners && header.sequence() > next) {
            isOpen = false;
        }
    }

    private void accept(EntryHeader header, long offset) {
        accepted.add(offset);
        poison.accepted(header.type());
        next++;
        switch (header.type()) {
            case RUN_CLAIMED -> {
                owner = header.owner();
                owners.put(epoch, header.owner());
            }
            case MODEL_REPLIED -> {
                replies++;
                paidFor.merge(header.epoch() + "@" + header.owner(), 1, Integer::sum);
                if (PlayedReplies.escalates(id, replies - 1)) {
                    escalations.add(header.epoch() + "." + header.sequence());
                }
            }
            case INPUT_HEARD -> {
                String input = String.valueOf(header.input());
                if (!heard.add(input)) {
                    throw broken("I13: " + input + " was heard twice");
                }
            }
            case RUN_YIELDED -> isOpen = false;
            case RUN_CONCLUDED -> concluded(header);
            default -> {
            }
        }
    }

    private void concluded(EntryHeader header) {
        isOpen = false;
        saysFailed = EntryHeader.FAILED.equals(header.outcome());
        awaited = header.digest();
        if (header.raised() != null) {
            raised.add(header.raised().epoch() + "." + header.raised().sequence());
        }
    }

    private void verdict(TaskEvent.Verdict verdict, Decision decision) {
        boolean acted = decision.effects().stream().anyMatch(effect -> effect instanceof Effect.PublishKept
                || effect instanceof Effect.DropKept || effect instanceof Effect.Enqueue || effect instanceof Effect.Publish);
        if (acted && !verdict.digest().equals(awaited)) {
            throw broken("I7: a verdict on " + verdict.digest() + " acted on " + awaited);
        }
    }

    /** A word that the task took on is owed a hearing. */
    private void word(String key, @Nullable Task before, Decision decision) {
        long was = before == null ? 0 : before.words().pending().stream().filter(input -> input.id().equals(key)).count();
        long is = decision.task().words().pending().stream().filter(input -> input.id().equals(key)).count();
        if (is > was && !owed.add(key)) {
            throw broken("I13: " + key + " is to be heard again");
        }
    }

    void dispatched(WorkDispatched work) {
        List<Long> prefix = atDispatch.get(work.epoch());
        if (!work.offsets().equals(prefix)) {
            throw broken("I4: epoch " + work.epoch() + " continues from " + work.offsets() + ", accepted are " + prefix);
        }
    }

    void asked(WorkDispatched work, WorkerId worker, int has, boolean wantsGrant) {
        int least = repliesAtDispatch.getOrDefault(work.epoch(), 0);
        if (has < least) {
            throw broken("I5: epoch " + work.epoch() + " asks for reply " + has + ", and " + least + " were accepted before it");
        }
        calls.merge(work.epoch() + "@" + worker, 1, Integer::sum);
        if (wantsGrant && !worker.equals(owners.get(work.epoch()))) {
            throw broken("rule 2: " + worker + " asks in epoch " + work.epoch() + " and was not granted");
        }
    }

    /** The question that was granted last stood in the log after the silence. */
    void goesOnAfterASilence(WorkDispatched work, WorkerId worker, long woke) {
        if (grantedAt.getOrDefault(work.epoch() + "@" + worker, 0L) < woke) {
            throw broken("rule 3: " + worker + " was silent and asks in epoch " + work.epoch() + " before it is granted anew");
        }
    }

    void published(String type, String eventId) {
        if (ended == null && !type.contains("deliverable")) {
            throw broken("I2: " + type + " before its end");
        }
        published.add(type + " " + eventId);
        if (published.size() > 1) {
            throw broken("I2: the task came out as " + published);
        }
    }

    /** A lost epoch costs the call that was in flight and no other. */
    private void atMostOneCallIsWastedALostEpoch() {
        calls.forEach((run, made) -> {
            if (made > paidFor.getOrDefault(run, 0) + 1) {
                throw broken("I6: run " + run + " made " + made + " calls and " + paidFor.getOrDefault(run, 0) + " counted");
            }
        });
    }

    void end() {
        if (ended != TaskState.CANCELED) {
            atMostOneCallIsWastedALostEpoch();
        }
        if (ended == null) {
            throw broken("I1: it never ended");
        }
        if (published.isEmpty()) {
            throw broken("I1: it ended as " + ended + " and nobody was told");
        }
        if (ended == TaskState.COMPLETED) {
            nothingIsOwed();
        }
    }
}

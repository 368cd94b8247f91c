package dev.relais.coordinator.task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;

import dev.relais.coordinator.task.Entries.Draught;
import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.TaskEvent.Judgement;
import dev.relais.coordinator.task.TaskEvent.Loss;
import dev.relais.coordinator.task.TaskEvent.Timer;
import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.event.WorkerId;

/** One task among workers that crash, stall and go on as zombies, a wire that repeats, reorders and loses, and people who talk. */
final class Walk {
    private static final int WINDOW = 3;

    private final Random random;
    private final Ledgered shard;
    private final List<Run> runs = new ArrayList<>();
    private final List<TaskEvent> wire = new ArrayList<>();
    private final List<TaskEvent> said = new ArrayList<>();
    private final List<Digest> digests = new ArrayList<>();
    private long journal;
    private int ids;
    private int workers;
    private int taken;

    Walk(long seed) {
        // Neighbouring seeds begin alike: the factor takes them apart.
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        Integer mode = random.nextInt(4) == 0 ? null : 1 + random.nextInt(4) % 3;
        shard = new Ledgered(Story.request(mode, mode == null ? "shop" : null, Envelope.DEFAULT, "hash"));
    }

    /** One execution of one epoch: what its worker will write, if it lives. */
    private record Run(WorkDispatched work, String worker, Deque<TaskEvent.Entry> script) {}

    Ledgered shard() {
        return shard;
    }

    /** Anything may happen next. */
    void step() {
        int dice = random.nextInt(100);
        if (dice < 10) {
            shard.tell(new TaskEvent.DispatchDue());
        } else if (dice < 20) {
            take();
        } else if (dice < 50) {
            write();
        } else if (dice < 86) {
            arrive();
        } else if (dice < 88) {
            crash();
        } else if (dice < 90) {
            expire();
        } else if (dice < 93) {
            talk();
        } else if (dice < 97) {
            settle();
        } else {
            shard.passes(random.nextInt(4));
        }
    }

    /** No more faults: whoever is asked answers, and every run delivers. */
    boolean endsWithoutFaults() {
        for (int step = 0; step < 100 && !shard.hasEnded(); step++) {
            switch (shard.task().phase()) {
                case Phase.AwaitingMode asked -> shard.tell(new TaskEvent.ModeTold(2, asked.number()));
                case Phase.Ready _ -> shard.tell(new TaskEvent.DispatchDue());
                case Phase.BackingOff _ -> shard.fire(Timer.BACKOFF);
                case Phase.Dispatched _ -> {
                    var run = run(shard.inbox.getLast(), new Random(0));
                    run.script().forEach(entry -> shard.tell(appended(entry)));
                }
                case Phase.Claimed claimed -> shard.tell(new TaskEvent.OwnerLost(claimed.owner(), Loss.SILENT, Set.of()));
                case Phase.AwaitingVerdict wait -> shard.tell(verdict(Judgement.OK, wait.digest()));
                case Phase.AwaitingAnswer wait -> open(wait.raised()).forEach(child -> shard.tell(answer(child)));
                case Phase.Ended _ -> {
                }
            }
        }
        return shard.hasEnded();
    }

    private List<ChildId> open(Raised raised) {
        return shard.task().children().stream().filter(child -> !child.answered()).map(Task.Child::id)
                .filter(id -> id.raised().equals(raised)).toList();
    }

    /** A worker takes work: the newest, and now and then some that was taken before, or that is old. */
    private void take() {
        int standing = shard.inbox.size() - taken;
        if (standing > 0) {
            runs.add(run(shard.inbox.get(taken++), random));
        } else if (taken > 0 && random.nextInt(8) == 0) {
            runs.add(run(shard.inbox.get(random.nextInt(taken)), random));
        }
    }

    private Run run(WorkDispatched work, Random dice) {
        String worker = "w" + workers++;
        var script = new ArrayDeque<TaskEvent.Entry>();
        var entries = new ArrayList<Draught>();
        entries.add(dice.nextInt(3) == 0 ? Entries.claimedAsking(1) : Entries.claimed());
        work.inputs().forEach(input -> entries.add(Entries.heard(input.id())));
        for (int turn = dice.nextInt(3); turn >= 0; turn--) {
            entries.add(Entries.replied());
            if (turn > 0) {
                entries.add(Entries.toolsRan());
            }
        }
        conclude(entries, work.epoch(), dice);
        for (int sequence = 0; sequence < entries.size(); sequence++) {
            script.add(entries.get(sequence).at(work.epoch(), worker, sequence));
        }
        return new Run(work, worker, script);
    }

    private void conclude(List<Draught> entries, int epoch, Random dice) {
        int replied = entries.size() - 1;
        Digest digest = Entries.digest(ids++);
        digests.add(digest);
        switch (dice.nextInt(10)) {
            case 1, 2 -> entries.add(Entries.escalated(new Raised(epoch, replied, 0), "architecte", "chef-equipe"));
            case 3 -> {
                entries.add(Entries.alerted(new Raised(epoch, replied, Raised.WHOLE_REPLY), "frontend-dev"));
                entries.add(Entries.delivered("pending", digest));
            }
            case 4 -> entries.add(Entries.yielded("shutdown"));
            case 5 -> entries.add(Entries.yielded("model-unavailable"));
            case 6 -> {
                if (dice.nextInt(4) == 0) {
                    entries.add(Entries.failed("refusal", true));
                } else {
                    entries.add(Entries.yielded("credentials"));
                }
            }
            default -> entries.add(Entries.delivered("completed", digest));
        }
    }

    /** A run's next entry goes out: once, twice, or never. */
    private void write() {
        if (runs.isEmpty()) {
            return;
        }
        int age = random.nextInt(4) == 0 ? random.nextInt(runs.size()) : 0;
        TaskEvent.Entry entry = runs.get(runs.size() - 1 - age).script().poll();
        if (entry != null) {
            int fault = random.nextInt(80);
            if (fault != 0) {
                wire.add(entry);
            }
            if (fault == 1 || fault == 2) {
                wire.add(entry);
            }
        }
    }

    private void arrive() {
        if (!wire.isEmpty()) {
            int place = random.nextInt(40) == 0 ? random.nextInt(Math.min(WINDOW, wire.size())) : 0;
            TaskEvent event = wire.remove(place);
            shard.tell(event instanceof TaskEvent.Entry entry ? appended(entry) : event);
        }
    }

    /** An entry has its offset from the order in which the journal has it. */
    private TaskEvent.Entry appended(TaskEvent.Entry entry) {
        return new TaskEvent.Entry(entry.header(), journal++, entry.value());
    }

    private void crash() {
        if (!runs.isEmpty()) {
            runs.remove(random.nextInt(runs.size()));
        }
    }

    /** The owner is believed dead, whether it is or not; or the work stood for too long. */
    private void expire() {
        if (shard.task().phase() instanceof Phase.Claimed claimed) {
            shard.passes(10);
            shard.tell(new TaskEvent.OwnerLost(claimed.owner(), random.nextBoolean() ? Loss.SILENT : Loss.UNNAMED,
                    Set.of(anyWorker())));
        } else {
            shard.tell(new TaskEvent.StoodUnclaimed());
            shard.tell(new TaskEvent.OwnerLost(anyWorker(), Loss.SILENT, Set.of(anyWorker())));
        }
    }

    private WorkerId anyWorker() {
        return new WorkerId("w" + random.nextInt(workers + 1));
    }

    /** Somebody says something, or what was said before arrives again. */
    private void talk() {
        if (!said.isEmpty() && random.nextInt(3) == 0) {
            wire.add(said.get(random.nextInt(said.size())));
            return;
        }
        TaskEvent event = switch (random.nextInt(12)) {
            case 0, 1, 2 -> new TaskEvent.Message(Entries.ref(id()), "a word", "ann");
            case 3, 4 -> digests.isEmpty()
                    ? new TaskEvent.DispatchDue()
                    : verdict(judgement(), digests.get(random.nextInt(digests.size())));
            case 5, 6, 7 -> shard.task().children().isEmpty()
                    ? new TaskEvent.ModeTold(3, 0)
                    : answer(shard.task().children().get(random.nextInt(shard.task().children().size())).id());
            case 8 -> answer(Story.child(new Raised(99, 1, 0), "securite"));
            case 9 -> Story.request(1, null, Envelope.DEFAULT, random.nextBoolean() ? "hash" : "other");
            case 10 ->
                random.nextInt(6) == 0 ? new TaskEvent.Cancel(Entries.ref(id()), null, "ann") : new TaskEvent.ModeTold(1, 0);
            default -> new TaskEvent.ModeTold(2, 0);
        };
        said.add(event);
        wire.add(event);
    }

    /** What is waited for comes, or its time is over. */
    private void settle() {
        switch (shard.task().phase()) {
            case Phase.AwaitingVerdict wait -> {
                // At once, so that it often comes before other words make it stale.
                shard.tell(verdict(random.nextInt(3) == 0 ? judgement() : Judgement.CHANGES, wait.digest()));
            }
            case Phase.AwaitingAnswer wait -> open(wait.raised()).forEach(child -> wire.add(answer(child)));
            case Phase.BackingOff _ -> shard.fire(Timer.BACKOFF);
            default -> {
                if (random.nextInt(20) == 0) {
                    shard.fire(Timer.WAIT);
                }
            }
        }
    }

    private Judgement judgement() {
        return switch (random.nextInt(3)) {
            case 0 -> Judgement.OK;
            case 1 -> Judgement.CHANGES;
            default -> Judgement.REFUSE;
        };
    }

    private TaskEvent.Verdict verdict(Judgement judgement, Digest digest) {
        return new TaskEvent.Verdict(Entries.ref(id()), judgement, digest, "because", "ann", null);
    }

    private TaskEvent.Answer answer(ChildId child) {
        return new TaskEvent.Answer(Entries.ref(id()), child, "so", null, null);
    }

    private String id() {
        return "i" + ids++;
    }
}

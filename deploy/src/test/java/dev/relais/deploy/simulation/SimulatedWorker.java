package dev.relais.deploy.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.relais.deploy.simulation.Inbox.Delivered;
import dev.relais.deploy.simulation.Log.Sent;
import dev.relais.deploy.simulation.Log.Stored;
import dev.relais.schemas.event.Beat;
import dev.relais.schemas.event.ControlEvent;
import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.EventData;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.JournalEntry.Claimed;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.persona.Hearing;

/** One worker process without threads: it takes work, claims, beats, heeds control, and may die, be suspended or leave at any moment. */
final class SimulatedWorker {
    private static final long OLD_MILLIS = 3_000;
    private static final int LEASE_TICKS = 10;
    private static final int SURE_TICKS = 7;
    private static final int REACHED = 103;
    private static final int FETCH_MILLIS = 500;

    private final Site site;
    private final Inbox inbox;
    private final WorkerId id;
    private final int capacity;
    private final List<SimulatedRun> runs = new ArrayList<>();
    private final Set<RunKey> claimed = new HashSet<>();
    private boolean isDead;
    private boolean isLeaving;
    private long suspendedUntil;
    private long heardAt;

    SimulatedWorker(Site site, Inbox inbox, String name, int capacity) {
        this.site = site;
        this.inbox = inbox;
        this.id = new WorkerId(name);
        this.capacity = capacity;
        this.heardAt = site.world().now();
        site.log().read(site.topics().control(), this::control);
        site.world().after(site.world().between(1, 1_000), live(this::beat));
        site.world().after(site.world().between(1, 300), live(this::poll));
    }

    boolean isGone() {
        return isDead;
    }

    void die() {
        site.world().say(id.value(), "dies");
        isDead = true;
    }

    /** As SIGSTOP and SIGCONT: it knows nothing of the time between. */
    void suspend(int millis) {
        site.world().say(id.value(), "is suspended for " + millis + " ms");
        long until = site.world().now() + millis;
        suspendedUntil = until;
        if (millis >= SURE_TICKS * site.tickMillis()) {
            site.world().at(until, () -> {
                if (suspendedUntil == until) {
                    site.oracle().wakes(id);
                }
            });
        }
    }

    /** As SIGTERM. */
    void leave() {
        site.world().say(id.value(), "leaves");
        isLeaving = true;
        for (SimulatedRun run : List.copyOf(runs)) {
            if (run.isNamed()) {
                run.named(false);
                send(run, new JournalEntry.Yielded("shutdown", "the worker leaves"), _ -> {});
            }
            end(run);
        }
        site.world().after(500, () -> isDead = true);
    }

    /** Control is read from its end: a reader that falls behind or is set back misses some of it. */
    private void control(Stored record) {
        int delay = site.world().between(5, 120);
        if (delay > REACHED && site.world().now() < Scenario.FAULTS_END) {
            site.world().say(id.value(), "misses a control event");
            return;
        }
        site.world().after(delay, () -> reads(record));
    }

    /** Whoever wakes has to fetch, and a beat may be acknowledged before. */
    private void reads(Stored record) {
        long late = site.world().now() < suspendedUntil ? suspendedUntil + site.world().between(0, FETCH_MILLIS) : 0;
        site.world().at(late, live(() -> heed(record)));
    }

    private void soon(int least, int most, Runnable what) {
        site.world().after(site.world().between(least, most), live(what));
    }

    private Runnable live(Runnable what) {
        return () -> {
            if (isDead) {
                return;
            }
            if (site.world().now() < suspendedUntil) {
                site.world().at(suspendedUntil, live(what));
            } else {
                what.run();
            }
        };
    }

    private void end(SimulatedRun run) {
        run.over();
        runs.remove(run);
    }

    private void poll() {
        if (!isLeaving && runs.size() < capacity) {
            inbox.take().ifPresent(this::take);
        }
        soon(20, 250, this::poll);
    }

    private void take(Delivered delivered) {
        Stored record = delivered.record();
        if (!(site.decoded(record) instanceof WorkDispatched work)) {
            inbox.acknowledge(delivered);
            return;
        }
        boolean isNew = claimed.add(RunKey.of(work.taskId(), work.epoch()));
        if (!isNew && site.mutation() != Mutation.REDELIVERY_STARTED_TWICE) {
            inbox.acknowledge(delivered);
            return;
        }
        boolean isOld = site.world().now() - record.appended() > OLD_MILLIS;
        var run = new SimulatedRun(site, id, work, delivered.deliveries() > 1 || isOld);
        site.world().say(id.value(), "claims " + work.taskId() + " epoch " + work.epoch());
        runs.add(run);
        claim(run, delivered);
    }

    private void claim(SimulatedRun run, Delivered delivered) {
        WorkDispatched work = run.work();
        boolean isFirst = work.offsets().isEmpty();
        var bodies = new ArrayList<JournalEntry>();
        bodies.add(new Claimed("host", isFirst ? site.frame() : null));
        if (isFirst) {
            work.inputs().forEach(input -> bodies.add(Hearing.of(input, work, site.persona())));
        }
        var entries = new ArrayList<Entry>();
        for (JournalEntry body : bodies) {
            send(run, body, entry -> {
                entries.add(entry);
                if (entries.size() == bodies.size()) {
                    entries.sort(Comparator.comparingInt(Entry::sequence));
                    inbox.acknowledge(delivered);
                    begin(run, List.copyOf(entries));
                }
            });
        }
        run.named(true);
    }

    private void begin(SimulatedRun run, List<Entry> claims) {
        if (run.isOver()) {
            return;
        }
        if (!run.takesTurn(runs)) {
            soon(50, 60, () -> begin(run, claims));
            return;
        }
        if (!run.isGranted()) {
            if (isSure()) {
                askAgain(run);
            }
            soon(50, 60, () -> begin(run, claims));
            return;
        }
        List<Stored> journal = site.log().of(site.topics().journal(), run.work().journalPartition());
        run.resumesFrom(run.work().offsets().stream().map(offset -> site.entry(journal.get(Math.toIntExact(offset)))).toList(),
                claims);
        hear(run, run.work().inputs().stream().map(input -> Hearing.of(input, run.work(), site.persona()))
                .filter(heard -> claims.stream().noneMatch(entry -> entry.body() instanceof JournalEntry.Heard said
                        && said.input().equals(heard.input())))
                .toList());
    }

    private void askAgain(SimulatedRun run) {
        if (site.mutation() != Mutation.GRANT_ASKED_ONCE && run.isAskingAgain(LEASE_TICKS * site.tickMillis())) {
            site.world().say(id.value(), "asks again for its grant of " + run.key());
            write(run, new Entry(run.work().epoch(), 0, new Claimed("host", null)), run.asks(), () -> {});
        }
    }

    private void hear(SimulatedRun run, List<JournalEntry.Heard> left) {
        if (left.isEmpty()) {
            goOn(run);
            return;
        }
        send(run, left.getFirst(), entry -> {
            run.folds(entry);
            hear(run, left.subList(1, left.size()));
        });
    }

    /** One step of the real loop; what it takes is waited for before its entry is sent. */
    private void goOn(SimulatedRun run) {
        if (run.isOver()) {
            return;
        }
        if (!isSure() || !run.isGranted()) {
            if (isSure()) {
                askAgain(run);
            }
            soon(100, 200, () -> goOn(run));
            return;
        }
        JournalEntry entry = run.step();
        int most = entry instanceof JournalEntry.Replied ? 3_000 : 100;
        if (Scenario.isFatal(site.world(), run.work().request())) {
            // As where a defect of ours ends its thread: the worker lives, and its beats name the run no more.
            soon(1, most, () -> end(run));
            return;
        }
        soon(1, most, () -> send(run, entry, placed -> {
            run.leavesTurn();
            if (entry instanceof JournalEntry.Concluded || entry instanceof JournalEntry.Yielded) {
                end(run);
            } else {
                run.folds(placed);
                goOn(run);
            }
        }));
    }

    private boolean isSure() {
        return site.world().now() - heardAt < SURE_TICKS * site.tickMillis();
    }

    private void heard(long sentAt) {
        if (!isSure() && site.mutation() != Mutation.SILENCE_FORGOTTEN) {
            runs.forEach(SimulatedRun::doubt);
        }
        heardAt = Math.max(heardAt, sentAt);
    }

    private void send(SimulatedRun run, JournalEntry body, Consumer<Entry> durable) {
        if (run.isOver()) {
            return;
        }
        if (body instanceof JournalEntry.Concluded || body instanceof JournalEntry.Yielded) {
            run.named(false);
        }
        Entry place = run.place(body);
        write(run, place, run.wantsGrant() && body instanceof Claimed ? 1 : 0, () -> {
            if (!run.isOver()) {
                durable.accept(place);
            }
        });
    }

    private void write(SimulatedRun run, Entry place, int question, Runnable acknowledged) {
        WorkDispatched work = run.work();
        JournalEntry body = place.body();
        var extensions = EntryHeader.extensions(body, place.epoch(), id, place.sequence(), question);
        String eventId = work.taskId() + "/" + place.epoch() + "." + place.sequence() + "@" + id;
        produce(work.journalPartition(), new Event<>(eventId, "relais/worker", work.taskId().value(), null, extensions, body),
                acknowledged);
        if (question > 0 && site.world().now() < Scenario.FAULTS_END && site.world().chance(10)) {
            // The worst of moments: the answer is given while it sleeps, and its lease runs out behind it.
            site.world().after(site.world().between(1, 60), live(() -> suspend(site.world().between(7_000, 14_000))));
        }
    }

    private void produce(int partition, Event<? extends EventData> event, Runnable acknowledged) {
        var sent = new Sent(site.codec().key(event), site.codec().value(event.data()), site.codec().headers(event));
        site.log().send(id.value(), site.topics().journal(), partition, sent, site.world().between(1, 40),
                _ -> soon(1, 40, acknowledged));
    }

    private void beat() {
        long sentAt = site.world().now();
        Map<Integer, List<String>> named = new HashMap<>();
        runs.stream().filter(SimulatedRun::isNamed).forEach(
                run -> named.computeIfAbsent(run.work().journalPartition(), _ -> new ArrayList<>()).add(run.key().toString()));
        var acks = new AtomicInteger();
        for (int partition = 0; partition < Site.PARTITIONS; partition++) {
            var beat = new Beat(List.of(Site.AGENT), capacity, isLeaving ? 0 : Math.max(0, capacity - runs.size()),
                    named.getOrDefault(partition, List.of()));
            if (site.world().now() < Scenario.FAULTS_END && site.world().chance(5)) {
                continue;
            }
            produce(partition,
                    new Event<>("beat/" + id + "/" + partition + "/" + sentAt, "relais/worker", id.value(), null, Map.of(),
                            beat),
                    () -> {
                        if (acks.incrementAndGet() == Site.PARTITIONS) {
                            heard(sentAt);
                        }
                    });
        }
        site.world().after(site.tickMillis() + site.world().between(-30, 30), live(this::beat));
    }

    private void heed(Stored record) {
        if (!(site.decoded(record) instanceof ControlEvent event)) {
            return;
        }
        for (SimulatedRun run : List.copyOf(runs)) {
            if (!run.key().toString().equals(event.run())) {
                continue;
            }
            switch (event) {
                case ControlEvent.GrantRun grant when grant.worker().equals(id) -> run.grant(grant.answers());
                case ControlEvent.FenceRun fence when fence.worker().equals(id) -> end(run);
                case ControlEvent.StopRun _ -> end(run);
                default -> {
                }
            }
        }
    }
}

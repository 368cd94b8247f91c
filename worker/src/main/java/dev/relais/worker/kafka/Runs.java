package dev.relais.worker.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.journal.Admission;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.kafka.ActiveRun.Stop;
import dev.relais.worker.kafka.ActiveRun.Wait;
import dev.relais.worker.persona.Hearing;
import dev.relais.worker.run.TaskRun.Left;
import dev.relais.worker.workspace.MachineProbe;

/** Claims work and runs it, each run on a virtual thread of its own. */
public final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private static final Duration LEAVE = Duration.ofSeconds(5);
    /** Times its first patience. */
    private static final int MOST_PATIENT = 16;

    private final ActiveRuns active;
    private final KafkaJournal journal;
    private final RunFactory factory;
    private final WorkerCounters counters;
    private final OwnTrouble trouble;
    private final Waiting waiting;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("run-", 0).factory());

    public Runs(ActiveRuns active, KafkaJournal journal, RunFactory factory, WorkerCounters counters, OwnTrouble trouble,
            Waiting waiting) {
        this.active = active;
        this.journal = journal;
        this.factory = factory;
        this.counters = counters;
        this.trouble = trouble;
        this.waiting = waiting;
    }

    /**
     * What runs wait for.
     *
     * @param writable awaited before anything is begun
     * @param patience after which a claim that was not granted is written again
     */
    public record Waiting(Admission writable, Duration patience) {}

    /**
     * What the worker knows of its own trouble.
     *
     * @param machine asked after a run met an I/O error, which may be the run's own
     */
    public record OwnTrouble(WorkerFault fault, MachineProbe machine) {}

    /** A claim on its way into the journal. */
    record Claim(ConsumerRecord<byte[], byte[]> record, WorkDispatched work, ActiveRun run, KafkaJournal.OfRun journal,
            List<CompletableFuture<Entry>> sent) {}

    Claim claim(ConsumerRecord<byte[], byte[]> record, WorkDispatched work, Map<String, String> attributes,
            boolean waitsForGrant) {
        var run = new ActiveRun(RunKey.of(work.taskId(), work.epoch()), work.journalPartition(), waitsForGrant);
        var ofRun = journal.of(work, attributes, run);
        var heard = new ArrayList<JournalEntry.Heard>();
        boolean first = work.offsets().isEmpty();
        if (first) {
            // What a later epoch brings is said by the frame's persona, which stands in the prefix: the run reads that first.
            work.inputs().forEach(input -> heard.add(Hearing.of(input, work, factory.persona())));
        }
        var claimed = new JournalEntry.Claimed(factory.host(), first ? factory.frame() : null);
        active.add(run);
        try {
            List<CompletableFuture<Entry>> sent = ofRun.claim(claimed, heard);
            // Beats go the same way behind it. Named from its ack on, a run whose ack is slow would be lost as forgotten.
            run.name();
            return new Claim(record, work, run, ofRun, sent);
        } catch (RuntimeException e) {
            active.remove(run);
            throw e;
        }
    }

    /**
     * Waits until the claim is durable, and lets the run begin.
     *
     * @param isOld asked then: work whose lock may have run out meanwhile may be another's, so its run asks for its grant
     */
    void start(Claim claim, Predicate<ConsumerRecord<byte[], byte[]>> isOld) throws InterruptedException {
        try {
            List<Entry> entries = KafkaJournal.await(claim.sent());
            if (isOld.test(claim.record())) {
                claim.run().doubt();
            }
            threads.execute(() -> run(claim, entries));
        } catch (RuntimeException e) {
            claim.run().unname();
            active.remove(claim.run());
            throw e;
        }
    }

    /** A claim that is durable, or will be, and whose run never begins: another worker may have it at once. */
    void giveUp(Claim claim) {
        claim.journal().leave(new JournalEntry.Yielded("shutdown", "the worker leaves before the run has begun"));
        active.remove(claim.run());
    }

    private void run(Claim claim, List<Entry> claimed) {
        ActiveRun run = claim.run();
        run.bind(Thread.currentThread());
        try {
            if (claim.work().suspect()) {
                try (var turn = SuspectTurn.await(active.suspects(), claim.journal())) {
                    // It says by asking that its turn has come, and is answered before it does anything: whoever is lost
                    // without having asked was only waiting, and is not to blame (rule 9).
                    run.doubt();
                    admit(claim);
                    end(claim, factory.run(claim.work(), claimed, turn, () -> admit(claim)));
                }
            } else {
                awaitGrant(claim);
                end(claim, factory.run(claim.work(), claimed, claim.journal(), () -> admit(claim)));
            }
        } catch (InterruptedException _) {
            stopped(claim);
        } catch (RuntimeException e) {
            failed(claim, e);
        } finally {
            run.unname();
            active.remove(run);
        }
    }

    /** Control is read from its end and may lose a grant, while beats go on to name the run: so whoever waits asks again (rule 2). */
    private void awaitGrant(Claim claim) throws InterruptedException {
        Duration patience = waiting.patience();
        for (Wait wait = claim.run().awaitGrant(patience); wait != Wait.GRANTED; wait = claim.run().awaitGrant(patience)) {
            // Whoever is not heard asks nobody, and then once for the whole silence.
            waiting.writable().await();
            LOG.info("Run {} waits for its grant and asks again", claim.run().key());
            claim.journal().claimAgain(factory.host());
            patience = wait == Wait.TO_ASK ? waiting.patience() : longer(patience);
        }
    }

    /** The coordinator may be far behind: what many ask often keeps it there. */
    private Duration longer(Duration patience) {
        return patience.compareTo(waiting.patience().multipliedBy(MOST_PATIENT)) < 0 ? patience.multipliedBy(2) : patience;
    }

    /** Nothing is begun by a worker that cannot write, nor by one that was silent, before it knows that it still owns the run (rule 3). */
    private void admit(Claim claim) throws InterruptedException {
        waiting.writable().await();
        while (!claim.run().isGranted()) {
            awaitGrant(claim);
            // It may have been silent again while it waited.
            waiting.writable().await();
        }
    }

    /**
     * A defect of ours, or a journal that takes nothing. The beats stop naming the run, so that its task is lost in three ticks and counted: yielded, it
     * would come back at once and without end, and no count would find out that it kills its runs (rule 9).
     */
    private void failed(Claim claim, RuntimeException e) {
        if (claim.run().stopped() != null) {
            stopped(claim);
            return;
        }
        LOG.error("Run of {} epoch {} failed; its beats name it no more, and its task is dispatched again", claim.work().taskId(),
                claim.work().epoch(), e);
    }

    private void end(Claim claim, Left left) throws InterruptedException {
        switch (left) {
            case Left.WithOutcome(String outcome) ->
                LOG.info("Task {} epoch {} concluded: {}", claim.work().taskId(), claim.work().epoch(), outcome);
            case Left.Yielding _ when claim.run().stopped() != null -> stopped(claim);
            case Left.Yielding(String reason, String detail) -> {
                // Raised first: what is yielded comes back to whoever still takes work.
                raise(reason, detail);
                letGo(claim, reason, detail);
            }
        }
    }

    private void raise(String reason, String detail) throws InterruptedException {
        if (reason.equals(Left.WORKER_REFUSED)) {
            trouble.fault().raise(WorkerFault.Where.MODEL, detail);
        }
        if (reason.equals(Left.WORKER_FAULT) && trouble.machine().probe() instanceof MachineProbe.Probe.Failed(String what)) {
            trouble.fault().raise(WorkerFault.Where.MACHINE, what);
        }
    }

    private void stopped(Claim claim) {
        Stop why = claim.run().stopped();
        switch (why) {
            case SHUTDOWN -> letGo(claim, "shutdown", "the worker leaves");
            case WORKER_REFUSED -> letGo(claim, Left.WORKER_REFUSED, "the model refuses this worker; another one can go on");
            // Not as a fault: this task met none, and faults are counted against the task that meets them.
            case WORKER_FAULT -> letGo(claim, Left.WORKER_REFUSED, "this worker's machine cannot go on; another one can");
            case CANCELED, FENCED -> LOG.info("Task {} epoch {} stopped: {}", claim.work().taskId(), claim.work().epoch(), why);
            case null ->
                LOG.warn("Task {} epoch {} was interrupted by nobody known", claim.work().taskId(), claim.work().epoch());
        }
    }

    /** The run's last entry. Nothing interrupts it any more; a worker that leaves waits for it. */
    private void letGo(Claim claim, String reason, String detail) {
        claim.run().unbind();
        Thread.interrupted();
        try {
            var entry = new JournalEntry.Yielded(reason, detail);
            claim.journal().append(entry);
            counters.recorded(entry);
            LOG.info("Task {} epoch {} yielded: {}", claim.work().taskId(), claim.work().epoch(), reason);
        } catch (KafkaJournal.Unwritable | InterruptedException e) {
            LOG.warn("Task {} epoch {} could not be yielded; its lease will expire", claim.work().taskId(), claim.work().epoch(),
                    e);
        }
    }

    /** Stops every run for the same reason. */
    void stopAll(Stop why) {
        active.all().forEach(run -> run.stop(why));
    }

    /** Begins no run any more, and waits for those that are there. */
    boolean awaitEnd(Duration most) throws InterruptedException {
        threads.shutdown();
        return threads.awaitTermination(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Rule 6: runs have five seconds to leave. */
    public void close() throws InterruptedException {
        threads.shutdown();
        stopAll(Stop.SHUTDOWN);
        if (!awaitEnd(LEAVE)) {
            LOG.warn("{} runs did not leave in time; their leases will expire", active.inFlight());
        }
    }
}

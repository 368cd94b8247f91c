package dev.relais.worker.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.kafka.ActiveRun.Stop;
import dev.relais.worker.persona.FirstMessage;
import dev.relais.worker.persona.Voice;
import dev.relais.worker.run.TaskRun.Left;

/** Claims work and runs it, each run on a virtual thread of its own. */
public final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final ActiveRuns active;
    private final KafkaJournal journal;
    private final RunFactory factory;
    private final WorkerCounters counters;
    private final WorkerFault fault;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("run-", 0).factory());

    public Runs(ActiveRuns active, KafkaJournal journal, RunFactory factory, WorkerCounters counters, WorkerFault fault) {
        this.active = active;
        this.journal = journal;
        this.factory = factory;
        this.counters = counters;
        this.fault = fault;
    }

    /** A claim on its way into the journal. */
    record Claim(ConsumerRecord<byte[], byte[]> record, WorkDispatched work, ActiveRun run, KafkaJournal.OfRun journal,
            List<CompletableFuture<Entry>> sent) {}

    Claim claim(ConsumerRecord<byte[], byte[]> record, WorkDispatched work, Map<String, String> attributes,
            boolean waitsForGrant) {
        var run = new ActiveRun(RunKey.of(work.taskId(), work.epoch()), work.journalPartition(), waitsForGrant);
        var ofRun = journal.of(work, attributes, run);
        var heard = new ArrayList<JournalEntry.Heard>();
        for (WorkDispatched.Input input : work.inputs()) {
            String text = input.kind() == InputKind.REQUEST
                    ? FirstMessage.render(work, factory.persona())
                    : Voice.heard(input, factory.persona());
            heard.add(new JournalEntry.Heard(input.id(), input.kind(), text, input.raised()));
        }
        var claimed = new JournalEntry.Claimed(factory.host(), work.offsets().isEmpty() ? factory.frame() : null);
        active.add(run);
        try {
            return new Claim(record, work, run, ofRun, ofRun.claim(claimed, heard, waitsForGrant));
        } catch (RuntimeException e) {
            active.remove(run);
            throw e;
        }
    }

    /** Waits until the claim is durable, and lets the run begin. */
    void start(Claim claim) throws InterruptedException {
        try {
            List<Entry> entries = KafkaJournal.await(claim.sent());
            claim.run().name();
            threads.execute(() -> run(claim, entries));
        } catch (KafkaJournal.Unwritable e) {
            active.remove(claim.run());
            throw e;
        }
    }

    private void run(Claim claim, List<Entry> claimed) {
        ActiveRun run = claim.run();
        boolean suspect = claim.work().suspect();
        run.bind(Thread.currentThread());
        try {
            run.awaitGrant();
            if (suspect) {
                active.suspects().acquire();
            }
            try {
                end(claim, factory.run(claim.work(), claimed, claim.journal()));
            } finally {
                if (suspect) {
                    active.suspects().release();
                }
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

    private void end(Claim claim, Left left) {
        switch (left) {
            case Left.WithOutcome(String outcome) ->
                LOG.info("Task {} epoch {} concluded: {}", claim.work().taskId(), claim.work().epoch(), outcome);
            case Left.Yielding _ when claim.run().stopped() != null -> stopped(claim);
            case Left.Yielding(String reason, String detail) -> {
                // Raised first: what is yielded comes back to whoever still takes work.
                if (reason.equals(Left.WORKER_REFUSED) || reason.equals(Left.WORKER_FAULT)) {
                    fault.raise(detail);
                }
                letGo(claim, reason, detail);
            }
        }
    }

    private void stopped(Claim claim) {
        Stop why = claim.run().stopped();
        switch (why) {
            case SHUTDOWN -> letGo(claim, "shutdown", "the worker leaves");
            case WORKER_REFUSED -> letGo(claim, Left.WORKER_REFUSED, "the worker cannot work; another one can");
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

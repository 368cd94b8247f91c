package dev.relais.worker.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry.Frame;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.Decoded;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.schemas.wire.EventType;
import dev.relais.worker.journal.Admission;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.RunJournal;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.Personas;
import dev.relais.worker.persona.Work;
import dev.relais.worker.run.TaskRun;
import dev.relais.worker.workspace.MachineProbe;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker's edge without a broker: what it sends is kept, and its runs do what the test says. */
final class Edge implements RunFactory {
    static final WorkerId WORKER = new WorkerId("test.1");
    static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final long SECONDS = 20;

    final EventCodec codec = new EventCodec();
    final MockProducer<byte[], byte[]> producer;
    private final Semaphore sends = new Semaphore(0);
    final ActiveRuns active = new ActiveRuns(4);
    final WorkerFault fault = new WorkerFault();
    final WorkerCounters counters = new WorkerCounters(new SimpleMeterRegistry(), active);
    final KafkaJournal journal;
    final Runs runs;
    final BlockingQueue<WorkDispatched> begun = new LinkedBlockingQueue<>();
    final BlockingQueue<Admission> admissions = new LinkedBlockingQueue<>();
    volatile MachineProbe.Probe machine = new MachineProbe.Probe.Passed();
    volatile Body body = (_, _) -> new TaskRun.Left.WithOutcome("delivered");

    /** What a run does. */
    @FunctionalInterface
    interface Body {
        TaskRun.Left run(WorkDispatched work, RunJournal journal) throws InterruptedException;
    }

    /** @param acknowledges whether the journal answers at once */
    Edge(boolean acknowledges) {
        this(acknowledges, Duration.ofMinutes(5));
    }

    /** @param patience of a run that waits for its grant */
    Edge(boolean acknowledges, Duration patience) {
        this.producer = new MockProducer<>(acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                Future<RecordMetadata> sent = super.send(record, callback);
                sends.release();
                return sent;
            }
        };
        this.journal = new KafkaJournal(producer, "journal", WORKER, codec, CLOCK);
        this.runs = new Runs(active, journal, this, counters, new Runs.OwnTrouble(fault, () -> machine),
                new Runs.Waiting(() -> {}, patience));
    }

    static WorkDispatched work(int epoch, boolean suspect) {
        WorkDispatched plain = Work.plain(1);
        var input = new WorkDispatched.Input("request-1", InputKind.REQUEST, "", null, null);
        return new WorkDispatched(plain.taskId(), epoch, 1, plain.agent(), plain.request(), 1, List.of(input), 0, List.of(),
                plain.envelope(), 0, suspect);
    }

    ConsumerRecord<byte[], byte[]> record(long offset, WorkDispatched work, int deliveries) {
        ProducerRecord<byte[], byte[]> sent = codec.toRecord("inbox", 0,
                new Event<>("w" + offset, "test", work.taskId().value(), Instant.EPOCH, Map.of(), work));
        return new ConsumerRecord<>("inbox", 0, offset, 0, TimestampType.CREATE_TIME, 0, 0, sent.key(), sent.value(),
                sent.headers(), Optional.empty(), Optional.of((short) deliveries));
    }

    static ConsumerRecord<byte[], byte[]> garbage(long offset) {
        return new ConsumerRecord<>("inbox", 0, offset, 0, TimestampType.CREATE_TIME, 0, 0, new byte[0], new byte[]{1, 2},
                new RecordHeaders(), Optional.empty(), Optional.of((short) 1));
    }

    Runs.Claim claim(int epoch, boolean waits) {
        WorkDispatched work = work(epoch, false);
        return runs.claim(record(0, work, 1), work, Map.of(), waits);
    }

    Runs.Claim started(int epoch, boolean waits) throws InterruptedException {
        Runs.Claim claim = claim(epoch, waits);
        start(claim);
        return claim;
    }

    /** With a claim that became durable at once. */
    void start(Runs.Claim claim) throws InterruptedException {
        runs.start(claim, _ -> false);
    }

    /** Waits until the runs have ended by themselves. */
    void awaitQuiet() throws InterruptedException {
        assertThat(runs.awaitEnd(Duration.ofSeconds(SECONDS))).isTrue();
        assertThat(active.inFlight()).isZero();
    }

    /** The worker leaves. */
    void leave() throws InterruptedException {
        runs.close();
        assertThat(active.inFlight()).isZero();
    }

    static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    WorkDispatched awaitBegun() throws InterruptedException {
        WorkDispatched work = begun.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(work).isNotNull();
        return work == null ? work(0, false) : work;
    }

    /** Waits until that many entries were sent. */
    void awaitSent(int count) throws InterruptedException {
        assertThat(sends.tryAcquire(count, SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** The numbers of the questions that were asked, in order. */
    List<Integer> questions() {
        return List.copyOf(producer.history()).stream().map(record -> EntryHeader.read(EventType.RUN_CLAIMED, record.headers()))
                .filter(EntryHeader.Reading.Read.class::isInstance).map(EntryHeader.Reading.Read.class::cast)
                .map(EntryHeader.Reading.Read::header).filter(EntryHeader::wantsGrant).map(EntryHeader::question).toList();
    }

    /** The entries sent, as {@code type epoch.sequence}. */
    List<String> sent() {
        var all = new ArrayList<String>();
        for (ProducerRecord<byte[], byte[]> record : List.copyOf(producer.history())) {
            if (codec.decode(record.headers(), record.key(), record.value()) instanceof Decoded.Accepted accepted
                    && EntryHeader.read(accepted.type(),
                            record.headers()) instanceof EntryHeader.Reading.Read(EntryHeader header)) {
                all.add(accepted.event().data().getClass().getSimpleName() + " " + header.epoch() + "." + header.sequence());
            }
        }
        return all;
    }

    /** Of all entries sent. */
    List<String> personaHashes() {
        return producer.history().stream().map(record -> record.headers().lastHeader("ce_personahash"))
                .map(header -> header == null ? "none" : new String(header.value(), StandardCharsets.UTF_8)).toList();
    }

    @Override
    public Persona persona() {
        return Personas.shipped();
    }

    @Override
    public Frame frame() {
        return new Frame(1, "text", "hash", JsonNodeFactory.instance.arrayNode(), "model", 1, "/workspace");
    }

    @Override
    public String host() {
        return "host";
    }

    @Override
    public TaskRun.Left run(WorkDispatched work, List<Entry> claimed, RunJournal itsJournal, Admission admission)
            throws InterruptedException {
        begun.add(work);
        admissions.add(admission);
        return body.run(work, itsJournal);
    }

    /** Blocks until the run is stopped. */
    static TaskRun.Left untilStopped() throws InterruptedException {
        new CountDownLatch(1).await(Duration.ofMinutes(5).toSeconds(), TimeUnit.SECONDS);
        return new TaskRun.Left.WithOutcome("never");
    }
}

package dev.relais.worker.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.Beat;
import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.schemas.wire.Extension;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.RunJournal;

/** Writes entries and beats: one producer for all runs, idempotent, every entry acknowledged by all replicas. */
public final class KafkaJournal implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final EventCodec codec;
    private final WorkerId worker;
    private final String topic;
    private final InstantSource clock;
    private volatile @Nullable Framed framed;

    public KafkaJournal(Settings settings, WorkerId worker, EventCodec codec, InstantSource clock,
            UnaryOperator<Producer<byte[], byte[]>> seam) {
        this(seam.apply(new KafkaProducer<>(properties(settings), new ByteArraySerializer(), new ByteArraySerializer())),
                settings.topics().journal(), worker, codec, clock);
    }

    KafkaJournal(Producer<byte[], byte[]> producer, String topic, WorkerId worker, EventCodec codec, InstantSource clock) {
        this.producer = producer;
        this.topic = topic;
        this.worker = worker;
        this.codec = codec;
        this.clock = clock;
    }

    static Map<String, Object> properties(Settings settings) {
        var properties = new HashMap<String, Object>();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // Not zstd: a batch holds a few small entries, and making its compressor costs more than compressing them.
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        // A claim with its frame is as large as a batch usually is, and a request takes one batch a partition: claims that were polled together would go
        // one by one. Side by side their frames also compress to little more than one.
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        // While one request is on its way the next one fills. With several, a broker that is about to lead a new partition may refuse the first batch
        // and take the second: from then on it refuses the first for ever, and what waits for it waits until its time is over.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // Counted before compression; entries hold at most 1 MiB.
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 << 20);
        // A broker that restarts is waited for: a run that cannot write holds still and goes on with what it still owns (rule 3).
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 600_000);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 600_000);
        properties.putAll(settings.kafka());
        return properties;
    }

    /** A run's entries, in sequence from 0. Used by one thread at a time. */
    final class OfRun implements RunJournal {
        private final WorkDispatched work;
        /** What all events of the task carry. */
        private final Map<String, String> trace;
        private final ActiveRun run;
        private int next;

        private OfRun(WorkDispatched work, Map<String, String> trace, ActiveRun run) {
            this.work = work;
            this.trace = trace;
            this.run = run;
        }

        @Override
        public Entry append(JournalEntry entry) throws InterruptedException {
            if (run.isVoid()) {
                throw new InterruptedException("the run is not current any more and writes nothing");
            }
            try {
                return await(List.of(send(entry, 0))).getFirst();
            } catch (InterruptException e) {
                throw Interrupted.of(e);
            }
        }

        /** Sends the run's last entry and does not wait for it. */
        void leave(JournalEntry.Yielded yielded) {
            var _ = send(yielded, 0);
        }

        /** Writes the claim, with the run's first question where it asks one, and what is heard with it; one batch, because they follow each other at once. */
        List<CompletableFuture<Entry>> claim(JournalEntry.Claimed claimed, List<JournalEntry.Heard> heard) {
            var sent = new ArrayList<CompletableFuture<Entry>>();
            sent.add(send(claimed, run.asked()));
            heard.forEach(entry -> sent.add(send(entry, 0)));
            return sent;
        }

        /**
         * Writes the claim, which is durable, once more in its old place, with the run's next question: as an entry it is a repeat that changes nothing,
         * so it needs no frame, and its owner is granted or fenced anew.
         */
        void claimAgain(String host) {
            var _ = KafkaJournal.this.send(record(new Entry(work.epoch(), 0, new JournalEntry.Claimed(host, null)), run.asks()));
        }

        private CompletableFuture<Entry> send(JournalEntry entry, int question) {
            var place = new Entry(work.epoch(), next, entry);
            CompletableFuture<Entry> sent = KafkaJournal.this.send(record(place, question)).thenApply(_ -> place);
            if (entry instanceof JournalEntry.Concluded || entry instanceof JournalEntry.Yielded) {
                // Behind it, and not before: on a starved machine three beats may go before the entry does, and lose a run that has just ended. A beat
                // that still names it comes behind its end, and is answered with a fence for nobody.
                run.unname();
            }
            // Only what reached the producer has taken its number.
            next++;
            return sent;
        }

        private ProducerRecord<byte[], byte[]> record(Entry place, int question) {
            TaskId task = work.taskId();
            var extensions = new HashMap<>(
                    EntryHeader.extensions(place.body(), place.epoch(), worker, place.sequence(), question));
            String persona = extensions.get(Extension.PERSONA_HASH);
            if (persona != null) {
                trace.put(Extension.PERSONA_HASH, persona);
            }
            extensions.putAll(trace);
            String id = task + "/" + place.epoch() + "." + place.sequence() + "@" + worker;
            var event = new Event<>(id, source(), task.value(), clock.instant(), extensions, place.body());
            return new ProducerRecord<>(topic, work.journalPartition(), codec.key(event), value(place.body()),
                    codec.headers(event));
        }
    }

    /** A claim with a frame, as it is written. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Framed(JournalEntry.Claimed claimed, byte[] value) {}

    /** A worker frames all its new tasks with the same persona and tools, many kilobytes that are written out once. */
    private byte[] value(JournalEntry entry) {
        if (!(entry instanceof JournalEntry.Claimed claimed) || claimed.frame() == null) {
            return codec.value(entry);
        }
        Framed last = framed;
        if (last == null || !claimed.equals(last.claimed())) {
            last = new Framed(claimed, codec.value(claimed));
            framed = last;
        }
        return last.value();
    }

    OfRun of(WorkDispatched work, Map<String, String> attributes, ActiveRun run) {
        var trace = new HashMap<String, String>();
        for (String name : List.of(Extension.CORRELATION, Extension.TRACEPARENT, Extension.PERSONA_HASH)) {
            String value = attributes.get(name);
            if (value != null) {
                trace.put(name, value);
            }
        }
        return new OfRun(work, trace, run);
    }

    static List<Entry> await(List<CompletableFuture<Entry>> sent) throws InterruptedException {
        var entries = new ArrayList<Entry>();
        for (CompletableFuture<Entry> future : sent) {
            try {
                entries.add(future.get());
            } catch (ExecutionException e) {
                throw new Unwritable("the journal does not take an entry: " + e.getCause(), e);
            }
        }
        return entries;
    }

    /** The broker refused an entry, or did not answer for ten minutes. The run is over for this worker; its lease will say so to the others. */
    static final class Unwritable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unwritable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    CompletableFuture<Void> beat(int partition, Beat beat) {
        String id = "beat/" + worker + "/" + partition + "/" + clock.instant().toEpochMilli();
        return send(codec.toRecord(topic, partition, new Event<>(id, source(), worker.value(), clock.instant(), Map.of(), beat)));
    }

    private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
        var acknowledged = new CompletableFuture<Void>();
        // The callback completes the future that is returned; the producer's own says the same.
        var _ = producer.send(record, (_, error) -> {
            if (error == null) {
                acknowledged.complete(null);
            } else {
                acknowledged.completeExceptionally(error);
            }
        });
        return acknowledged;
    }

    private String source() {
        return "relais/worker/" + worker;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}

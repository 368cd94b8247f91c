package dev.relais.worker.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.wire.Decoded;
import dev.relais.schemas.wire.EventCodec;

/**
 * Takes work from an agent's inbox: polls only with a free slot, claims all that it polled, acknowledges as soon as the claims are durable
 * (rule 2), with the next poll where there is one. A broker lock is held for milliseconds, never for a task.
 */
public final class WorkFeed implements Duty, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFeed.class);
    /** What a poll brings may pass the worker's bound, and a worker that is nearly full should leave work to others. */
    private static final int FEWEST_POLLED = 32;
    private static final int PART_POLLED = 16;
    /** Short, because a client that was given a transaction's marker alone fetches nothing more until its poll ends (worker/docs/0010). */
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration FULL = Duration.ofMillis(20);
    /** Older work may have been claimed by somebody whose acknowledgement was lost. */
    private static final Duration OLD = Duration.ofSeconds(3);

    private static final Duration BEFORE_ANOTHER = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Supplier<ShareConsumer<byte[], byte[]>> joins;
    private ShareConsumer<byte[], byte[]> consumer;
    private boolean lost;
    /** Whether acknowledgements wait for the next poll. */
    private boolean unsent;
    private final EventCodec codec;
    private final ActiveRuns runs;
    private final Runs starter;
    private final InstantSource clock;
    private final BooleanSupplier accepts;
    private final WorkerCounters counters;

    public WorkFeed(Settings settings, AgentName agent, EventCodec codec, ActiveRuns runs, Runs starter, InstantSource clock,
            BooleanSupplier accepts, WorkerCounters counters, UnaryOperator<ShareConsumer<byte[], byte[]>> seam) {
        this(() -> joined(settings, agent, seam), codec, runs, starter, clock, accepts, counters);
    }

    /** @param joins makes a consumer that is subscribed; called again where one is lost */
    WorkFeed(Supplier<ShareConsumer<byte[], byte[]>> joins, EventCodec codec, ActiveRuns runs, Runs starter, InstantSource clock,
            BooleanSupplier accepts, WorkerCounters counters) {
        this.joins = joins;
        this.consumer = joins.get();
        this.codec = codec;
        this.runs = runs;
        this.starter = starter;
        this.clock = clock;
        this.accepts = accepts;
        this.counters = counters;
    }

    private static ShareConsumer<byte[], byte[]> joined(Settings settings, AgentName agent,
            UnaryOperator<ShareConsumer<byte[], byte[]>> seam) {
        ShareConsumer<byte[], byte[]> consumer = seam.apply(
                new KafkaShareConsumer<>(properties(settings, agent), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        consumer.subscribe(List.of(settings.topics().inbox(agent)));
        consumer.setAcknowledgementCommitCallback(WorkFeed::acknowledged);
        return consumer;
    }

    private static void acknowledged(Map<TopicIdPartition, Set<Long>> offsets, @Nullable Exception error) {
        if (error != null) {
            LOG.warn("Acknowledgements on {} were not taken, their work may come again: {}", offsets.keySet(),
                    error.getMessage());
        }
    }

    private static Map<String, Object> properties(Settings settings, AgentName agent) {
        var properties = new HashMap<String, Object>();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.topics().inboxGroup(agent));
        properties.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        properties.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, mostPolled(settings.concurrency()));
        // A full worker does not poll, and must not leave the group for it.
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Integer.MAX_VALUE);
        properties.putAll(settings.kafka());
        return properties;
    }

    /** Each poll waits for a few requests one after the other: a worker with room for thousands would fill them too slowly by dozens. */
    static int mostPolled(int concurrency) {
        return Math.max(FEWEST_POLLED, concurrency / PART_POLLED);
    }

    @Override
    public Duration doWork() throws InterruptedException {
        if (!mayPoll() && !unsent) {
            return FULL;
        }
        try {
            if (unsent && !mayPoll()) {
                // The feed of another agent has filled the worker meanwhile.
                commit();
                return FULL;
            }
            if (lost) {
                // The broker's name may be gone with the broker: this may fail as often as it likes.
                consumer = joins.get();
                lost = false;
            }
            poll();
            return Duration.ZERO;
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            leave(e);
            return BEFORE_ANOTHER;
        }
    }

    /** A consumer whose group is gone says so once, and from then on polls nothing for ever: the broker may forget a group when it is killed. */
    private void leave(KafkaException why) {
        LOG.warn("The inbox could not be polled ({}); the worker joins its group again", String.valueOf(why.getMessage()));
        if (lost) {
            return;
        }
        lost = true;
        unsent = false;
        try {
            consumer.close(CLOSE);
        } catch (KafkaException e) {
            LOG.warn("The lost consumer did not leave in order: {}", String.valueOf(e.getMessage()));
        }
    }

    private void poll() throws InterruptedException {
        var claims = new ArrayList<Runs.Claim>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            take(record).ifPresent(claims::add);
        }
        settle(claims);
        unsent = true;
        if (!mayPoll()) {
            // Else the next poll takes the acknowledgements along, at once and without a request of their own.
            commit();
        }
    }

    private void commit() {
        consumer.commitSync();
        unsent = false;
    }

    private boolean mayPoll() {
        return accepts.getAsBoolean() && runs.free() > 0;
    }

    /** Sends the claim; it is acknowledged when it is durable. */
    private Optional<Runs.Claim> take(ConsumerRecord<byte[], byte[]> record) {
        if (!(codec.decode(record.headers(), record.key(), record.value()) instanceof Decoded.Accepted accepted)
                || !(accepted.event().data() instanceof WorkDispatched work)) {
            LOG.error(
                    "The record at offset {} of {} is no work of this release and is rejected; is the coordinator newer than this worker?",
                    record.offset(), record.topic());
            consumer.acknowledge(record, AcknowledgeType.REJECT);
            return Optional.empty();
        }
        if (!runs.isNew(RunKey.of(work.taskId(), work.epoch()))) {
            counters.redelivered();
            consumer.acknowledge(record, AcknowledgeType.ACCEPT);
            return Optional.empty();
        }
        return claim(record, work, accepted.event().extensions());
    }

    private Optional<Runs.Claim> claim(ConsumerRecord<byte[], byte[]> record, WorkDispatched work,
            Map<String, String> attributes) {
        boolean redelivered = record.deliveryCount().orElse((short) 1) > 1;
        try {
            // What goes out to a network is not undone: only the owner may begin.
            boolean reaches = TaskRequested.OPEN.equals(work.request().network());
            return Optional.of(starter.claim(record, work, attributes, redelivered || isOld(record) || reaches));
        } catch (RuntimeException e) {
            if (e instanceof InterruptException) {
                throw e;
            }
            // A record without an acknowledgement would stop the feed for ever: the next poll is refused.
            drop(record, work, e);
            return Optional.empty();
        }
    }

    private boolean isOld(ConsumerRecord<byte[], byte[]> record) {
        return Duration.between(Instant.ofEpochMilli(record.timestamp()), clock.instant()).compareTo(OLD) > 0;
    }

    private void settle(List<Runs.Claim> claims) throws InterruptedException {
        int settled = 0;
        try {
            for (Runs.Claim claim : claims) {
                settle(claim);
                settled++;
            }
        } finally {
            // Only where the worker leaves in the middle: what it claimed goes to another worker now, not after a lease.
            claims.subList(settled, claims.size()).forEach(starter::giveUp);
        }
    }

    private void settle(Runs.Claim claim) throws InterruptedException {
        try {
            starter.start(claim, this::isOld);
            consumer.acknowledge(claim.record(), AcknowledgeType.ACCEPT);
            counters.claimed();
        } catch (KafkaJournal.Unwritable e) {
            drop(claim.record(), claim.work(), e);
        }
    }

    /** A release would only count deliveries until the broker archives the record unseen: the coordinator dispatches anew what nobody claims (rule 2). */
    private void drop(ConsumerRecord<byte[], byte[]> record, WorkDispatched work, RuntimeException why) {
        LOG.error("The claim of {} epoch {} was not written; the coordinator will dispatch the task again", work.taskId(),
                work.epoch(), why);
        consumer.acknowledge(record, AcknowledgeType.ACCEPT);
    }

    @Override
    public String roleName() {
        return "work-feed";
    }

    @Override
    public void close() {
        if (!lost) {
            consumer.close(CLOSE);
        }
    }
}

package dev.relais.coordinator.streams;

import java.time.Instant;
import java.util.Map;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

import dev.relais.coordinator.routing.AgentRegistry;
import dev.relais.coordinator.streams.RequestDoor.Arrived;
import dev.relais.coordinator.task.Decider;
import dev.relais.schemas.event.Tick;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.wire.EventCodec;

/**
 * One shard: decode, decide, apply. Requests and journal of one partition come through here in one thread and one transaction; every field
 * is a cache that {@link #init} makes anew.
 */
final class Shard implements Processor<byte[], byte[], byte[], byte[]> {
    private final Settings settings;
    private final Decider decider;
    private final EventCodec codec;
    private final ShardMetrics metrics;
    private final Pulse pulse;
    private final Writes writes = new Writes();
    private Doors doors;

    /** What init makes: no shard works before it. */
    private record Doors(ProcessorContext<byte[], byte[]> context, Stores stores, Outbox outbox, Graveyard graveyard,
            RequestDoor requests,
            JournalDoor journal, Ledger ledger, Leases leases, Dispatcher dispatcher) {}

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    Shard(Settings settings, Decider decider, EventCodec codec, ShardMetrics metrics, Pulse pulse) {
        this.settings = settings;
        this.decider = decider;
        this.codec = codec;
        this.metrics = metrics;
        this.pulse = pulse;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        int partition = context.taskId().partition();
        var agents = new AgentRegistry(settings.agents(), settings.foreignAgents());
        var stores = Stores.of(context, writes, metrics);
        var outbox = new Outbox(context, codec, metrics, writes);
        var ledger = new Ledger(decider, stores, outbox, metrics, agents, partition);
        var leases = new Leases(stores, ledger, outbox, settings.tick(), settings.agents());
        var dispatcher = new Dispatcher(stores, ledger, settings.agents(), settings.partitions());
        var graveyard = new Graveyard(stores, outbox);
        var requests = new RequestDoor(codec, stores, ledger, outbox, graveyard, agents, partition, settings.partitions());
        var journal = new JournalDoor(codec, stores, ledger, outbox, graveyard, leases, dispatcher);
        doors = new Doors(context, stores, outbox, graveyard, requests, journal, ledger, leases, dispatcher);
        pulse.arrives(partition);
        context.schedule(settings.tick(), PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var place = doors.context().recordMetadata().orElseThrow();
        var arrived = new Arrived(record.key(), record.value(), record.headers(),
                new Arrived.Place(place.topic(), place.partition(), place.offset()));
        Instant appended = Instant.ofEpochMilli(record.timestamp());
        doors.outbox().begins(appended);
        try {
            take(arrived, place, appended);
        } catch (Ledger.Undecided e) {
            doors.graveyard().buryFailed(arrived, e);
        } catch (KafkaException | StateCodec.UnreadableState e) {
            // Not the record's fault: the transaction is aborted, and the record is taken again.
            throw e;
        } catch (RuntimeException e) {
            if (writes.any()) {
                // Half a decision must not be committed: the transaction is aborted, and whoever watches sees the shard start again.
                throw e;
            }
            doors.graveyard().buryFailed(arrived, e);
        }
        doors.ledger().tellWatchers();
        doors.stores().flush();
    }

    private void take(Arrived record, RecordMetadata place, Instant appended) {
        if (place.topic().equals(settings.topics().journal())) {
            Instant lastTick = doors.leases().lastTick();
            doors.journal().take(record, place.offset(), appended);
            if (!doors.leases().lastTick().equals(lastTick)) {
                pulse.beats(place.partition());
            }
        } else {
            doors.requests().take(record, doors.leases().now(appended));
            doors.dispatcher().fill(doors.leases().fleet(), doors.leases().now(appended));
        }
    }

    /** Writes a tick and decides nothing: what a tick does is decided when it is read (rule 2). */
    private void tick(long wallClock) {
        int partition = doors.context().taskId().partition();
        doors.outbox().begins(Instant.ofEpochMilli(wallClock));
        doors.outbox().write(Sinks.JOURNAL, JournalPartitioner.tickKey(partition), "tick/" + partition + "/" + wallClock,
                new Tick(partition, doors.stores().tally().dispatches()), Map.of());
        Instant last = doors.leases().lastTick();
        if (last.isAfter(Instant.EPOCH)) {
            metrics.tickLag(partition, Math.max(0, wallClock - last.toEpochMilli()) / 1000.0);
        }
        doors.dispatcher().show(doors.leases().fleet(), metrics, partition);
    }

    @Override
    public void close() {
        int partition = doors.context().taskId().partition();
        metrics.left(partition);
        pulse.left(partition);
    }
}

package dev.relais.deploy.simulation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

import dev.relais.coordinator.streams.CoordinatorTopology;
import dev.relais.coordinator.task.TaskEvent;
import dev.relais.coordinator.task.TaskMachine;
import dev.relais.deploy.simulation.Log.Sent;
import dev.relais.deploy.simulation.Log.Stored;
import dev.relais.schemas.event.Beat;
import dev.relais.schemas.topic.Shard;

/**
 * One shard of the coordinator as Kafka Streams drives it with exactly_once_v2: records of both topics in any interleaving, ticks between them,
 * and what was written visible at the commit or never. A takeover is a crash whose successor starts at once: the old one's commit is refused.
 */
final class ShardProcess {

    private final Site site;
    private final int partition;
    private final ShardStore store = new ShardStore();
    private final List<Oracle.Decided> decided = new ArrayList<>();
    private final long[] committed = new long[2];
    private final long[] next = new long[2];
    private Processor<byte[], byte[], byte[], byte[]> shard;
    private MockProcessorContext<byte[], byte[]> context;
    private long nextTick;
    private long lastSeen;
    private int generation;

    ShardProcess(Site site, int partition) {
        this.site = site;
        this.partition = partition;
        this.context = new MockProcessorContext<>(properties(), new TaskId(0, partition), Path.of("target").toFile());
        this.shard = begun();
    }

    private static Properties properties() {
        var properties = new Properties();
        properties.put("application.id", "simulation");
        properties.put("bootstrap.servers", "localhost:1");
        return properties;
    }

    private Processor<byte[], byte[], byte[], byte[]> begun() {
        context = new MockProcessorContext<>(properties(), new TaskId(0, partition), Path.of("target").toFile());
        context.addStateStore(store);
        return opened();
    }

    private Processor<byte[], byte[], byte[], byte[]> opened() {
        var machine = new TaskMachine(site.settings().tick());
        var mutated = new MutatedDecider(site.mutation(), machine);
        var fresh = CoordinatorTopology.shard(site.settings(), (task, event, now) -> {
            site.oracle().decides(partition, event);
            site.oracle().judges(partition, task, event);
            var result = mutated.decide(task, bent(event), now);
            site.oracle().decided(partition, result);
            decided.add(new Oracle.Decided(task, event, now, result));
            return result;
        }, site.codec(), new SimpleMeterRegistry());
        fresh.init(context);
        return fresh;
    }

    /** As if one record of a worker that was silent showed that it lives. */
    private TaskEvent bent(TaskEvent event) {
        return site.mutation() == Mutation.ONE_BEAT_IS_LIFE && event instanceof TaskEvent.OwnerLost lost
                ? new TaskEvent.OwnerLost(lost.owner(), lost.loss(), site.oracle().heardFor(0, partition))
                : event;
    }

    void start() {
        shard = begun();
        nextTick = site.world().now() + site.tickMillis();
        int mine = ++generation;
        site.world().after(site.world().between(1, 20), () -> poll(mine));
    }

    void crash(int downMillis) {
        site.world().say("shard " + partition, "dies, back in " + downMillis + " ms");
        int dead = ++generation;
        if (site.mutation() == Mutation.CRASH_KEEPS_OUTPUT) {
            publish();
        }
        if (site.mutation() == Mutation.CRASH_KEEPS_STATE) {
            store.commit();
        }
        store.rollBack();
        site.oracle().dispatches(partition).rollsBack();
        decided.clear();
        System.arraycopy(committed, 0, next, 0, next.length);
        site.world().after(downMillis, () -> {
            // One that dies again before it is back comes back once.
            if (dead == generation) {
                start();
            }
        });
    }

    private void poll(int mine) {
        if (mine != generation) {
            return;
        }
        if (site.world().now() >= nextTick) {
            context.scheduledPunctuators().getLast().getPunctuator().punctuate(epochMillis(site.world().now()));
            nextTick = Math.max(nextTick + site.tickMillis(), site.world().now());
        }
        for (int left = site.world().between(1, 12); left > 0 && takeOne(); left--) {
            // Each record is taken by itself; the transaction holds them all.
        }
        site.world().after(site.world().between(2, 25), () -> commit(mine));
    }

    private boolean takeOne() {
        int first = site.world().between(0, 1);
        for (int i = 0; i < 2; i++) {
            int which = (first + i) % 2;
            List<Stored> records = site.log().of(topic(which), partition);
            if (next[which] < records.size()) {
                take(records.get((int) next[which]++));
                return true;
            }
        }
        return false;
    }

    private String topic(int which) {
        return which == 0 ? site.topics().requests() : site.topics().journal();
    }

    private void take(Stored record) {
        site.oracle().taking(record);
        if (record.topic().equals(site.topics().journal()) && isTick(record)) {
            bendTime(record);
        }
        if (site.mutation() == Mutation.BEATS_COUNTED_SINGLY && Site.text(record, "ce_type").contains("worker.beaten")
                && store.forgetsBeat(Site.text(record, "ce_subject"))) {
            // Its fields are caches: what is changed beneath it is read by a shard that begins anew.
            shard = opened();
        }
        process(site.mutation() == Mutation.DISPATCH_UNBOUNDED ? boundless(record) : record, record.appended());
        site.oracle().complain(partition);
    }

    /** As if each second that has passed since the last tick had been one, by the log's time or by the wall's. */
    private void bendTime(Stored tick) {
        long until = switch (site.mutation()) {
            case TICKS_SUMMED -> tick.appended();
            case EXPIRY_BY_WALL_CLOCK -> site.world().now();
            default -> 0;
        };
        for (long at = lastSeen + site.tickMillis(); at < until; at += site.tickMillis()) {
            process(tick, at);
        }
        lastSeen = until;
    }

    private static boolean isTick(Stored record) {
        return new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8).contains("clock.ticked");
    }

    /** A beat of a worker that seems to take any number of runs: what is outside bounds nothing. */
    private Stored boundless(Stored record) {
        if (!Site.text(record, "ce_type").contains("worker.beaten") || !(site.decoded(record) instanceof Beat beat)) {
            return record;
        }
        var wide = new Beat(beat.agents(), beat.capacity() + 100, beat.free(), beat.runs());
        return new Stored(record.topic(), record.partition(), record.offset(), record.appended(), record.key(),
                site.codec().value(wide), record.headers());
    }

    private void process(Stored record, long appended) {
        context.setRecordMetadata(record.topic(), record.partition(), record.offset());
        shard.process(new Record<>(record.key(), record.value(), epochMillis(appended), record.copiedHeaders()));
    }

    static long epochMillis(long virtual) {
        return Site.BEGIN.toEpochMilli() + virtual;
    }

    private void commit(int mine) {
        if (mine != generation) {
            return;
        }
        store.commit();
        site.oracle().dispatches(partition).commits();
        System.arraycopy(next, 0, committed, 0, next.length);
        List<Oracle.Decided> all = List.copyOf(decided);
        decided.clear();
        all.forEach(site.oracle()::committed);
        publish();
        site.world().after(site.world().between(1, 30), () -> poll(mine));
    }

    private void publish() {
        var forwarded = List.copyOf(context.forwarded());
        context.resetForwards();
        for (var each : forwarded) {
            Record<? extends byte[], ? extends byte[]> record = each.record();
            String topic = site.topicOf(each.childName().orElseThrow());
            var sent = new Sent(record.key(), record.value(), record.headers());
            site.log().append(topic, partitionOf(topic, record.key()), sent);
        }
    }

    /** Inboxes and control have one partition; a tick's key names its own; all else goes by the key. */
    private int partitionOf(String topic, byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        if (topic.equals(site.topics().journal())) {
            return partition;
        }
        return topic.equals(site.topics().requests()) || topic.equals(site.topics().validations())
                ? Shard.of(text, Site.PARTITIONS)
                : 0;
    }
}

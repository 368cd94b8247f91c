package dev.relais.worker.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.schemas.event.ControlEvent;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.wire.Decoded;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.worker.kafka.ActiveRun.Stop;

/** Reads what the coordinator says to workers, from now on, and heeds what names a run of this one. */
public final class ControlFeed implements Duty, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final EventCodec codec;
    private final ActiveRuns runs;
    private final WorkerId worker;
    private final WorkerCounters counters;

    public ControlFeed(Settings settings, EventCodec codec, ActiveRuns runs, WorkerId worker, WorkerCounters counters) {
        this(new KafkaConsumer<>(properties(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                new TopicPartition(settings.topics().control(), 0), codec, runs, worker, counters);
    }

    ControlFeed(Consumer<byte[], byte[]> consumer, TopicPartition partition, EventCodec codec, ActiveRuns runs, WorkerId worker,
            WorkerCounters counters) {
        this.consumer = consumer;
        this.codec = codec;
        this.runs = runs;
        this.worker = worker;
        this.counters = counters;
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        // The position is taken now, before the first claim: what is said of it later is read.
        consumer.position(partition);
    }

    private static Map<String, Object> properties(Settings settings) {
        var properties = new HashMap<String, Object>();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.putAll(settings.kafka());
        return properties;
    }

    @Override
    public Duration doWork() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (codec.decode(record.headers(), record.key(), record.value()) instanceof Decoded.Accepted accepted
                    && accepted.event().data() instanceof ControlEvent event) {
                heed(event);
            } else {
                LOG.warn("A record on {} at offset {} is no control event and is passed over", record.topic(), record.offset());
            }
        }
        return Duration.ZERO;
    }

    private void heed(ControlEvent event) {
        runs.find(event.run()).ifPresent(run -> {
            switch (event) {
                case ControlEvent.StopRun _ -> run.stop(Stop.CANCELED);
                // A beat that was sent before a run's last entry is answered behind it.
                case ControlEvent.FenceRun fence when fence.worker().equals(worker) && !run.hasEnded() -> {
                    LOG.warn("Run {} is fenced: {}", event.run(), fence.reason());
                    counters.fenced();
                    run.stop(Stop.FENCED);
                }
                case ControlEvent.GrantRun grant when grant.worker().equals(worker) -> run.grant(grant.answers());
                case ControlEvent.FenceRun _,ControlEvent.GrantRun _ -> {
                }
            }
        });
    }

    @Override
    public String roleName() {
        return "control";
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}

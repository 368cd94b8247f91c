package dev.relais.coordinator.streams;

import java.time.InstantSource;
import java.util.ArrayList;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;

import dev.relais.coordinator.task.Decider;
import dev.relais.coordinator.task.TaskMachine;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.topic.Topics;
import dev.relais.schemas.wire.EventCodec;

/** Sources, stores and sinks on one page: requests and journal go through one shard a partition, and out to everything public. */
public final class CoordinatorTopology {
    private static final String SHARD = "shard";

    private CoordinatorTopology() {}

    /** One shard by itself, for whoever drives it otherwise than Kafka Streams does. Its store has the name {@code shard}. */
    public static Processor<byte[], byte[], byte[], byte[]> shard(Settings settings, Decider decider, EventCodec codec,
            MeterRegistry registry) {
        return new Shard(settings, decider, codec, new ShardMetrics(registry), new Pulse(InstantSource.system()));
    }

    public static Topology of(Settings settings, EventCodec codec, MeterRegistry registry, Pulse pulse) {
        Topics topics = settings.topics();
        var topology = new Topology();
        var metrics = new ShardMetrics(registry);
        var bytes = new ByteArrayDeserializer();
        topology.addSource("requests", bytes, bytes, topics.requests());
        topology.addSource("journal", bytes, bytes, topics.journal());
        var machine = new TaskMachine(settings.tick());
        topology.addProcessor(SHARD, () -> new Shard(settings, machine, codec, metrics, pulse), "requests", "journal");
        topology.addStateStore(Stores.builder(), SHARD);

        var out = new ByteArraySerializer();
        topology.addSink(Sinks.REQUESTS, topics.requests(), out, out, SHARD);
        topology.addSink(Sinks.JOURNAL, topics.journal(), out, out, new JournalPartitioner(), SHARD);
        topology.addSink(Sinks.VALIDATIONS, topics.validations(), out, out, SHARD);
        topology.addSink(Sinks.TASKS, topics.tasks(), out, out, SHARD);
        topology.addSink(Sinks.CONTROL, topics.control(), out, out, SHARD);
        topology.addSink(Sinks.DEAD_LETTERS, topics.deadLetters(), out, out, SHARD);
        var agents = new ArrayList<AgentName>(settings.agents());
        agents.addAll(settings.foreignAgents());
        for (AgentName agent : agents) {
            topology.addSink(Sinks.inbox(agent), topics.inbox(agent), out, out, SHARD);
            topology.addSink(Sinks.deliverables(agent), topics.deliverables(agent), out, out, SHARD);
        }
        return topology;
    }
}

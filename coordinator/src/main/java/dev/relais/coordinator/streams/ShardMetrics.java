package dev.relais.coordinator.streams;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleBinaryOperator;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskState;

/** What the shards of this process count. A gauge joins its shards' figures, and a shard that moves away takes its own along. */
public final class ShardMetrics {
    private static final String PREFIX = "relais.coordinator.";
    /** Counted from the start on, so that a dashboard sees 0 rather than nothing. */
    private static final List<String> ALWAYS = List.of("lease-expired", "fenced", "unclaimed", "repeated-entry", "sequence-gap",
            "repeated-request");

    private final MeterRegistry registry;
    private final Map<String, Gauge> gauges = new ConcurrentHashMap<>();

    public ShardMetrics(MeterRegistry registry) {
        this.registry = registry;
        ALWAYS.forEach(what -> registry.counter(name(what)));
    }

    /** One figure a shard, and how they are joined. */
    private record Gauge(Map<Integer, Double> shards, DoubleBinaryOperator join) {
        double value() {
            return shards.values().stream().mapToDouble(Double::doubleValue).reduce(0, join);
        }
    }

    void count(String what) {
        registry.counter(name(what)).increment();
    }

    void buried(String reason) {
        registry.counter(PREFIX + "dead.letters", "reason", reason).increment();
    }

    void dispatched(AgentName agent) {
        registry.counter(PREFIX + "dispatches", "agent", agent.value()).increment();
    }

    void delivered(AgentName agent) {
        registry.counter(PREFIX + "deliverables", "agent", agent.value()).increment();
    }

    void tasks(int partition, TaskState state, AgentName agent, int count) {
        set("tasks", Tags.of("state", state.name(), "agent", agent.value()), Double::sum, partition, count);
    }

    /** A shard's queues as they stand at a tick. */
    void queues(int partition, AgentName agent, int ready, int standing, int outstanding) {
        var tags = Tags.of("agent", agent.value());
        set("ready", tags, Double::sum, partition, ready);
        set("standing", tags, Double::sum, partition, standing);
        set("outstanding", tags, Double::sum, partition, outstanding);
    }

    /** The fleet, of which each shard sees all. */
    void fleet(int partition, AgentName agent, int capacity, int free) {
        var tags = Tags.of("agent", agent.value());
        set("workers.capacity", tags, Math::max, partition, capacity);
        set("workers.free", tags, Math::max, partition, free);
    }

    /** How far the log that is being read lies behind the wall clock. */
    void tickLag(int partition, double seconds) {
        set("tick.lag.seconds", Tags.empty(), Math::max, partition, seconds);
    }

    void left(int partition) {
        gauges.values().forEach(gauge -> gauge.shards().remove(partition));
    }

    private void set(String what, Tags tags, DoubleBinaryOperator join, int partition, double value) {
        gauges.computeIfAbsent(what + tags, _ -> {
            var gauge = new Gauge(new ConcurrentHashMap<>(), join);
            registry.gauge(PREFIX + what, tags, gauge, Gauge::value);
            return gauge;
        }).shards().put(partition, value);
    }

    private static String name(String what) {
        return PREFIX + what.replace('-', '.');
    }
}

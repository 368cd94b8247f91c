package dev.relais.coordinator.streams;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Task;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskState;

/** What the shards of this process count. Gauges are sums over the shards that it holds; a shard that moves away takes its part along. */
public final class ShardMetrics {
    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> gauges = new ConcurrentHashMap<>();

    public ShardMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(String what) {
        registry.counter("relais.coordinator." + what.replace('-', '.')).increment();
    }

    void buried(String reason) {
        registry.counter("relais.coordinator.dead.letters", "reason", reason).increment();
    }

    void dispatched(AgentName agent) {
        registry.counter("relais.coordinator.dispatches", "agent", agent.value()).increment();
    }

    void delivered(AgentName agent) {
        registry.counter("relais.coordinator.deliverables", "agent", agent.value()).increment();
    }

    /** A task went from one state into another. */
    void moved(@Nullable Task before, Task after) {
        if (before != null && before.state() == after.state()) {
            return;
        }
        if (before != null) {
            tasks(before.state(), before.agent()).decrementAndGet();
        }
        tasks(after.state(), after.agent()).incrementAndGet();
    }

    void forgotten(Task task) {
        tasks(task.state(), task.agent()).decrementAndGet();
    }

    private AtomicInteger tasks(TaskState state, AgentName agent) {
        return gauge("relais.coordinator.tasks", Tags.of("state", state.name(), "agent", agent.value()));
    }

    void lease(int partition, AgentName agent, int outstanding, int unclaimed) {
        var tags = Tags.of("partition", Integer.toString(partition), "agent", agent.value());
        gauge("relais.coordinator.outstanding", tags).set(outstanding);
        gauge("relais.coordinator.unclaimed.now", tags).set(unclaimed);
    }

    void fleet(int partition, AgentName agent, int capacity, int free) {
        var tags = Tags.of("partition", Integer.toString(partition), "agent", agent.value());
        gauge("relais.coordinator.workers.capacity", tags).set(capacity);
        gauge("relais.coordinator.workers.free", tags).set(free);
    }

    private AtomicInteger gauge(String name, Tags tags) {
        return gauges.computeIfAbsent(name + tags, _ -> {
            var value = new AtomicInteger();
            registry.gauge(name, tags, value);
            return value;
        });
    }
}

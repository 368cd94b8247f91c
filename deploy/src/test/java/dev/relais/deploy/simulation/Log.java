package dev.relais.deploy.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Topics of partitions of records, stamped on append. A producer's records keep their order within a partition; across partitions they do not. */
final class Log {
    private final World world;
    private final Map<String, List<Stored>> partitions = new HashMap<>();
    private final Map<String, List<Consumer<Stored>>> readers = new HashMap<>();
    private final Map<String, Long> arrivals = new HashMap<>();
    private final Map<String, Deque<Runnable>> stalled = new HashMap<>();

    Log(World world) {
        this.world = world;
    }

    /** A record in its place. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Stored(String topic, int partition, long offset, long appended, byte[] key, byte @Nullable [] value, Headers headers) {
        /** Whoever takes the record may add to its headers. */
        Headers copiedHeaders() {
            return new RecordHeaders(headers.toArray());
        }
    }

    /** A record on its way. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Sent(byte[] key, byte @Nullable [] value, Headers headers) {}

    private static String place(String topic, int partition) {
        return topic + "/" + partition;
    }

    List<Stored> of(String topic, int partition) {
        return partitions.computeIfAbsent(place(topic, partition), _ -> new ArrayList<>());
    }

    /** Called with each record that is appended from now on. */
    void read(String topic, Consumer<Stored> reader) {
        readers.computeIfAbsent(topic, _ -> new ArrayList<>()).add(reader);
    }

    Stored append(String topic, int partition, Sent sent) {
        List<Stored> records = of(topic, partition);
        var stored = new Stored(topic, partition, records.size(), world.now(), sent.key(), sent.value(), sent.headers());
        records.add(stored);
        readers.getOrDefault(topic, List.of()).forEach(reader -> reader.accept(stored));
        return stored;
    }

    /** Over a network that delays, by a producer that keeps its order. */
    void send(String producer, String topic, int partition, Sent sent, int delay, Consumer<Stored> acknowledged) {
        String line = producer + ">" + place(topic, partition);
        long arrival = Math.max(world.now() + delay, arrivals.getOrDefault(line, 0L));
        arrivals.put(line, arrival);
        boolean isTwice = world.now() < Scenario.FAULTS_END && world.chance(1);
        if (isTwice) {
            // A retry of what had arrived: it stands again, behind what came after it.
            world.at(arrival + world.between(1, 3_000), () -> append(topic, partition, sent));
        }
        world.at(arrival, () -> {
            Runnable append = () -> acknowledged.accept(append(topic, partition, sent));
            Deque<Runnable> waiting = stalled.get(place(topic, partition));
            if (waiting == null) {
                append.run();
            } else {
                waiting.add(append);
            }
        });
    }

    /** The partition takes nothing for a time, and then all at once. */
    void stall(String topic, int partition, long millis) {
        String place = place(topic, partition);
        if (stalled.putIfAbsent(place, new ArrayDeque<>()) == null) {
            world.say("log", place + " stalls for " + millis + " ms");
            world.after(millis, () -> {
                Deque<Runnable> waiting = stalled.remove(place);
                if (waiting != null) {
                    waiting.forEach(Runnable::run);
                }
            });
        }
    }
}

package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Upstream;

import static org.awaitility.Awaitility.await;

/** Very many tasks at once, and how long each one's work stood in the inbox before a worker claimed it. */
final class Burst implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final Tail inbox;
    private final Tail journal;
    private final Tail deliverables;

    Burst(Fleet fleet) {
        producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", fleet.bootstrap(), "linger.ms", 5),
                new ByteArraySerializer(), new ByteArraySerializer());
        inbox = new Tail(fleet.bootstrap(), Fleet.topicName("inbox.backend-dev"));
        journal = new Tail(fleet.bootstrap(), Fleet.topicName("journal"));
        deliverables = new Tail(fleet.bootstrap(), Fleet.topicName("deliverables.backend-dev"));
    }

    /**
     * What a burst came to.
     *
     * @param unclaimed milliseconds from dispatch to claim, ascending
     * @param dispatches one a task where nothing was dispatched again
     * @param outcomes one a task
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Measured(long[] unclaimed, int dispatches, int outcomes, Duration whole) {
        long at(double share) {
            return unclaimed[(int) Math.min(unclaimed.length - 1L, (long) (unclaimed.length * share))];
        }

        @Override
        public String toString() {
            return "unclaimed p50 %d ms, p99 %d ms, longest %d ms; all done in %d ms".formatted(at(0.5), at(0.99), at(1),
                    whole.toMillis());
        }
    }

    /** What was seen of it so far. */
    private static final class Seen {
        final Map<String, Long> dispatched = new HashMap<>();
        final Map<String, Long> claimed = new HashMap<>();
        final Set<String> delivered = new HashSet<>();
        int dispatches;
        int outcomes;
    }

    Measured of(int tasks, Duration most) {
        var ids = new HashSet<String>();
        String prefix = "burst-" + UUID.randomUUID().toString().substring(0, 8) + "-";
        long start = System.nanoTime();
        for (int i = 0; i < tasks; i++) {
            ids.add(prefix + i);
            send(prefix + i);
        }
        producer.flush();
        var seen = new Seen();
        await("a burst of " + tasks).atMost(most).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                .untilAsserted(() -> {
                    read(ids, seen);
                    // A poll gives a part of what is there: who delivered was claimed, but that may be read later.
                    if (seen.delivered.size() < tasks || !seen.claimed.keySet().containsAll(ids)
                            || !seen.dispatched.keySet().containsAll(ids)) {
                        throw new AssertionError(
                                seen.dispatched.size() + " of " + tasks + " are dispatched, " + seen.claimed.size()
                                        + " claimed, " + seen.delivered.size() + " delivered");
                    }
                });
        long[] unclaimed = ids.stream()
                .mapToLong(id -> seen.claimed.getOrDefault(id, Long.MAX_VALUE) - seen.dispatched.getOrDefault(id, 0L)).toArray();
        Arrays.sort(unclaimed);
        return new Measured(unclaimed, seen.dispatches, seen.outcomes, Duration.ofNanos(System.nanoTime() - start));
    }

    private void send(String task) {
        var record = new ProducerRecord<>(Fleet.topicName("requests"), Upstream.bytes(task),
                Upstream.bytes(Upstream.json(Upstream.request(task, "RIEN", 3))));
        Upstream.attributes("task.requested", task)
                .forEach((name, text) -> record.headers().add(name, Upstream.bytes(text)));
        // Whether it is taken is seen by its outcome.
        var _ = producer.send(record);
    }

    private void read(Set<String> ids, Seen seen) {
        // Deliverables first: who delivered is then found among the claims.
        deliverables.poll().forEach(record -> {
            if (ids.contains(Tail.key(record))) {
                seen.outcomes++;
                seen.delivered.add(Tail.key(record));
            }
        });
        journal.poll().forEach(record -> {
            if (Tail.is(record, "run.claimed")) {
                seen.claimed.putIfAbsent(Tail.key(record), record.timestamp());
            }
        });
        inbox.poll().forEach(record -> {
            if (ids.contains(Tail.key(record))) {
                seen.dispatches++;
                seen.dispatched.putIfAbsent(Tail.key(record), record.timestamp());
            }
        });
    }

    /** The offset behind all that was read of the inbox. */
    long inboxEnd() {
        return inbox.position(0);
    }

    @Override
    public void close() {
        producer.close();
        inbox.close();
        journal.close();
        deliverables.close();
    }
}

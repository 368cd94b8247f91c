package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import dev.relais.deploy.e2e.Fleet;

/**
 * A member of the workers' share group that takes one record and never acknowledges it, while it lives and beats: as a client does that forgets the
 * acknowledgement of a transaction's marker (worker/docs/0010).
 */
final class HeldRecord implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(20);

    private final KafkaShareConsumer<byte[], byte[]> consumer;
    private final CompletableFuture<Long> taken = new CompletableFuture<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    /** Joins, and takes the first record that it can get. */
    HeldRecord(Fleet fleet) {
        String inbox = Fleet.topicName("inbox.backend-dev");
        consumer = new KafkaShareConsumer<>(
                Map.<String, Object>of("bootstrap.servers", fleet.bootstrap(), "group.id", inbox,
                        "share.acknowledgement.mode", "explicit", "share.acquire.mode", "record_limit", "max.poll.records", 1),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Thread.ofPlatform().name("holder").start(() -> hold(inbox));
    }

    private void hold(String inbox) {
        try (consumer) {
            consumer.subscribe(List.of(inbox));
            while (!taken.isDone()) {
                consumer.poll(POLL).forEach(record -> taken.complete(record.offset()));
            }
            released.join();
        } catch (WakeupException e) {
            taken.completeExceptionally(e);
        } finally {
            left.complete(null);
        }
    }

    /** @return whether it has a record */
    boolean isHolding() {
        return taken.isDone() && !taken.isCompletedExceptionally();
    }

    @Override
    public void close() {
        released.complete(null);
        consumer.wakeup();
        left.orTimeout(CLOSE.toSeconds(), TimeUnit.SECONDS).join();
    }
}

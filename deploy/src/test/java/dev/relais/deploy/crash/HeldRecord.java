package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import dev.relais.deploy.e2e.Fleet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A member of the workers' share group that takes one record and never acknowledges it, while it lives and beats: as a client does that forgets the
 * acknowledgement of a transaction's marker (worker/docs/0010).
 */
final class HeldRecord implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The topic, and the group that takes from it. */
    private final String inbox = Fleet.topicName("inbox.backend-dev");
    private final String bootstrap;
    private final KafkaShareConsumer<byte[], byte[]> consumer;
    private final CompletableFuture<Long> taken = new CompletableFuture<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    /** Joins, and takes the first record that it can get. */
    HeldRecord(Fleet fleet) {
        bootstrap = fleet.bootstrap();
        consumer = new KafkaShareConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap, "group.id", inbox,
                        "share.acknowledgement.mode", "explicit", "share.acquire.mode", "record_limit", "max.poll.records", 1),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Thread.ofPlatform().name("holder").start(this::hold);
    }

    /** Waits until the group has so many members. */
    void awaitMembers(int count) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            await("members of " + inbox).atMost(PATIENCE).untilAsserted(() -> assertThat(
                    requireNonNull(admin.describeShareGroups(List.of(inbox)).all().get().get(inbox)).members()).hasSize(count));
        }
    }

    private void hold() {
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

    /** @return the offset of its record, as soon as it has one */
    long offset() {
        return taken.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        released.complete(null);
        consumer.wakeup();
        left.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}

package dev.relais.deploy.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import dev.relais.schemas.event.RequestEvent;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.topic.Shard;
import dev.relais.schemas.topic.Topics;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.schemas.wire.EventType;

/** A verb's way to the topics of one namespace. */
final class Link implements AutoCloseable {
    static final String SOURCE = "relais/cli";
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Settings settings;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final int partitions;
    private final EventCodec codec = new EventCodec();

    private Link(Settings settings, KafkaConsumer<byte[], byte[]> consumer, int partitions) {
        this.settings = settings;
        this.consumer = consumer;
        this.partitions = partitions;
    }

    static Link open(Settings settings) {
        var consumer = consumer(settings);
        try {
            List<PartitionInfo> found = consumer.partitionsFor(settings.topics().requests(), ANSWER);
            if (found == null || found.isEmpty()) {
                throw new Failure(ExitCode.NOT_FOUND, "topic " + settings.topics().requests() + " does not exist at "
                        + settings.bootstrapServers()
                        + ": start a coordinator or run `relais topics apply`; is the namespace right (--namespace, RELAIS_NAMESPACE)?");
            }
            return new Link(settings, consumer, found.size());
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            consumer.close();
            throw unreachable(settings, e);
        } catch (KafkaException | Failure e) {
            consumer.close();
            throw e;
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Settings settings) {
        var properties = client(settings);
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "earliest");
        properties.put("fetch.max.wait.ms", 100);
        properties.put("allow.auto.create.topics", false);
        try {
            return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw unreachable(settings, e);
        }
    }

    static Failure unreachable(Settings settings, Throwable cause) {
        return new Failure(ExitCode.UNREACHABLE, "no Kafka broker answers at " + settings.bootstrapServers()
                + " within " + ANSWER.toSeconds()
                + " s: start one (`relais up`, or `relais broker`), or name yours with --bootstrap or "
                + "KAFKA_BOOTSTRAP_SERVERS", cause);
    }

    static Map<String, Object> client(Settings settings) {
        var properties = new HashMap<String, Object>(settings.kafka());
        properties.put("bootstrap.servers", settings.bootstrapServers());
        return properties;
    }

    /** @param use what is asked of the broker; its futures are awaited here */
    static <T> T admin(Settings settings, AdminCall<T> use) {
        try (Admin admin = Admin.create(client(settings))) {
            admin.describeCluster().nodes().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            return use.ask(admin);
        } catch (TimeoutException | KafkaException e) {
            throw unreachable(settings, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw unreachable(settings, e);
            }
            throw new Failure(ExitCode.FAILED, "the broker at " + settings.bootstrapServers() + " refuses: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted while the broker was asked", e);
        }
    }

    /** A question to the broker. */
    interface AdminCall<T> {
        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    Settings settings() {
        return settings;
    }

    Topics topics() {
        return settings.topics();
    }

    EventCodec codec() {
        return codec;
    }

    /** All topics keyed by task id have the partitions of {@code requests}. */
    int partitions() {
        return partitions;
    }

    int partitionOf(TaskId task) {
        return Shard.of(task, partitions);
    }

    TopicReader reader() {
        return new TopicReader(consumer, codec);
    }

    /** Where an event of ours went. */
    record Sent(String eventId, int partition, long offset) {}

    Sent send(String subject, RequestEvent event) {
        return send(subject, UUID.randomUUID().toString(), EventType.of(event), codec.value(event));
    }

    /** Sends to {@code requests}, and returns when the broker has it. */
    Sent send(String subject, String eventId, EventType type, byte[] value) {
        var properties = client(settings);
        properties.put("acks", "all");
        properties.put("enable.idempotence", true);
        properties.put("delivery.timeout.ms", 15_000);
        properties.put("request.timeout.ms", 5_000);
        properties.put("max.request.size", 4 << 20);
        var headers = codec.headers(type,
                new EventCodec.Attributes(eventId, SOURCE, subject, InstantSource.system().instant(), Map.of()));
        byte[] key = subject.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            var record = new ProducerRecord<>(topics().requests(), Shard.of(subject, partitions), key, value, headers);
            var place = producer.send(record).get();
            return new Sent(eventId, place.partition(), place.offset());
        } catch (ExecutionException e) {
            throw new Failure(ExitCode.FAILED, "the broker did not take the event: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted while sending", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}

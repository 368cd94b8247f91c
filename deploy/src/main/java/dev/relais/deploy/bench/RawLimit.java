package dev.relais.deploy.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the broker gives to somebody who does nothing: a loop that polls batches and writes each record again until it has gone round eight
 * times, the records that a task of one turn costs. Idempotent producer, offsets committed after each batch, 1 KiB each, no two near each other alike:
 * a batch of one text sixteen times over compresses to nothing, and a broker that keeps nothing is no limit.
 */
final class RawLimit implements AutoCloseable {
    private static final int HOPS = 8;
    private static final int BYTES = 1_024;
    private static final int TEXTS = 4_096;
    private static final int VOCABULARY = 120;
    private static final long WORD = 2_654_435_761L * 1_000_003;
    private static final long LONGEST_WORD = 101_559_956_668_416L;
    private static final String TOPIC = "bench.raw";
    private static final List<byte[]> VALUES = values();

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    RawLimit(String bootstrap) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Load.PARTITIONS, (short) 1))).all().get();
        } catch (ExecutionException e) {
            throw new BenchFailed("the topic of the raw limit cannot be made: " + e.getCause(), e);
        }
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap, "acks", "all", "enable.idempotence", true,
                "linger.ms", 2, "compression.type", "zstd"), new ByteArraySerializer(), new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "group.id", "bench-raw", "enable.auto.commit", false, "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(Load.partitions(TOPIC));
    }

    /** @return tasks a second */
    double measure(int tasks) {
        long start = System.nanoTime();
        for (int task = 0; task < tasks; task++) {
            send(task, 1, VALUES.get(task % TEXTS));
        }
        int done = 0;
        while (done < tasks) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                byte hop = record.key()[0];
                if (hop == HOPS) {
                    done++;
                } else {
                    send(record.offset(), hop + 1, record.value());
                }
            }
            consumer.commitAsync();
        }
        return tasks * 1e9 / (System.nanoTime() - start);
    }

    private void send(long number, int hop, byte[] value) {
        var _ = producer.send(new ProducerRecord<>(TOPIC, (int) (number % Load.PARTITIONS), new byte[]{(byte) hop}, value));
    }

    private static List<byte[]> values() {
        var random = new Random(1);
        return Stream.generate(() -> json(random)).limit(TEXTS).toList();
    }

    /** Of words, few of which are frequent: a batch compresses to a fifth, as one of source does. */
    private static byte[] json(RandomGenerator random) {
        var text = new StringBuilder("{\"text\":\"");
        while (text.length() < BYTES - 12) {
            int rank = (int) Math.pow(VOCABULARY, random.nextDouble());
            text.append(Long.toString(rank * WORD % LONGEST_WORD, Character.MAX_RADIX)).append(' ');
        }
        return text.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
        consumer.close();
    }
}

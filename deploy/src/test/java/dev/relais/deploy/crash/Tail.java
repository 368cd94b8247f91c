package dev.relais.deploy.crash;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic from now on, record by record and without a memory: for counts that go into hundreds of thousands. */
final class Tail implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;

    Tail(String bootstrap, String topic) {
        this.topic = topic;
        consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "enable.auto.commit",
                        false, "max.poll.records", 5_000),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Taken now: what is written after this is read.
        partitions.forEach(consumer::position);
    }

    /** The offset of what is read next. */
    long position(int partition) {
        return consumer.position(new TopicPartition(topic, partition));
    }

    Iterable<ConsumerRecord<byte[], byte[]>> poll() {
        return consumer.poll(Duration.ofMillis(20));
    }

    static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }

    static boolean is(ConsumerRecord<byte[], byte[]> record, String type) {
        var header = record.headers().lastHeader("ce_type");
        return header != null && new String(header.value(), StandardCharsets.UTF_8).equals("dev.relais." + type + ".v1");
    }

    @Override
    public void close() {
        consumer.close();
    }
}

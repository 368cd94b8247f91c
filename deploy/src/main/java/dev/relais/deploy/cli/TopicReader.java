package dev.relais.deploy.cli;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

import dev.relais.schemas.wire.Decoded;
import dev.relais.schemas.wire.EventCodec;

/** Reads partitions from a place on: to what is their end now, or as records come. Only what is committed. */
final class TopicReader {
    private static final Duration STEP = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final EventCodec codec;

    TopicReader(KafkaConsumer<byte[], byte[]> consumer, EventCodec codec) {
        this.consumer = consumer;
        this.codec = codec;
    }

    static List<TopicPartition> all(String topic, int partitions) {
        return IntStream.range(0, partitions).mapToObj(partition -> new TopicPartition(topic, partition)).toList();
    }

    TopicReader fromBeginning(Collection<TopicPartition> places) {
        consumer.assign(places);
        consumer.seekToBeginning(places);
        return this;
    }

    TopicReader fromEnd(Collection<TopicPartition> places) {
        consumer.assign(places);
        consumer.seekToEnd(places);
        // The end is looked up lazily: it has to be the one of now.
        places.forEach(consumer::position);
        return this;
    }

    /** Adds partitions to those that are read, from the first record that is not older than {@code time}. */
    TopicReader andFrom(Collection<TopicPartition> places, Instant time) {
        var all = new ArrayList<>(consumer.assignment());
        var positions = new HashMap<TopicPartition, Long>();
        all.forEach(place -> positions.put(place, consumer.position(place)));
        all.addAll(places);
        consumer.assign(all);
        positions.forEach(consumer::seek);
        var times = new HashMap<TopicPartition, Long>();
        places.forEach(place -> times.put(place, time.toEpochMilli()));
        consumer.offsetsForTimes(times).forEach((place, found) -> {
            if (found == null) {
                consumer.seekToEnd(List.of(place));
                consumer.position(place);
            } else {
                consumer.seek(place, found.offset());
            }
        });
        return this;
    }

    List<Seen> poll() {
        var seen = new ArrayList<Seen>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(STEP)) {
            seen.add(seen(record));
        }
        return seen;
    }

    /** Every record up to what is the end now. */
    void toEnd(Consumer<Seen> visitor) {
        Map<TopicPartition, Long> ends = ends();
        while (!isPast(ends)) {
            poll().forEach(visitor);
        }
    }

    Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(consumer.assignment());
    }

    boolean isPast(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private Seen seen(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        return new Seen(record.topic(), record.partition(), record.offset(), record.timestamp(), key,
                codec.decode(record.headers(), record.key(), record.value()) instanceof Decoded.Accepted accepted
                        ? accepted.event()
                        : null);
    }
}

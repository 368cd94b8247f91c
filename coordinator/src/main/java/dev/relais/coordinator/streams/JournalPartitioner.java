package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.streams.processor.StreamPartitioner;

/** A tick goes to the partition that its key names, and nothing else is written to the journal by a coordinator. */
final class JournalPartitioner implements StreamPartitioner<byte[], byte[]> {
    private static final String PREFIX = "tick:";

    static String tickKey(int partition) {
        return PREFIX + partition;
    }

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int numPartitions) {
        return Optional.of(Set.of(Integer.parseInt(new String(key, StandardCharsets.UTF_8).substring(PREFIX.length()))));
    }
}

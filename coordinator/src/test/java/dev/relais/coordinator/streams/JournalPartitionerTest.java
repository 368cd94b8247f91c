package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class JournalPartitionerTest {
    @Test
    void tickGoesToThePartitionItsKeyNames() {
        byte[] key = JournalPartitioner.tickKey(5).getBytes(StandardCharsets.UTF_8);
        assertThat(new JournalPartitioner().partitions("journal", key, new byte[0], 8)).hasValueSatisfying(
                partitions -> assertThat(partitions).containsExactly(5));
    }
}

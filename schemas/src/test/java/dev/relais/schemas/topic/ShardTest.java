package dev.relais.schemas.topic;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

import dev.relais.schemas.event.TaskId;

import static org.assertj.core.api.Assertions.assertThat;

final class ShardTest {
    @Test
    void shardIsWhereKafkasJavaClientsPutTheKey() {
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            String key = "task-" + random.nextLong();
            assertThat(Shard.of(new TaskId(key), 8))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), 8));
        }
    }

    @Test
    void projectsHomeIsNoTask() {
        assertThat(TaskId.isValid(Shard.projectHome("checkout"))).isFalse();
    }
}

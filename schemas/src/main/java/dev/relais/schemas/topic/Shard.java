package dev.relais.schemas.topic;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.utils.Utils;

import dev.relais.schemas.event.TaskId;

/** Which partition, and so which shard of the coordinator, a key belongs to: murmur2 as Kafka's Java clients hash, whatever a producer used. */
public final class Shard {
    private Shard() {}

    public static int of(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    public static int of(TaskId task, int partitions) {
        return of(task.value(), partitions);
    }

    /** The key of a project's home (rule 14). A task id holds no colon, so the two never meet. */
    public static String projectHome(String project) {
        return "project:" + project;
    }
}

package dev.relais.schemas.topic;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.topic.TopicPlan.Planned;

import static org.assertj.core.api.Assertions.assertThat;

final class TopicPlanTest {
    private static final long DAY = 86_400_000L;
    private static final TopicPlan PLAN = TopicPlan.of(choices(4));
    private static final Map<String, Planned> BY_NAME = PLAN.topics().stream()
            .collect(Collectors.toMap(Planned::name, Function.identity()));

    @Test
    void everyAgentHasAnInboxAndADeliverableTopic() {
        assertThat(BY_NAME.keySet()).containsExactlyInAnyOrder("shop.requests", "shop.journal", "shop.validations", "shop.tasks",
                "shop.control", "shop.dead-letters", "shop.inbox.backend-dev", "shop.deliverables.backend-dev",
                "shop.inbox.architecte", "shop.deliverables.architecte");
    }

    @ParameterizedTest
    @CsvSource({"requests,4,7", "journal,4,30", "validations,4,30", "control,1,1", "dead-letters,1,90", "inbox.backend-dev,1,7",
            "inbox.architecte,1,7", "deliverables.backend-dev,4,30"})
    void topicIsKeptAsLongAsTheDesignSays(String name, int partitions, long days) {
        Planned planned = planned(name);
        assertThat(planned.partitions()).isEqualTo(partitions);
        assertThat(planned.settings()).containsEntry(TopicConfig.RETENTION_MS_CONFIG, Long.toString(days * DAY))
                .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    }

    @Test
    void tasksKeepTheNewestOfEachKey() {
        assertThat(planned("tasks").settings())
                .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                .doesNotContainKey(TopicConfig.RETENTION_MS_CONFIG);
    }

    @Test
    void theBrokerStampsWhatTheClockIsReadFrom() {
        assertThat(PLAN.topics().stream()
                .filter(topic -> "LogAppendTime".equals(topic.settings().get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)))
                .map(Planned::name)).containsExactlyInAnyOrder("shop.requests", "shop.journal", "shop.inbox.backend-dev",
                        "shop.inbox.architecte");
    }

    @ParameterizedTest
    @CsvSource({"requests,4", "journal,2", "validations,2", "tasks,2", "dead-letters,2", "inbox.backend-dev,2",
            "deliverables.backend-dev,2"})
    void largestRecordsFit(String name, int mebibytes) {
        assertThat(planned(name).settings()).containsEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(mebibytes << 20));
    }

    @Test
    void shareGroupsOfOurOwnAgentsStartAtTheBeginningAndReadNoAbortedRecord() {
        assertThat(PLAN.shareGroups()).containsExactly("shop.inbox.backend-dev");
        assertThat(TopicPlan.shareGroupSettings())
                .isEqualTo(Map.of("share.auto.offset.reset", "earliest", "share.isolation.level", "read_committed"));
    }

    private static Planned planned(String name) {
        return java.util.Objects.requireNonNull(BY_NAME.get("shop." + name));
    }

    private static TopicPlan.Choices choices(int partitions) {
        return new Chosen(new Topics("shop."), List.of(new AgentName("backend-dev")), List.of(new AgentName("architecte")),
                partitions, (short) 1);
    }

    private record Chosen(Topics topics, List<AgentName> agents, List<AgentName> foreignAgents, int partitions,
            short replication) implements TopicPlan.Choices {}
}

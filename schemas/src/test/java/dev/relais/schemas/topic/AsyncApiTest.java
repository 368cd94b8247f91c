package dev.relais.schemas.topic;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.wire.EventType;
import dev.relais.schemas.wire.Json;

import static org.assertj.core.api.Assertions.assertThat;

/** AsyncAPI, topic plan and event types say the same. That the document is right AsyncAPI is asyncapi-check's to say. */
final class AsyncApiTest {
    private static JsonNode document = MissingNode.getInstance();

    @BeforeAll
    static void load() throws IOException {
        try (var stream = EventType.class.getClassLoader().getResourceAsStream("dev/relais/schemas/asyncapi.yaml")) {
            document = Json.mapper()
                    .valueToTree(new Load(LoadSettings.builder().build()).loadFromInputStream(Objects.requireNonNull(stream)));
        }
    }

    @Test
    void everyTopicOfThePlanIsAChannelWithItsSettings() {
        var agent = new AgentName("backend-dev");
        var planned = new TreeMap<String, Map<String, String>>();
        TopicPlan.of(new Chosen(new Topics(Topics.DEFAULT_NAMESPACE), List.of(agent), List.of(), 8, (short) 1)).topics()
                .forEach(topic -> planned.put(topic.name(), settings(topic)));
        var told = new TreeMap<String, Map<String, String>>();
        document.path("channels")
                .forEach(channel -> told.put(channel.path("address").asText().replace("{agent}", agent.value()),
                        settings(channel)));
        assertThat(told).isEqualTo(planned);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void everyTypeIsAMessageWithItsSchema(EventType type) {
        JsonNode messages = document.path("components").path("messages");
        assertThat(messages).filteredOn(message -> message.path("name").asText().equals(type.wireName())).singleElement()
                .satisfies(message -> assertThat(message.path("payload").path("$ref").asText())
                        .isEqualTo("./" + type.wireName() + ".schema.json"));
        assertThat(messages).hasSameSizeAs(EventType.values());
    }

    @Test
    void everyMessageStandsInOneChannel() {
        var references = document.path("channels").valueStream().flatMap(channel -> channel.path("messages").propertyStream())
                .map(Map.Entry::getKey).toList();
        assertThat(references).doesNotHaveDuplicates().hasSameSizeAs(EventType.values());
    }

    /** The stamp is the broker's affair and no field of the Kafka binding. */
    private static Map<String, String> settings(TopicPlan.Planned topic) {
        var settings = new TreeMap<>(topic.settings());
        settings.remove("message.timestamp.type");
        settings.put("partitions", Integer.toString(topic.partitions()));
        return settings;
    }

    private static Map<String, String> settings(JsonNode channel) {
        JsonNode kafka = channel.path("bindings").path("kafka");
        var settings = new TreeMap<String, String>();
        kafka.path("topicConfiguration").properties().forEach(setting -> settings.put(setting.getKey(),
                setting.getValue().isArray() ? setting.getValue().get(0).asText() : setting.getValue().asText()));
        settings.put("partitions", kafka.path("partitions").asText());
        return settings;
    }

    private record Chosen(Topics topics, List<AgentName> agents, List<AgentName> foreignAgents, int partitions,
            short replication) implements TopicPlan.Choices {}
}

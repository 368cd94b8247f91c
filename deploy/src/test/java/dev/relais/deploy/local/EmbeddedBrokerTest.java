package dev.relais.deploy.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.topic.InboxLocks;
import dev.relais.schemas.topic.TopicPlan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class EmbeddedBrokerTest {
    private static final AgentName BACKEND = new AgentName("backend-dev");

    @Test
    void shareGroupTakesTransactionalWorkFromTheInboxAndARestartKeepsTheTopics(@TempDir Path data) throws Exception {
        int port;
        try (var broker = EmbeddedBroker.start(0, data)) {
            port = broker.port();
            var settings = settings(broker);
            try (var admin = admin(broker)) {
                assertThat(TopicPlan.of(settings).apply(admin).conflicts()).isEmpty();
            }
            locksAreShortAndFar(broker, settings);
            sendInTransaction(broker, settings.topics().inbox(BACKEND), "work");
            assertThat(taken(broker, settings)).containsExactly("work");
        }
        try (var again = EmbeddedBroker.start(port, data); var admin = admin(again)) {
            assertThat(again.port()).isEqualTo(port);
            assertThat(admin.listTopics().names().get()).contains("relais.requests", "relais.inbox.architecte");
            assertThat(TopicPlan.of(settings(again)).apply(admin).created()).isEmpty();
        }
    }

    /** A controller may be set otherwise than the broker that was asked (worker/docs/0010). */
    @Test
    void locksThatTheClusterRefusesStopNobody(@TempDir Path data) throws Exception {
        try (var broker = EmbeddedBroker.start(0, data); var admin = admin(broker)) {
            var group = settings(broker).topics().inboxGroup(BACKEND);
            assertThat(InboxLocks.set(admin, List.of(group), Map.of("share.record.lock.duration.ms", "3999"))).isEmpty();
            assertThat(InboxLocks.set(admin, List.of(group), Map.of("share.record.lock.duration.ms", "4000")))
                    .containsExactly(group);
        }
    }

    @Test
    void takenPortIsNamedWithWhatToDo(@TempDir Path data) throws Exception {
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(taken.getLocalPort(), data)).isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + taken.getLocalPort()).hasMessageContaining("--port");
        }
    }

    /** worker/docs/0010. A group's settings reach its broker a moment after they are taken. */
    private static void locksAreShortAndFar(EmbeddedBroker broker, Settings settings) {
        var group = new ConfigResource(ConfigResource.Type.GROUP, settings.topics().inboxGroup(BACKEND));
        try (var admin = admin(broker)) {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                var locks = requireNonNull(admin.describeConfigs(List.of(group)).all().get().get(group));
                assertThat(locks.get("share.record.lock.duration.ms").value()).isEqualTo("4000");
                assertThat(locks.get("share.partition.max.record.locks").value()).isEqualTo("10000");
            });
        }
    }

    private static List<String> taken(EmbeddedBroker broker, Settings settings) {
        var values = new ArrayList<String>();
        try (var consumer = new KafkaShareConsumer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers(), "group.id",
                        settings.topics().inboxGroup(BACKEND),
                        "share.acknowledgement.mode", "explicit"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(settings.topics().inbox(BACKEND)));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(new String(record.value(), StandardCharsets.UTF_8));
                    consumer.acknowledge(record, AcknowledgeType.ACCEPT);
                }
                return !values.isEmpty();
            });
            consumer.commitSync();
        }
        return values;
    }

    private static void sendInTransaction(EmbeddedBroker broker, String topic, String value) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "test"),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var _ = producer.send(
                    new ProducerRecord<>(topic, "t-1".getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
            producer.commitTransaction();
        }
    }

    private static Admin admin(EmbeddedBroker broker) {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static Settings settings(EmbeddedBroker broker) {
        return switch (Settings.load(Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()), null)) {
            case Settings.Loaded.Valid(var settings) -> settings;
            case Settings.Loaded.Refused(var problems) -> throw new AssertionError(problems);
        };
    }
}

package dev.relais.schemas.example;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.wire.Decoded;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.schemas.wire.EventType;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README shows works. */
final class ConsumerExampleTest {
    private static final TopicPartition PLACE = new TopicPartition("relais.deliverables.backend-dev", 0);
    private final EventCodec codec = new EventCodec();

    @Test
    void taskOfPlainKafkaClientsIsAccepted() throws Exception {
        try (var producer = new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer())) {
            ConsumerExample.submit(producer);
            var sent = producer.history().getFirst();
            assertThat(sent.key()).isEqualTo("checkout-42");
            assertThat(codec.decode(sent.headers(), null, sent.value())).isInstanceOfSatisfying(Decoded.Accepted.class,
                    it -> assertThat(it.event().data()).isInstanceOf(TaskRequested.class));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DELIVERABLE_PUBLISHED", "TASK_FAILED", "TASK_CANCELED", "TASK_REJECTED"})
    void everyOutcomeIsTold(EventType type) throws IOException {
        try (var consumer = new MockConsumer<byte[], byte[]>("earliest")) {
            consumer.assign(List.of(PLACE));
            consumer.updateBeginningOffsets(Map.of(PLACE, 0L));
            consumer.addRecord(record(type));
            assertThat(ConsumerExample.read(consumer)).singleElement().asString().startsWith("checkout-42 ");
        }
    }

    @Test
    void lineForKcatIsAnEvent() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        var lines = readme.lines().filter(line -> line.startsWith("checkout-43\t") || line.contains("checkout-43|")).toList();
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            String value = line.substring(line.indexOf("{\"specversion"), line.lastIndexOf('}') + 1);
            assertThat(codec.decode(new org.apache.kafka.common.header.internals.RecordHeaders(), null,
                    value.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Decoded.Accepted.class);
        });
    }

    private ConsumerRecord<byte[], byte[]> record(EventType type) throws IOException {
        byte[] value;
        try (var stream = EventType.class.getClassLoader().getResourceAsStream(type.exampleResource())) {
            value = Objects.requireNonNull(stream).readAllBytes();
        }
        var headers = codec.headers(type, new EventCodec.Attributes("e-1", "relais/coordinator", "checkout-42", null, Map.of()));
        return new ConsumerRecord<>(PLACE.topic(), PLACE.partition(), 0L, 0L, TimestampType.CREATE_TIME, 0, value.length,
                new byte[0],
                value, headers, java.util.Optional.empty());
    }
}

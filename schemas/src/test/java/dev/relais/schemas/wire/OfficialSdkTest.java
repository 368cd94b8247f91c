package dev.relais.schemas.wire;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Map;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The official CloudEvents SDK and this codec understand each other; docs/0002 says why the SDK is the witness and not the reader. */
final class OfficialSdkTest {
    private final EventCodec codec = new EventCodec();

    @ParameterizedTest
    @EnumSource(EventType.class)
    void sdkReadsWhatTheCodecWrites(EventType type) {
        var headers = codec.headers(type, new EventCodec.Attributes("e-1", "relais/coordinator", "t-1",
                OffsetDateTime.parse("2026-11-23T09:00:00Z").toInstant(), Map.of(Extension.CORRELATION, "t-1")));
        CloudEvent event = KafkaMessageFactory.createReader(headers, RecordOf.bytes(Golden.example(type).toString())).toEvent();
        assertThat(event.getType()).isEqualTo(type.wireName());
        assertThat(event.getId()).isEqualTo("e-1");
        assertThat(event.getSource()).isEqualTo(URI.create("relais/coordinator"));
        assertThat(event.getSubject()).isEqualTo("t-1");
        assertThat(event.getTime()).isEqualTo("2026-11-23T09:00:00Z");
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getExtension(Extension.CORRELATION)).isEqualTo("t-1");
        assertThat(event.getExtension(Extension.PARTITION_KEY)).isEqualTo("t-1");
    }

    @Test
    void codecReadsTheSdksBinaryMode() {
        ProducerRecord<Void, byte[]> record = KafkaMessageFactory.createWriter("relais.requests").writeBinary(sdkEvent());
        assertThat(requested(record)).isEqualTo("Do it");
    }

    @Test
    void codecReadsTheSdksStructuredMode() {
        ProducerRecord<Void, byte[]> record = KafkaMessageFactory.createWriter("relais.requests").writeStructured(sdkEvent(),
                new JsonFormat());
        assertThat(requested(record)).isEqualTo("Do it");
    }

    @Test
    void sdkAloneWouldThrowOnWhatTheCodecNames() {
        var headers = RecordOf.binary(EventType.TASK_REQUESTED, "ce_time", "yesterday");
        assertThatThrownBy(() -> KafkaMessageFactory.createReader(headers, RecordOf.bytes("{}")).toEvent())
                .isInstanceOf(RuntimeException.class);
        assertThat(codec.decode(headers, null, RecordOf.bytes("{}"))).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void sdkAloneWouldPassAFieldThatStandsTwice() {
        byte[] value = RecordOf.bytes("{\"specversion\":\"1.0\",\"id\":\"e\",\"id\":\"f\",\"source\":\"s\",\"type\":\""
                + EventType.TASK_REQUESTED.wireName()
                + "\",\"data\":{\"request\":\"x\",\"envelope\":{\"usd\":1e999999999}}}");
        assertThat(new JsonFormat().deserialize(value).getId()).isEqualTo("f");
        assertThat(codec.decode(RecordOf.headers(), null, value)).isInstanceOf(Decoded.Malformed.class);
    }

    private static CloudEvent sdkEvent() {
        return CloudEventBuilder.v1().withId("e-1").withSource(URI.create("https://shop.example.org"))
                .withType(EventType.TASK_REQUESTED.wireName())
                .withSubject("t-1").withTime(OffsetDateTime.parse("2026-11-23T10:00:00+01:00")).withExtension("attempt", 3)
                .withData("application/json", RecordOf.bytes("{\"request\":\"Do it\",\"taskId\":\"t-1\"}")).build();
    }

    private String requested(ProducerRecord<Void, byte[]> record) {
        return switch (codec.decode(record.headers(), null, record.value())) {
            case Decoded.Accepted(var _, Event<?>(String id, String source, String subject, var time, var extensions, TaskRequested data)) -> {
                assertThat(id).isEqualTo("e-1");
                assertThat(source).isEqualTo("https://shop.example.org");
                assertThat(subject).isEqualTo("t-1");
                assertThat(time).isEqualTo("2026-11-23T09:00:00Z");
                assertThat(extensions).isEqualTo(Map.of("attempt", "3"));
                assertThat(data.taskId()).isEqualTo(new TaskId("t-1"));
                yield data.request();
            }
            case Decoded other -> throw new AssertionError(other);
        };
    }
}

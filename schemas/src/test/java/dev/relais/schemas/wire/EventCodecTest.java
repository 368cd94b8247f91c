package dev.relais.schemas.wire;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.schemas.event.ControlEvent;
import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.Usage;

import static org.assertj.core.api.Assertions.assertThat;

final class EventCodecTest {
    private static final String BARE = """
            {"specversion":"1.0","id":"e-1","source":"urn:test","type":"dev.relais.task.requested.v1",%s}""";
    private final EventCodec codec = new EventCodec();

    @Test
    void onlyTheWishIsNeeded() {
        var event = requested(RecordOf.binary(EventType.TASK_REQUESTED), "{\"request\":\"Do it\"}");
        assertThat(event.data().request()).isEqualTo("Do it");
        assertThat(event.data().expected()).isEmpty();
        assertThat(event.subject()).isEmpty();
        assertThat(event.time()).isNull();
    }

    @Test
    void attributesBeyondTheCoreAreExtensions() {
        var event = requested(
                RecordOf.binary(EventType.TASK_REQUESTED, "ce_subject", "t-1", "ce_time", "2026-11-23T10:00:00+01:00",
                        "ce_traceparent", "00-1", "ce_dataschema", "urn:schema"),
                "{\"request\":\"x\"}");
        assertThat(event.extensions()).isEqualTo(Map.of("traceparent", "00-1"));
        assertThat(event.subject()).isEqualTo("t-1");
        assertThat(event.time()).isEqualTo(Instant.parse("2026-11-23T09:00:00Z"));
    }

    @Test
    void structuredEventIsReadByItsContentType() {
        var headers = RecordOf.headers("content-type", "application/cloudevents+json; charset=UTF-8");
        var event = requested(headers,
                BARE.formatted("\"subject\":\"t-1\",\"attempt\":3,\"data\":{\"request\":\"x\",\"taskId\":\"t-1\"}"));
        assertThat(event.data().taskId()).isEqualTo(new TaskId("t-1"));
        assertThat(event.extensions()).isEqualTo(Map.of("attempt", "3"));
    }

    @Test
    void pipedLineWithoutAnyHeaderIsAStructuredEvent() {
        assertThat(requested(RecordOf.headers(), BARE.formatted("\"data\":{\"request\":\"x\"}")).id()).isEqualTo("e-1");
        assertThat(requested(RecordOf.headers("content-type", "application/json"), BARE.formatted("\"data\":{\"request\":\"x\"}"))
                .id())
                .isEqualTo("e-1");
    }

    @Test
    void structuredDataMayBeBase64() {
        String data = Base64.getEncoder().encodeToString("{\"request\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(requested(RecordOf.headers(), BARE.formatted("\"data_base64\":\"" + data + "\"")).data().request())
                .isEqualTo("x");
    }

    @Test
    void headersMayRepeatAndExtendAStructuredEvent() {
        var headers = RecordOf.headers("content-type", "application/cloudevents+json", "ce_id", "e-1", "ce_traceparent", "00-1");
        assertThat(requested(headers, BARE.formatted("\"data\":{\"request\":\"x\"}")).extensions())
                .isEqualTo(Map.of("traceparent", "00-1"));
    }

    @Test
    void moneyIsExact() {
        var event = requested(RecordOf.binary(EventType.TASK_REQUESTED), "{\"request\":\"x\",\"envelope\":{\"usd\":0.1}}");
        assertThat(event.data().envelope()).isNotNull()
                .satisfies(envelope -> assertThat(envelope.usd()).isEqualTo(new BigDecimal("0.1")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "ce_specversion | 0.3 | headers-lie | ce_specversion",
            "ce_specversion | - | headers-lie | ce_specversion",
            "ce_id | - | headers-lie | ce_id",
            "ce_id | `` | headers-lie | ce_id",
            "ce_source | - | headers-lie | ce_source",
            "ce_time | yesterday | headers-lie | ce_time",
            "ce_type | - | no-type | ce_type",
            "ce_type | dev.relais.task.request.v1 | unknown-type | ce_type",
            "content-type | text/csv | headers-lie | content-type",
            "content-type | application/cloudevents-batch+json | headers-lie | content-type",
            "content-type | application/cloudevents+json | headers-lie | content-type"})
    void badHeaderIsNamed(String name, String value, String reason, String where) {
        var malformed = malformed(RecordOf.binary(EventType.TASK_REQUESTED, name, value), "{\"request\":\"x\"}");
        assertThat(malformed.reason()).isEqualTo(reason);
        assertThat(malformed.where()).isEqualTo(where);
    }

    @Test
    void unknownTypeIsToldTheNearestOne() {
        assertThat(malformed(RecordOf.binary(EventType.TASK_REQUESTED, "ce_type", "dev.relais.task.request.v1"), "{}").detail())
                .contains("did you mean \"dev.relais.task.requested.v1\"?");
    }

    @Test
    void headerThatStandsTwiceAndSaysTwoThingsLies() {
        var headers = RecordOf.binary(EventType.TASK_REQUESTED);
        headers.add("ce_type", RecordOf.bytes("dev.relais.verdict.given.v1"));
        assertThat(malformed(headers, "{\"request\":\"x\"}").reason()).isEqualTo("headers-lie");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{ | not-json | line 1, column 2",
            "not json | not-json | line 1, column 1",
            "{\"request\":\"x\"} trailing | not-json | line 1, column 17",
            "{\"request\":\"x\",\"request\":\"y\"} | invalid | line 1, column 26",
            "null | invalid | ``",
            "\"text\" | invalid | ``",
            "[] | invalid | ``",
            "{} | invalid | /request",
            "{\"request\":\"  \"} | invalid | /request",
            "{\"request\":7} | invalid | /request",
            "{\"request\":\"x\",\"reqest\":1} | invalid | /reqest",
            "{\"request\":\"x\",\"mode\":4} | invalid | /mode",
            "{\"request\":\"x\",\"mode\":\"1\"} | invalid | /mode",
            "{\"request\":\"x\",\"taskId\":\"../../etc/passwd\"} | invalid | /taskId",
            "{\"request\":\"x\",\"taskId\":\"a\\n\"} | invalid | /taskId",
            "{\"request\":\"x\",\"agent\":\"Backend\"} | invalid | /agent",
            "{\"request\":\"x\",\"priority\":1e999999999} | invalid | /priority",
            "{\"request\":\"x\",\"labels\":{\"a\":{}}} | invalid | /labels/a",
            "{\"request\":\"x\",\"after\":[\"a\",null]} | invalid | /after/1",
            "{\"request\":\"x\",\"context\":{\"a/b\":1}} | invalid | /context/a~1b",
            "{\"request\":\"x\",\"workspace\":{}} | invalid | /workspace/repository",
            "{\"request\":\"x\",\"deadline\":\"tomorrow\"} | invalid | /deadline",
            "{\"request\":\"x\",\"network\":\"opened\"} | invalid | /network",
            "{\"request\":\"x\",\"envelope\":{\"wall\":\"8 hours\"}} | invalid | /envelope/wall",
            "{\"request\":\"\\ud800\"} | invalid | /request"})
    void badDataIsNamedWithItsPlace(String data, String reason, String where) {
        var malformed = malformed(RecordOf.binary(EventType.TASK_REQUESTED), data);
        assertThat(malformed.reason()).as(malformed.detail()).isEqualTo(reason);
        assertThat(malformed.where()).isEqualTo(where);
        assertThat(malformed.detail()).isNotBlank().doesNotContain("dev.relais.schemas", "com.fasterxml");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"request\":\"x\",\"reqest\":1} | /reqest is no field here; did you mean \"request\"?",
            "{\"request\":7} | /request is an integer and must be string",
            "{} | /request is missing",
            "{\"request\":\"x\",\"network\":\"opened\"} | /network is none of the values it may have; did you mean \"open\"?",
            "{\"request\":\"x\",\"envelope\":{\"wall\":\"8 h\"}} | /envelope/wall has the wrong shape: An ISO-8601 duration of days, hours, minutes and seconds, such as PT8H."})
    void peopleCanReadWhatIsWrong(String data, String detail) {
        assertThat(malformed(RecordOf.binary(EventType.TASK_REQUESTED), data).detail()).isEqualTo(detail);
    }

    @Test
    void everyFaultIsToldAtOnce() {
        assertThat(malformed(RecordOf.binary(EventType.TASK_REQUESTED), "{\"mode\":9,\"priority\":10}").detail())
                .contains("/request", "/mode", "/priority");
    }

    @Test
    void verdictWithoutADigestIsMalformed() {
        var malformed = malformed(RecordOf.binary(EventType.VERDICT_GIVEN), "{\"taskId\":\"t-1\",\"verdict\":\"ok\"}");
        assertThat(malformed).isEqualTo(new Decoded.Malformed("invalid", "/digest is missing", "/digest"));
    }

    @Test
    void verdictThatAsksForChangesSaysWhich() {
        String digest = "sha256:" + "0".repeat(64);
        assertThat(malformed(RecordOf.binary(EventType.VERDICT_GIVEN),
                "{\"taskId\":\"t-1\",\"verdict\":\"changes\",\"digest\":\"" + digest + "\"}").where()).isEqualTo("/text");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"type\":\"dev.relais.task.requested.v1\",\"data\":{}} | invalid | /specversion",
            "{\"specversion\":\"1.0\",\"id\":\"e\",\"source\":\"s\",\"data\":{}} | no-type | /type",
            "{\"specversion\":\"1.0\",\"type\":\"dev.relais.task.requested.v1\",\"source\":\"s\",\"data\":{}} | invalid | /id",
            "{\"specversion\":\"1.0\",\"id\":5,\"type\":\"dev.relais.task.requested.v1\",\"source\":\"s\",\"data\":{}} | invalid | /id",
            "{\"specversion\":\"1.0\",\"id\":\"e\",\"type\":\"dev.relais.task.requested.v1\",\"source\":\"s\"} | invalid | /data",
            "{\"specversion\":\"1.0\",\"id\":\"e\",\"type\":\"dev.relais.task.requested.v1\",\"source\":\"s\",\"data_base64\":\"*\"} | invalid | /data_base64",
            "{\"specversion\":\"1.0\",\"id\":\"e\",\"type\":\"dev.relais.task.requested.v1\",\"source\":\"s\",\"data\":{},\"taskId\":\"t\"} | invalid | /taskId",
            "{\"specversion\":\"1.0\",\"id\":\"e\",\"type\":\"dev.relais.task.requested.v1\",\"source\":\"s\",\"data\":\"{}\"} | invalid | ``",
            "{\"request\":\"x\"} | no-type | ce_type",
            "[] | no-type | ce_type"})
    void bareValueIsToldWhatItLacks(String value, String reason, String where) {
        var malformed = malformed(RecordOf.headers(), value);
        assertThat(malformed.reason()).as(malformed.detail()).isEqualTo(reason);
        assertThat(malformed.where()).isEqualTo(where);
    }

    @Test
    void headerThatContradictsAStructuredEventLies() {
        var headers = RecordOf.headers("content-type", "application/cloudevents+json", "ce_type", "dev.relais.verdict.given.v1");
        var malformed = malformed(headers, BARE.formatted("\"data\":{\"request\":\"x\"}"));
        assertThat(malformed.reason()).isEqualTo("headers-lie");
        assertThat(malformed.where()).isEqualTo("ce_type");
    }

    @Test
    void tombstoneAndEmptyValueHaveNoValue() {
        assertThat(codec.decode(RecordOf.binary(EventType.TASK_REQUESTED), null, null))
                .isInstanceOfSatisfying(Decoded.Malformed.class, it -> assertThat(it.reason()).isEqualTo("no-value"));
        assertThat(malformed(RecordOf.binary(EventType.TASK_REQUESTED), "").reason()).isEqualTo("no-value");
    }

    @Test
    void internalEventSaysWhatItsRecordRefuses() {
        var malformed = malformed(RecordOf.binary(EventType.RUN_GRANTED),
                "{\"run\":\"a\",\"taskId\":\"a b\",\"epoch\":1,\"worker\":\"w\"}");
        assertThat(malformed).isEqualTo(
                new Decoded.Malformed("invalid", "a task id is 1-128 characters of [A-Za-z0-9._-], not \"a b\"", "/taskId"));
    }

    @Test
    void grantOfAReleaseThatNumbersNoQuestionAnswersZero() {
        var read = codec.decode(RecordOf.binary(EventType.RUN_GRANTED), null,
                RecordOf.bytes("{\"run\":\"0123456789abcdef\",\"taskId\":\"a\",\"epoch\":1,\"worker\":\"w\"}"));
        assertThat(read).isInstanceOfSatisfying(Decoded.Accepted.class, it -> assertThat(it.event().data())
                .isInstanceOfSatisfying(ControlEvent.GrantRun.class, grant -> assertThat(grant.answers()).isZero()));
    }

    @Test
    void conclusionWithoutItsOutcomeLies() {
        assertThat(malformed(RecordOf.binary(EventType.RUN_CONCLUDED), "{}").where()).isEqualTo("ce_outcome");
    }

    @Test
    void replyCutWithinACharacterIsJournaledAndReadBackTheSame() {
        var content = JsonNodeFactory.instance.arrayNode();
        content.addObject().put("type", "text").put("text", "half a \ud83d and an é");
        var reply = new JournalEntry.Replied(content, "end_turn", "m", Usage.NONE, null, null, 5);
        var record = codec.toRecord("journal", 3, new Event<>("e-1", "relais/worker/w", "t-1", null, Map.of(), reply));
        assertThat(codec.decode(record.headers(), record.key(), record.value()))
                .isInstanceOfSatisfying(Decoded.Accepted.class, it -> assertThat(it.event().data()).isEqualTo(reply));
    }

    @Test
    void recordIsKeyedByItsSubject() {
        var event = new Event<>("e-1", "urn:test", "t-1", null, Map.of(),
                new TaskRequested("x", null, null, null, null, null, null, null,
                        List.of(), null, List.of(), null, null, null, null, List.of(), null, Map.of()));
        var record = codec.toRecord("relais.requests", null, event);
        assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("t-1");
        assertThat(record.partition()).isNull();
        assertThat(record.headers().lastHeader("ce_partitionkey").value()).asString(StandardCharsets.UTF_8).isEqualTo("t-1");
        assertThat(record.headers().lastHeader("content-type").value()).asString(StandardCharsets.UTF_8)
                .isEqualTo("application/json");
    }

    @SuppressWarnings("unchecked") // The type of the event was checked.
    private Event<TaskRequested> requested(Headers headers, String value) {
        return switch (codec.decode(headers, null, RecordOf.bytes(value))) {
            case Decoded.Accepted(EventType type, var event) when type == EventType.TASK_REQUESTED ->
                (Event<TaskRequested>) event;
            case Decoded other -> throw new AssertionError(other);
        };
    }

    private Decoded.Malformed malformed(Headers headers, String value) {
        return switch (codec.decode(headers, null, RecordOf.bytes(value))) {
            case Decoded.Accepted accepted -> throw new AssertionError(accepted);
            case Decoded.Malformed malformed -> malformed;
        };
    }
}

package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.relais.schemas.event.CancelRequested;
import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.wire.Extension;

import static org.assertj.core.api.Assertions.assertThat;

/** What cannot be used goes to dead letters with its reason, while everything else flows (I12). */
final class MalformedTest {
    private final Rig rig;
    private final FakeWorker worker;

    MalformedTest(@TempDir Path directory) {
        rig = Rig.of(directory);
        worker = new FakeWorker(rig, "w1", 8);
        rig.tick();
        worker.beats();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static Headers request(String type) {
        return Rig.headers("ce_specversion", "1.0", "ce_id", "e1", "ce_source", "upstream", "ce_type",
                "dev.relais." + type + ".v1");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ofLength(int length) {
        return bytes("{\"request\":\"" + "x".repeat(length) + "\"}");
    }

    static Stream<Arguments> malformedRequests() {
        return Stream.of(Arguments.of("not JSON", request("task.requested"), bytes("{\"request\": ")),
                Arguments.of("wrong type", request("task.requested"), bytes("{\"request\":\"x\",\"mode\":\"two\"}")),
                Arguments.of("no request", request("task.requested"), bytes("{}")),
                Arguments.of("a JSON null", request("task.requested"), bytes("null")),
                Arguments.of("hostile task id", request("task.requested"), bytes("{\"request\":\"x\",\"taskId\":\"../../etc\"}")),
                Arguments.of("unknown agent", request("task.requested"), bytes("{\"request\":\"x\",\"agent\":\"nobody\"}")),
                Arguments.of("mode out of range", request("task.requested"), bytes("{\"request\":\"x\",\"mode\":4}")),
                Arguments.of("unknown event type", request("task.wished"), bytes("{\"request\":\"x\"}")),
                Arguments.of("event of another topic", request("task.failed"),
                        bytes("{\"taskId\":\"t\",\"agent\":\"a\",\"round\":1,\"reason\":\"r\",\"detail\":\"d\",\"redrivable\":false,"
                                + "\"usage\":{\"input\":0,\"cacheWrite\":0,\"cacheRead\":0,\"output\":0},\"turns\":0}")),
                Arguments.of("no type", Rig.headers("ce_id", "e1"), bytes("{\"request\":\"x\"}")),
                Arguments.of("over 256 KiB", request("task.requested"), ofLength(256 * 1024)),
                Arguments.of("verdict without a digest", request("verdict.given"),
                        bytes("{\"taskId\":\"t1\",\"verdict\":\"ok\"}")),
                Arguments.of("unknown verdict", request("verdict.given"), bytes(
                        "{\"taskId\":\"t1\",\"verdict\":\"fine\",\"digest\":\"sha256:" + "0".repeat(64) + "\"}")),
                Arguments.of("answer to no child", request("escalation.answered"), bytes("{\"child\":\"t1\",\"text\":\"x\"}")),
                Arguments.of("text over 64 Ki characters", request("message.sent"),
                        bytes("{\"taskId\":\"t1\",\"text\":\"" + "x".repeat(70_000) + "\"}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedRequests")
    void i12_malformedEventNeverStopsAPartition(String kind, Headers headers, byte[] value) {
        rig.requested(headers, bytes("k"), value);
        rig.request(Asking.task("after"));

        assertThat(rig.deadLetters()).as(kind).hasSize(1);
        assertThat(rig.work()).extracting(WorkDispatched::taskId).asString().contains("after");
    }

    @Test
    void tombstoneIsBuried() {
        rig.requested(request("task.requested"), bytes("k"), null);
        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("no-value");
            assertThat(letter.redrivable()).isFalse();
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {"/envelope/tokens|\"envelope\":{\"tokens\":5}", "/envelope/usd|\"envelope\":{\"usd\":5}",
            "/orderingKey|\"orderingKey\":\"k\"",
            "/after|\"after\":[\"t0\"]", "/deadline|\"deadline\":\"2027-01-01T00:00:00Z\""})
    void fieldWhoseEffectIsNotBuiltIsRefused(String where, String json) {
        rig.json("task.requested", "{\"request\":\"x\"," + json + "}");
        assertThat(rig.buried()).containsExactly("unsupported-field " + where);
        assertThat(rig.work()).isEmpty();
    }

    @Test
    void oversizedRequestIsBuriedWithItsBeginningAndIsNotRedrivable() {
        byte[] value = ofLength(3 << 20);
        rig.requested(request("task.requested"), bytes("k"), value);
        DeadLetter letter = rig.deadLetters().getFirst();
        assertThat(letter.reason()).isEqualTo("too-large");
        assertThat(letter.redrivable()).isFalse();
        assertThat(letter.truncated()).isTrue();
        assertThat(letter.topic()).isEqualTo(rig.topics.requests());
        assertThat(letter.offset()).isZero();
        assertThat(Base64.getDecoder().decode(letter.value())).hasSize(64 * 1024).startsWith(bytes("{\"request\":\"xxx"));
    }

    @Test
    void oversizedHeadersAreTooLargeToo() {
        Headers headers = request("task.requested");
        for (int i = 0; i < 2000; i++) {
            headers.add("h" + i, new byte[1024]);
        }
        rig.requested(headers, bytes("k"), bytes("{\"request\":\"x\"}"));
        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("too-large");
            assertThat(letter.topic()).isEqualTo(rig.topics.requests());
            assertThat(letter.headers()).hasSizeLessThan(100);
        });
    }

    @Test
    void attributeThatEveryEventWouldCarryIsBounded() {
        rig.request("r1", Asking.task("t1"), Map.of(Extension.CORRELATION, "c".repeat(2000)));
        assertThat(rig.buried()).containsExactly("invalid " + Extension.CORRELATION);
    }

    @Test
    void journalEntryWhoseHeadersLieIsBuried() {
        rig.request(Asking.task("t1"));
        var work = rig.work().getFirst();
        rig.journal(Rig.headers("ce_type", "dev.relais.run.claimed.v1", "ce_subject", "t1", "ce_epoch", "one", "ce_owner", "w1",
                "ce_sequence", "0"), bytes("t1"), bytes("{}"));
        rig.journal(Rig.headers("ce_type", "dev.relais.task.requested.v1"), bytes("t1"), bytes("{}"));
        rig.journal(Rig.headers(), bytes("t1"), bytes("{}"));
        rig.journal(Rig.headers("ce_type", "dev.relais.run.claimed.v1"), bytes("t1"), null);
        assertThat(rig.buried()).containsExactly("headers-lie ce_epoch", "wrong-topic ce_type", "unknown-type ce_type",
                "no-value");

        worker.takes(work).replies(work).delivers(work);
        assertThat(rig.deliverables()).hasSize(1);
    }

    @Test
    void beatOfNobodyIsBuried() {
        rig.journal(Rig.headers("ce_specversion", "1.0", "ce_id", "b", "ce_source", "s", "ce_type", "dev.relais.worker.beaten.v1",
                "ce_subject", "no worker / at all"), bytes("x"), bytes("{\"agents\":[],\"capacity\":1,\"free\":1,\"runs\":[]}"));
        assertThat(rig.buried()).containsExactly("headers-lie ce_subject");
    }

    @Test
    void deadLettersAreCountedByReason() {
        rig.json("task.requested", "{\"request\":\"x\",\"agent\":\"nobody\"}");
        assertThat(rig.registry.get("relais.coordinator.dead.letters").tag("reason", "unknown-agent").counter().count())
                .isEqualTo(1);
    }

    @Test
    void entryOverOneMebibyteIsBuriedBeforeAnythingIsCopiedFromIt() {
        rig.request(Asking.task("t1"));

        rig.journal(Rig.headers("ce_specversion", "1.0", "ce_id", "e1", "ce_source", "w", "ce_type", "dev.relais.run.claimed.v1"),
                bytes("t1"), new byte[JournalDoor.MOST_ENTRY_BYTES + 1]);

        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.reason()).isEqualTo("too-large"));
    }

    /** The store is damaged so that deciding fails: a fault of ours, as far as the record is concerned. */
    @Test
    void i12_recordThatCannotBeDecidedOnIsBuriedAndChangesNothing() {
        rig.request(Asking.task("t1"));
        rig.damaged("t1", "t9", "\"agent\":\"backend-dev\"", "\"agents\":\"backend-dev\"");

        rig.request(new CancelRequested(new TaskId("t9"), null, "ann"));

        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("processing-failed");
            assertThat(letter.detail()).contains("t9").contains("Cancel");
        });
        rig.request(Asking.task("t2"));
        assertThat(rig.work()).as("the partition goes on").extracting(work -> work.taskId().value()).contains("t2");
    }
}

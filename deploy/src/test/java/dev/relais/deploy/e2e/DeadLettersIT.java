package dev.relais.deploy.e2e;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** I12: what cannot be used lies in dead letters with its reason and place, and stops nothing. */
@ExtendWith(SharedFleet.class)
final class DeadLettersIT {
    private final Fleet fleet;

    DeadLettersIT(Fleet fleet) {
        this.fleet = fleet;
    }

    /** @param where a JSON pointer or a header's name, or empty where there is none to name */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Bad(String what, byte @Nullable [] value, Map<String, String> headers, String reason, String where) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Bad> badRecords() {
        return Stream.of(
                new Bad("null value", null, requested(), "no-value", ""),
                new Bad("not JSON", Upstream.bytes("Ajoute un index"), requested(), "not-json", ""),
                new Bad("no JSON object", Upstream.bytes("[1, 2]"), requested(), "invalid", ""),
                new Bad("wrong type of request", data(Map.of("request", 42)), requested(), "invalid", "/request"),
                new Bad("wrong type of mode", data(Map.of("request", "CONSEIL", "mode", "deux")), requested(), "invalid",
                        "/mode"),
                new Bad("mode out of range", data(Map.of("request", "CONSEIL", "mode", 7)), requested(), "invalid", "/mode"),
                new Bad("no request", data(Map.of("mode", 2)), requested(), "invalid", "/request"),
                new Bad("unknown agent", data(Map.of("request", "CONSEIL", "agent", "nobody")), requested(), "unknown-agent",
                        "/agent"),
                new Bad("unknown event type", data(Map.of("request", "CONSEIL")), type("dev.relais.task.wished.v1"),
                        "unknown-type", "ce_type"),
                new Bad("hostile task id", data(Map.of("request", "CONSEIL", "taskId", "../../etc/passwd\u0000")), requested(),
                        "invalid", "/taskId"),
                new Bad("over 256 KiB", data(Map.of("request", "x".repeat(300 * 1024))), requested(), "too-large", ""),
                new Bad("verdict without a digest", data(Map.of("taskId", "t-1", "verdict", "ok")),
                        type("dev.relais.verdict.given.v1"), "invalid", "/digest"),
                new Bad("empty acceptance", data(Map.of("request", "CONSEIL", "acceptance", java.util.List.of(" "))), requested(),
                        "invalid", "/acceptance"),
                new Bad("unsupported budget", data(Map.of("request", "CONSEIL", "envelope", Map.of("usd", 5))), requested(),
                        "unsupported-field",
                        "/envelope/usd"),
                new Bad("headers that lie about the type", Upstream.bytes("{\"run\": 1}"), type("dev.relais.run.concluded.v1"),
                        "headers-lie", ""),
                new Bad("headers that lie about the mode", Upstream.bytes("{\"request\": \"CONSEIL\"}"),
                        Map.of("content-type", "application/cloudevents+json"), "headers-lie", "content-type"));
    }

    @ParameterizedTest
    @MethodSource("badRecords")
    void i12_badRecordIsBuriedWithItsReasonAndPlace(Bad bad) {
        RecordMetadata place = fleet.upstream().send(0, Upstream.bytes("bad"), bad.value(), bad.headers());
        var letter = fleet.awaitDeadLetter(bad.what(), message -> (message.data().path("partition").asInt(-1) == place.partition()
                && message.data().path("offset").asLong(-1) == place.offset())
                || isCausedBy(message, bad)).data();
        assertThat(letter.path("detail").asText()).isNotBlank();
        if (!bad.reason().isEmpty()) {
            assertThat(letter.path("reason").asText()).isEqualTo(bad.reason());
        }
        if (!bad.where().isEmpty()) {
            assertThat(letter.path("where").asText()).isEqualTo(bad.where());
        }
    }

    /** A record that could be read was perhaps forwarded to its shard first; its place is that of the copy then. */
    private static boolean isCausedBy(Topic.Message message, Bad bad) {
        String id = bad.headers().get("ce_id");
        return id != null && id.equals(message.headers().get("causationid"));
    }

    @Test
    void othersFlowWhileBadOnesAreBuried() {
        String[] tasks = new String[4];
        for (int partition = 0; partition < fleet.partitions(); partition++) {
            for (var bad : badRecords().toList()) {
                fleet.upstream().send(partition, Upstream.bytes("bad"), bad.value(), bad.headers());
            }
            tasks[partition] = fleet.submit("CONSEIL : quel index ?", 2);
        }
        for (String task : tasks) {
            fleet.awaitDeliverable(task);
        }
    }

    private static Map<String, String> requested() {
        return type("dev.relais.task.requested.v1");
    }

    private static Map<String, String> type(String type) {
        var headers = new HashMap<>(Upstream.attributes("", UUID.randomUUID().toString()));
        headers.put("ce_type", type);
        return headers;
    }

    private static byte[] data(Map<String, ?> data) {
        return Upstream.bytes(Upstream.json(data));
    }
}

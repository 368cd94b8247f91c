package dev.relais.deploy.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.relais.schemas.topic.Shard;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests from any producer: repeated, in structured mode, keyed by another hash, not keyed at all. */
@ExtendWith(SharedFleet.class)
final class RequestsIT {
    private final Fleet fleet;

    RequestsIT(Fleet fleet) {
        this.fleet = fleet;
    }

    @Test
    void sameRequestTwiceGivesOneDeliverableAndOtherContentAConflict() {
        String task = Fleet.newTask("task");
        fleet.upstream().binary("task.requested", task, Upstream.request(task, "CONSEIL : quel index ?", 2));
        fleet.upstream().binary("task.requested", task, Upstream.request(task, "CONSEIL : quel index ?", 2));
        String conflicting = fleet.upstream().binary("task.requested", task, Upstream.request(task, "CONSEIL : autre chose", 2));
        fleet.awaitDeliverable(task);
        var letter = fleet.awaitDeadLetter("the conflict", message -> conflicting.equals(message.headers().get("causationid")));
        assertThat(letter.data().path("reason").asText()).isEqualTo("conflict");
        fleet.awaitState(task, "COMPLETED");
        assertThat(fleet.deliverables().now(message -> message.isOf(task))).hasSize(1);
        assertThat(fleet.topic("inbox.backend-dev").now(message -> message.isOf(task))).hasSize(1);
    }

    @Test
    void structuredEventsOnAnyPartitionAreRoutedByTaskIdVerdictsToo() {
        String task = Fleet.newTask("task");
        int wrong = (Shard.of(task, fleet.partitions()) + 1) % fleet.partitions();
        structured(wrong, task, "task.requested", Upstream.request(task, "CONSEIL : quel index ?", 1));
        var waiting = fleet.awaitValidation(task, 1);
        structured(wrong, task, "verdict.given",
                Map.of("taskId", task, "verdict", "ok", "digest", waiting.data().path("digest").asText()));
        fleet.awaitDeliverable(task);
        assertThat(fleet.topic("dead-letters").now(message -> message.isOf(task))).isEmpty();
    }

    private void structured(int partition, String key, String type, Map<String, ?> data) {
        fleet.upstream().send(partition, Upstream.bytes(key),
                Upstream.bytes(Upstream.structured(type, UUID.randomUUID().toString(), data)),
                Map.of("content-type", "application/cloudevents+json"));
    }

    @Test
    void requestWithoutAKeyOrTaskIdIsRoutedByTheIdDerivedFromItsEvent() {
        String event = UUID.randomUUID().toString();
        String task = dev.relais.schemas.event.TaskId.derivedFrom("e2e/foreign", event).value();
        fleet.upstream().send((Shard.of(task, fleet.partitions()) + 1) % fleet.partitions(), null,
                Upstream.bytes(
                        Upstream.structured("task.requested", event, Map.of("request", "CONSEIL : quel index ?", "mode", 2))),
                Map.of("content-type", "application/cloudevents+json; charset=utf-8"));
        fleet.awaitDeliverable(task);
    }

    @Test
    void kcatSubmitsPlainJsonWithItsOwnPartitionerAndJudges() throws Exception {
        Assumptions.assumeTrue(isInstalled("kcat"), "kcat is not installed; .ci/run installs it");
        for (int i = 0; i < 3; i++) {
            String task = Fleet.newTask("kcat");
            kcat(task, Upstream.structured("task.requested", UUID.randomUUID().toString(),
                    Upstream.request(task, "CONSEIL : quel index ?", 1)));
            var waiting = fleet.awaitValidation(task, 1);
            kcat(task, Upstream.structured("verdict.given", UUID.randomUUID().toString(),
                    Map.of("taskId", task, "verdict", "ok", "digest", waiting.data().path("digest").asText())));
            fleet.awaitDeliverable(task);
        }
    }

    /** As the README shows it: keyed, and no header but the content type. librdkafka's default partitioner is not Java's. */
    private void kcat(String key, String json) throws IOException, InterruptedException {
        var process = new ProcessBuilder("kcat", "-P", "-b", fleet.bootstrap(), "-t", Fleet.topicName("requests"), "-k", key,
                "-H",
                "content-type=application/cloudevents+json").redirectErrorStream(true).start();
        try (var input = process.getOutputStream()) {
            input.write(json.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isZero();
    }

    private static boolean isInstalled(String program) {
        try {
            return new ProcessBuilder(program, "-V").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

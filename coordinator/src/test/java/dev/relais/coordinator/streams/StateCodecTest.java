package dev.relais.coordinator.streams;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import dev.relais.coordinator.streams.StateCodec.UnreadableState;
import dev.relais.coordinator.task.Task;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.Usage;
import dev.relais.schemas.event.WorkDispatched.Input;
import dev.relais.schemas.event.WorkerId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The bytes of a task in the store are a contract between releases: what version 1 wrote must be read for ever after. */
final class StateCodecTest {
    private static final Digest DIGEST = new Digest("sha256:" + "0".repeat(64));
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private final StateCodec codec = new StateCodec();

    private static Task task(Task.Phase phase) {
        var request = new TaskRequested("build it", new TaskId("t1"), new AgentName("backend-dev"), "a title", "shop", 1, null,
                null,
                List.of("code"), null, List.of(), null, null, 7, null, List.of(), null, Map.of("team", "red"));
        var raised = new Raised(1, 2, 0);
        var words = new Task.Words(List.of(new Input("a1", InputKind.ANSWER, "use a queue", raised, "architecte")),
                List.of("r1", "a1"),
                List.of(DIGEST));
        return new Task(1, new Task.Origin(request, "hash", "root", "00-a-b-01", TIME), phase, 1, 2, 3, words,
                new Envelope(200, null, null, Duration.ofHours(8)),
                new Task.Spent(4, new Usage(1, 2, 3, 4), new BigDecimal("0.25"), new Usage(5, 6, 7, 8), 60),
                new Task.Trouble(1, false, true, 2, 1), new Task.Prefix(9, TIME, raised),
                List.of(new Task.Child(new ChildId(new TaskId("t1"), raised, new AgentName("architecte")), true)), TIME);
    }

    private static String golden() throws IOException {
        try (var in = Objects.requireNonNull(StateCodecTest.class.getResourceAsStream("task.v1.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    void taskIsWrittenAsVersionOneLaysItOut() throws IOException {
        byte[] bytes = codec.write(task(new Task.Phase.Claimed(new WorkerId("w1"), 5, 42)));
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(golden());
    }

    @Test
    void taskThatVersionOneWroteIsRead() throws IOException {
        assertThat(codec.task(golden().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(task(new Task.Phase.Claimed(new WorkerId("w1"), 5, 42)));
    }

    @Test
    void everyPhaseComesBack() {
        for (Task.Phase phase : List.of(new Task.Phase.AwaitingMode(1), new Task.Phase.Ready(), new Task.Phase.BackingOff(TIME),
                new Task.Phase.Dispatched(3), new Task.Phase.Claimed(new WorkerId("w1"), 1, 2),
                new Task.Phase.AwaitingVerdict(DIGEST, TIME), new Task.Phase.AwaitingAnswer(new Raised(1, 2, 3), TIME),
                new Task.Phase.Ended(TaskState.FAILED, "poison", TIME))) {
            assertThat(codec.task(codec.write(task(phase))).phase()).isEqualTo(phase);
        }
    }

    @Test
    void taskOfALaterReleaseIsNotGuessedAt() throws IOException {
        byte[] later = golden().replace("\"version\":1", "\"version\":2").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> codec.task(later)).isInstanceOf(UnreadableState.class).hasMessageContaining("layout 2");
    }

    @Test
    void bytesThatAreNoStateAreNamed() {
        assertThatThrownBy(() -> codec.read(new byte[]{1}, Task.class)).isInstanceOf(UnreadableState.class)
                .hasMessageContaining("Task");
    }
}

package dev.relais.coordinator.streams;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import dev.relais.coordinator.streams.StateCodec.UnreadableState;
import dev.relais.coordinator.task.Task;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.WorkerId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The bytes of a task in the store are a contract between releases: what version 1 wrote must be read for ever after. */
final class StateCodecTest {
    private final StateCodec codec = new StateCodec();

    private static String golden() throws IOException {
        try (var in = Objects.requireNonNull(StateCodecTest.class.getResourceAsStream("task.v1.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    void taskIsWrittenAsVersionOneLaysItOut() throws IOException {
        byte[] bytes = codec.write(Tasks.inPhase(new Task.Phase.Claimed(new WorkerId("w1"), 5, 42)));
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(golden());
    }

    @Test
    void taskThatVersionOneWroteIsRead() throws IOException {
        assertThat(codec.task(golden().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Tasks.inPhase(new Task.Phase.Claimed(new WorkerId("w1"), 5, 42)));
    }

    @Test
    void thePersonasHashComesBack() throws IOException {
        String hash = "ab".repeat(32);
        Task task = codec.task(golden().replace("\"entries\":9", "\"entries\":9,\"personaHash\":\"" + hash + "\"")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(codec.task(codec.write(task)).prefix().personaHash()).isEqualTo(hash);
    }

    @Test
    void theOwnersThatFellSilentComeBack() throws IOException {
        Task task = codec
                .task(golden().replace("\"faults\":1", "\"faults\":1,\"silent\":[\"w1\"]").getBytes(StandardCharsets.UTF_8));
        assertThat(codec.task(codec.write(task)).trouble().silent()).containsExactly(new WorkerId("w1"));
    }

    @Test
    void everyPhaseComesBack() {
        for (Task.Phase phase : List.of(new Task.Phase.AwaitingMode(1), new Task.Phase.Ready(),
                new Task.Phase.BackingOff(Tasks.TIME),
                new Task.Phase.Dispatched(3), new Task.Phase.Claimed(new WorkerId("w1"), 1, 2),
                new Task.Phase.AwaitingVerdict(Tasks.DIGEST, Tasks.TIME),
                new Task.Phase.AwaitingAnswer(new Raised(1, 2, 3), Tasks.TIME),
                new Task.Phase.Ended(TaskState.FAILED, "poison", Tasks.TIME))) {
            assertThat(codec.task(codec.write(Tasks.inPhase(phase))).phase()).isEqualTo(phase);
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

package dev.relais.coordinator.streams;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.coordinator.streams.StateCodec.UnreadableState;
import dev.relais.coordinator.task.Task;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.WorkerId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The bytes of a task in the store are a contract between releases: a release reads what the one before it wrote. */
final class StateCodecTest {
    private final StateCodec codec = new StateCodec();

    private static final Task TASK = Tasks.inPhase(new Task.Phase.Claimed(new WorkerId("w1"), 5, 42));

    private static String golden(int version) throws IOException {
        try (var in = Objects.requireNonNull(StateCodecTest.class.getResourceAsStream("task.v" + version + ".json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private StoredTask read(String json) {
        return codec.task(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Task task(StoredTask read) {
        return read.task(read.origin());
    }

    @Test
    void taskIsWrittenAsVersionThreeLaysItOut() throws IOException {
        byte[] bytes = codec.write(StoredTask.of(TASK, List.of(7L, 11L), null, 0));
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(golden(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void taskThatVersionsTwoAndThreeWroteIsRead(int version) throws IOException {
        StoredTask read = read(golden(version));
        assertThat(task(read)).isEqualTo(TASK);
        assertThat(read.offsets()).containsExactly(7L, 11L);
    }

    @Test
    void taskThatVersionOneWroteIsReadAndHasItsOffsetsElsewhere() throws IOException {
        StoredTask read = read(golden(1));
        assertThat(task(read)).isEqualTo(TASK);
        assertThat(read.offsets()).isEmpty();
    }

    @Test
    void thePersonasHashComesBack() throws IOException {
        String hash = "ab".repeat(32);
        StoredTask read = read(golden(1).replace("\"entries\":9", "\"entries\":9,\"personaHash\":\"" + hash + "\""));
        assertThat(codec.task(codec.write(read)).prefix().personaHash()).isEqualTo(hash);
    }

    @Test
    void theOwnersThatFellSilentComeBack() throws IOException {
        StoredTask read = read(golden(2).replace("\"faults\":1", "\"faults\":1,\"silent\":[\"w1\"]"));
        assertThat(codec.task(codec.write(read)).trouble().silent()).containsExactly(new WorkerId("w1"));
    }

    @Test
    void everyPhaseComesBack() {
        for (Task.Phase phase : List.of(new Task.Phase.AwaitingMode(1), new Task.Phase.Ready(),
                new Task.Phase.BackingOff(Tasks.TIME),
                new Task.Phase.Dispatched(3), new Task.Phase.Claimed(new WorkerId("w1"), 1, 2),
                new Task.Phase.AwaitingVerdict(Tasks.DIGEST, Tasks.TIME),
                new Task.Phase.AwaitingAnswer(new Raised(1, 2, 3), Tasks.TIME),
                new Task.Phase.Ended(TaskState.FAILED, "poison", Tasks.TIME))) {
            Task task = Tasks.inPhase(phase);
            byte[] written = codec.write(StoredTask.of(task, List.of(), null, 0));
            assertThat(codec.task(written).phase()).isEqualTo(phase);
        }
    }

    /** The release before names the task that it cannot read, and stops, by what it finds where it had each origin. */
    @Test
    void taskWhoseRequestLiesApartIsNamed() {
        StoredTask stored = StoredTask.of(TASK, List.of(), null, 5_000);
        assertThat(stored.origin().request().taskId()).isEqualTo(TASK.id());
        assertThat(stored.origin().request().request()).isEmpty();
        assertThat(codec.task(codec.write(stored)).apart()).isEqualTo(5_000);
    }

    @Test
    void taskOfALaterReleaseIsNotGuessedAt() throws IOException {
        String later = golden(3).replace("\"version\":3", "\"version\":4");
        assertThatThrownBy(() -> read(later)).isInstanceOf(UnreadableState.class).hasMessageContaining("layout 4");
    }

    @Test
    void bytesThatAreNoStateAreNamed() {
        assertThatThrownBy(() -> codec.read(new byte[]{1}, Task.class)).isInstanceOf(UnreadableState.class)
                .hasMessageContaining("Task");
    }
}

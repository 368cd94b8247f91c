package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.schemas.event.CancelRequested;
import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.event.MessageSent;
import dev.relais.schemas.event.TaskCanceled;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskSnapshot;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.topic.Shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Records that came to the wrong partition, or before their task. */
final class MailTest {
    private static final int PARTITIONS = 8;
    private final Rig rig;

    MailTest(@TempDir Path directory) {
        rig = Rig.of(directory, PARTITIONS);
        rig.tick();
        new FakeWorker(rig, "w1", 64).beats();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static String taskOf(int partition) {
        return IntStream.range(0, 1000).mapToObj(i -> "t" + i).filter(id -> Shard.of(id, PARTITIONS) == partition).findFirst()
                .orElseThrow();
    }

    @Test
    void requestOfThisShardIsTaken() {
        rig.request(Asking.task(taskOf(0)));
        assertThat(rig.work()).hasSize(1);
    }

    @Test
    void requestOfAnotherShardIsForwardedOnceAsItIs() {
        String task = taskOf(3);
        String json = "{\"request\":\"x\",\"taskId\":\"" + task + "\"}";

        rig.json("task.requested", json);

        var forwarded = rig.records(rig.topics.requests());
        assertThat(forwarded).singleElement().satisfies(record -> {
            assertThat(record.key()).asString().isEqualTo(task);
            assertThat(record.value()).asString().isEqualTo(json);
            assertThat(new String(record.headers().lastHeader("ce_source").value(), StandardCharsets.UTF_8))
                    .isEqualTo("upstream/test");
        });
        // The driver has one partition and hands the forwarded record back to this shard: a second time it is not forwarded.
        assertThat(rig.buried()).containsExactly("misrouted");
        assertThat(rig.work()).isEmpty();
    }

    @Test
    void wordsThatCameBeforeTheirTaskWaitForIt() {
        String task = taskOf(0);
        rig.request(new CancelRequested(new TaskId(task), null, "ann"));
        assertThat(rig.deadLetters()).isEmpty();

        rig.after(Duration.ofMinutes(9)).request(Asking.task(task));

        assertThat(rig.deliverables()).singleElement()
                .satisfies(written -> assertThat(written.event().data()).isInstanceOf(TaskCanceled.class));
    }

    @Test
    void watchersSeeATaskOnceForARecordHoweverManyWordsWaitedForIt() {
        String task = taskOf(0);
        rig.request(new CancelRequested(new TaskId(task), null, "ann"));
        rig.request(Asking.task(task));
        assertThat(rig.read(rig.topics.tasks())).extracting(written -> ((TaskSnapshot) written.event().data()).state())
                .containsExactly(TaskState.CANCELED);
    }

    @Test
    void wordToNobodyIsBuriedAfterTenMinutesEvenWhileOthersKeepComing() {
        var task = new TaskId(taskOf(0));
        rig.request(new MessageSent(task, "first", null));
        rig.after(Duration.ofMinutes(6)).request(new MessageSent(task, "second", null));

        rig.after(Duration.ofMinutes(3)).tick();
        assertThat(rig.deadLetters()).isEmpty();
        rig.after(Duration.ofMinutes(1)).tick();
        assertThat(rig.deadLetters()).extracting(DeadLetter::reason, DeadLetter::topic, DeadLetter::offset)
                .as("where the word stands, not the tick that buried it")
                .containsExactly(tuple("unknown-task", rig.topics.requests(), 0L));
        rig.after(Duration.ofMinutes(6)).tick();
        assertThat(rig.deadLetters()).extracting(DeadLetter::reason).containsExactly("unknown-task");
    }
}

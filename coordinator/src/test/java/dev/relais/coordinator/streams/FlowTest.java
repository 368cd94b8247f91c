package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.schemas.event.CancelRequested;
import dev.relais.schemas.event.ControlEvent;
import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.InputRecorded;
import dev.relais.schemas.event.ProjectOpened;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.TaskCanceled;
import dev.relais.schemas.event.TaskFailed;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRejected;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.ValidationRequested;
import dev.relais.schemas.event.VerdictGiven;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.wire.Decoded;
import dev.relais.schemas.wire.Extension;

import static org.assertj.core.api.Assertions.assertThat;

/** The way of a task through the real topology, with a worker of straw. */
final class FlowTest {
    private final Rig rig;
    private final FakeWorker worker;

    FlowTest(@TempDir Path directory) {
        rig = Rig.of(directory);
        worker = new FakeWorker(rig, "w1", 8);
        rig.tick();
        worker.beats();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private WorkDispatched only() {
        var work = rig.work();
        assertThat(work).hasSize(1);
        return work.getFirst();
    }

    private WorkDispatched dispatched(String task, int mode) {
        rig.request(Asking.task(task, mode));
        return only();
    }

    @Test
    void automaticTaskIsDeliveredAtOnce() {
        WorkDispatched work = dispatched("t1", 2);

        worker.takes(work).replies(work).delivers(work);

        assertThat(rig.deliverables()).singleElement().satisfies(written -> {
            assertThat(written.key()).isEqualTo("t1");
            assertThat(written.as(DeliverablePublished.class)).isEqualTo(FakeWorker.deliverable(work, "completed", "done"));
        });
        assertThat(rig.read(rig.topics.validations())).isEmpty();
        assertThat(rig.snapshot().state()).isEqualTo(TaskState.COMPLETED);
        assertThat(rig.deadLetters()).isEmpty();
    }

    @Test
    void fromTheFirstClaimOnEveryEventOfATaskCarriesThePersonasHash() {
        String hash = "ab".repeat(32);
        WorkDispatched first = dispatched("t1", 1);
        worker.frames(first, hash).replies(first).delivers(first);
        rig.request("verdict",
                new VerdictGiven(first.taskId(), "changes", FakeWorker.digest(first, "done"), "name it", "ann", null));
        assertThat(rig.records(rig.topics.validations())).isNotEmpty().allMatch(record -> carries(record, hash));
        TestRecord<byte[], byte[]> again = rig.records(rig.topics.inbox(Rig.AGENT)).getLast();
        assertThat(again).matches(record -> carries(record, hash));
        var second = (WorkDispatched) ((Decoded.Accepted) rig.codec.decode(again.headers(), again.key(), again.value())).event()
                .data();
        // Another worker may have another persona: the frame's counts.
        worker.frames(second, "cd".repeat(32)).replies(second).delivers(second);
        rig.request(new VerdictGiven(second.taskId(), "ok", FakeWorker.digest(second, "done"), null, "ann", null));
        assertThat(rig.records(rig.topics.deliverables(Rig.AGENT))).singleElement().matches(record -> carries(record, hash));
    }

    private static boolean carries(TestRecord<byte[], byte[]> record, String hash) {
        var header = record.headers().lastHeader("ce_personahash");
        return header != null && new String(header.value(), StandardCharsets.UTF_8).equals(hash);
    }

    @Test
    void specialisedAgentGoesOnByItselfInModeThree() {
        WorkDispatched work = dispatched("t1", 3);

        worker.takes(work).replies(work).delivers(work);

        assertThat(rig.deliverables()).hasSize(1);
    }

    @Test
    void deliverableWaitsForItsOkInModeOne() {
        WorkDispatched work = dispatched("t1", 1);
        worker.takes(work).replies(work).delivers(work);
        assertThat(rig.deliverables()).isEmpty();
        assertThat(rig.read(rig.topics.validations(), ValidationRequested.class)).singleElement()
                .satisfies(asked -> assertThat(asked.deliverable()).isEqualTo(FakeWorker.deliverable(work, "completed", "done")));

        rig.request(new VerdictGiven(work.taskId(), "ok", FakeWorker.digest(work, "done"), null, "ann", null));

        assertThat(rig.deliverables()).singleElement()
                .satisfies(written -> assertThat(written.as(DeliverablePublished.class).text()).isEqualTo("done"));
        assertThat(rig.snapshot().state()).isEqualTo(TaskState.COMPLETED);
    }

    @Test
    void changesAreDispatchedAsTheNextRoundOfTheSameConversation() {
        WorkDispatched first = dispatched("t1", 1);
        worker.takes(first).replies(first).delivers(first);
        rig.request("verdict",
                new VerdictGiven(first.taskId(), "changes", FakeWorker.digest(first, "done"), "name it", "ann", null));

        WorkDispatched second = only();
        assertThat(second.round()).isEqualTo(2);
        assertThat(second.epoch()).isEqualTo(2);
        assertThat(second.inputs()).singleElement().satisfies(input -> {
            assertThat(input.id()).isEqualTo(Rig.inputId("verdict"));
            assertThat(input.kind()).isEqualTo(InputKind.CHANGES);
            assertThat(input.text()).isEqualTo("name it");
        });
        // tick and beat of the start stand at 0 and 1; claimed, heard, replied, concluded follow.
        assertThat(second.offsets()).containsExactly(2L, 3L, 4L, 5L);

        worker.takes(second).replies(second).delivers(second, "completed", "named");
        rig.request(new VerdictGiven(first.taskId(), "ok", FakeWorker.digest(second, "named"), null, null, null));
        assertThat(rig.deliverables()).singleElement()
                .satisfies(written -> assertThat(written.as(DeliverablePublished.class).text()).isEqualTo("named"));
    }

    @Test
    void refusalEndsTheTask() {
        WorkDispatched work = dispatched("t1", 1);
        worker.takes(work).replies(work).delivers(work);

        rig.request(new VerdictGiven(work.taskId(), "refuse", FakeWorker.digest(work, "done"), "no", "ann", null));

        assertThat(rig.deliverables()).singleElement()
                .satisfies(written -> assertThat(written.as(TaskRejected.class).reason()).isEqualTo("no"));
        assertThat(rig.snapshot().state()).isEqualTo(TaskState.REJECTED);
    }

    @Test
    void i7_verdictOnAnotherDigestChangesNothing() {
        WorkDispatched work = dispatched("t1", 1);
        worker.takes(work).replies(work).delivers(work);
        rig.read(rig.topics.validations());

        rig.request(new VerdictGiven(work.taskId(), "ok", FakeWorker.digest(work, "something else"), null, null, null));

        assertThat(rig.deliverables()).isEmpty();
        assertThat(rig.read(rig.topics.validations(), InputRecorded.class)).extracting(InputRecorded::standing)
                .containsExactly("stale");
    }

    @Test
    void failureIsPublishedAsTheWorkerWroteIt() {
        WorkDispatched work = dispatched("t1", 2);

        worker.takes(work).replies(work).fails(work, "push-refused");

        assertThat(rig.deliverables()).singleElement()
                .satisfies(written -> assertThat(written.as(TaskFailed.class).detail()).isEqualTo("why"));
        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("push-refused");
            assertThat(letter.taskId()).isEqualTo(work.taskId());
            assertThat(letter.redrivable()).isTrue();
        });
    }

    @Test
    void cancelStopsTheRunAndVoidsItsEpoch() {
        WorkDispatched work = dispatched("t1", 2);
        worker.takes(work);

        rig.request(new CancelRequested(work.taskId(), "changed my mind", "ann"));
        worker.replies(work).delivers(work);

        assertThat(rig.deliverables()).singleElement()
                .satisfies(written -> assertThat(written.event().data()).isInstanceOf(TaskCanceled.class));
        assertThat(rig.read(rig.topics.control(), ControlEvent.StopRun.class)).extracting(ControlEvent.StopRun::run)
                .containsExactly(RunKey.of(work.taskId(), 1).toString());
        assertThat(rig.snapshot().state()).isEqualTo(TaskState.CANCELED);
    }

    @Test
    void grantIsGivenToTheClaimThatWantsIt() {
        WorkDispatched work = dispatched("t1", 2);

        worker.claims(work, true);

        assertThat(rig.read(rig.topics.control(), ControlEvent.GrantRun.class)).singleElement()
                .satisfies(grant -> assertThat(grant.worker()).isEqualTo(worker.id()));
    }

    @Test
    void projectTellsItsTasksTheirMode() {
        rig.request(new ProjectOpened("shop", 2, "ann")).request(Asking.task("t1", null, "shop", null));
        assertThat(only().mode()).isEqualTo(2);
    }

    @Test
    void unopenedProjectMeansModeOne() {
        rig.request(Asking.task("t1", null, "shop", null));
        assertThat(only().mode()).isEqualTo(1);
    }

    @Test
    void requestThatNamesNoIdIsTheSameTaskWhenItIsSentAgain() {
        String json = "{\"request\":\"build it\",\"mode\":2}";
        var headers = Rig.headers("ce_specversion", "1.0", "ce_id", "e1", "ce_source", "upstream", "ce_type",
                "dev.relais.task.requested.v1");
        rig.requested(headers, null, json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        rig.requested(headers, null, json.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(only().taskId()).isEqualTo(TaskId.derivedFrom("upstream", "e1"));
        assertThat(rig.deadLetters()).isEmpty();
        assertThat(rig.counted("relais.coordinator.repeated.request")).isEqualTo(1);
    }

    @Test
    void sameIdWithOtherContentIsAConflict() {
        dispatched("t1", 2);

        rig.request(Asking.task("t1", 3));

        assertThat(rig.work()).isEmpty();
        assertThat(rig.buried()).containsExactly("conflict");
    }

    @Test
    void everyEventCarriesWhoCausedItAndTheRootTask() {
        rig.request("r1", Asking.task("t1", 2),
                java.util.Map.of(Extension.CORRELATION, "root", Extension.TRACEPARENT, "00-a-b-01"));
        var work = rig.read(rig.topics.inbox(Rig.AGENT)).getFirst();
        assertThat(work.event().extensions()).containsEntry(Extension.CAUSATION, "r1")
                .containsEntry(Extension.CORRELATION, "root")
                .containsEntry(Extension.TRACEPARENT, "00-a-b-01").containsEntry(Extension.PARTITION_KEY, "t1");

        var dispatched = work.as(WorkDispatched.class);
        worker.takes(dispatched).replies(dispatched).delivers(dispatched);

        assertThat(rig.deliverables().getFirst().event().extensions()).containsEntry(Extension.CAUSATION, "t1/1.3@w1")
                .containsEntry(Extension.CORRELATION, "root");
    }

    @Test
    void forgottenTaskLeavesTheCompactedTopicAndItsIdIsFree() {
        WorkDispatched work = dispatched("t1", 2);
        worker.takes(work).replies(work).delivers(work);
        rig.records(rig.topics.tasks());

        rig.after(java.time.Duration.ofDays(31)).tick();

        assertThat(rig.records(rig.topics.tasks())).singleElement().satisfies(record -> {
            assertThat(record.key()).asString().isEqualTo("t1");
            assertThat(record.value()).isNull();
        });
        worker.beats();
        assertThat(dispatched("t1", 3).epoch()).isEqualTo(1);
    }
}

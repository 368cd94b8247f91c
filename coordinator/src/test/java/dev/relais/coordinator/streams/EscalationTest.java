package dev.relais.coordinator.streams;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.EscalationAnswered;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.InputRecorded;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.ValidationRequested;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.wire.Extension;

import static org.assertj.core.api.Assertions.assertThat;

final class EscalationTest {
    private static final Raised RAISED = new Raised(1, 2, 0);
    private final Rig rig;
    private final FakeWorker worker;
    private final WorkDispatched work;

    EscalationTest(@TempDir Path directory) {
        rig = Rig.of(directory);
        worker = new FakeWorker(rig, "w1", 8);
        rig.livingTicks(1, worker);
        rig.request(Asking.task("t1"));
        work = rig.work().getFirst();
        worker.takes(work).replies(work);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private ChildId child(String receiver) {
        return new ChildId(work.taskId(), RAISED, new AgentName(receiver));
    }

    @Test
    void i8_escalationReachesEveryAgentItsTableNamesOnce() {
        worker.escalates(work, RAISED, "architecte", "chef-equipe");

        for (String agent : new String[]{"architecte", "chef-equipe"}) {
            assertThat(rig.read(rig.topics.inbox(new AgentName(agent)))).singleElement().satisfies(written -> {
                assertThat(written.event().id()).isEqualTo("t1/1.2.0-" + agent);
                assertThat(written.key()).isEqualTo("t1");
            });
        }
        var snapshot = rig.snapshot();
        assertThat(snapshot.state()).isEqualTo(TaskState.INPUT_REQUIRED);
        assertThat(snapshot.children()).containsExactly(child("architecte"), child("chef-equipe"));
    }

    @Test
    void receiverThatNobodyPlaysBecomesChefEquipe() {
        worker.escalates(work, RAISED, "astronaut");
        assertThat(rig.read(rig.topics.inbox(new AgentName("chef-equipe")))).singleElement().satisfies(written -> {
            assertThat(written.event().id()).isEqualTo("t1/1.2.0-astronaut");
            assertThat(written.event().extensions()).containsEntry(Extension.REASON, "unknown-agent");
        });
    }

    @Test
    void answerIsDispatchedToTheConversationThatAsked() {
        worker.escalates(work, RAISED, "architecte");
        rig.request("a1", new EscalationAnswered(child("architecte"), "use a queue", null, null));
        assertThat(rig.work()).singleElement().satisfies(next -> {
            assertThat(next.epoch()).isEqualTo(2);
            assertThat(next.offsets()).hasSize(4);
            assertThat(next.inputs()).singleElement().satisfies(input -> {
                assertThat(input.id()).isEqualTo(Rig.inputId("a1"));
                assertThat(input.kind()).isEqualTo(InputKind.ANSWER);
                assertThat(input.raised()).isEqualTo(RAISED);
            });
        });
    }

    @Test
    void i13_answerThatWasNotHeardIsBroughtAgain() {
        worker.escalates(work, RAISED, "architecte");
        rig.request("a1", new EscalationAnswered(child("architecte"), "use a queue", null, null));
        WorkDispatched second = rig.work().getFirst();
        new FakeWorker(rig, "w2", 8).claims(second, false);
        rig.livingTicks(10, worker);

        WorkDispatched third = rig.work().getFirst();
        assertThat(third.inputs()).extracting(WorkDispatched.Input::id).containsExactly(Rig.inputId("a1"));
        worker.takes(third).yields(third, "shutdown");
        assertThat(rig.work().getFirst().inputs()).isEmpty();
    }

    @Test
    void answerAfterTheEndIsRecordedAsLate() {
        worker.alerts(work, RAISED, "architecte").delivers(work);
        rig.read(rig.topics.validations());
        rig.request("a1", new EscalationAnswered(child("architecte"), "use a queue", null, null));
        assertThat(rig.read(rig.topics.validations(), InputRecorded.class)).extracting(InputRecorded::standing)
                .containsExactly("late");
    }

    @Test
    void blockedDeliverableWaitsForTheAgentThatItAsked() {
        var whole = new Raised(1, 2, Raised.WHOLE_REPLY);
        worker.alerts(work, whole, "architecte").delivers(work, "blocked", "cannot go on");

        assertThat(rig.deliverables()).isEmpty();
        assertThat(rig.read(rig.topics.validations(), ValidationRequested.class)).hasSize(1);
        rig.request("a1",
                new EscalationAnswered(new ChildId(work.taskId(), whole, new AgentName("architecte")), "do", null, null));
        assertThat(rig.work()).singleElement().satisfies(next -> assertThat(next.round()).isEqualTo(2));
    }
}

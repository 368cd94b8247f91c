package dev.relais.worker.run;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.WorkDispatched.Input;
import dev.relais.worker.journal.Entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A worker that is killed at any moment costs no more than the call in flight. */
class ResumeTest {
    /** Claim, request, reply, tools, reply, tools, reply, repair, reply, conclusion. */
    private static final int ENTRIES = 10;

    private static Stage stage() {
        return new Stage(new ScriptedModel(
                Said.answer(Said.text(Said.PERSONA.banner()), Said.read("a"), Said.write("b", "/workspace/src/api.ts", "v1;")),
                Said.answer(Said.write("c", "/workspace/src/api.ts", "v2;")),
                Said.answer(Said.text("C'est fait.")),
                Said.answer(Said.text(Said.done()))));
    }

    static List<Integer> everyMoment() {
        return IntStream.range(0, ENTRIES).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("everyMoment")
    void i4_aResumedRunContinuesFromTheLongestAcceptedPrefix(int accepted) throws InterruptedException {
        Stage untouched = stage();
        untouched.run(Stage.REQUEST);
        Stage killed = killedAt(accepted);
        killed.run(stillToHear(killed));
        DeliverablePublished delivered = killed.delivered();
        assertThat(delivered.text()).isEqualTo(untouched.delivered().text());
        assertThat(delivered.digest()).isEqualTo(untouched.delivered().digest());
        assertThat(delivered.turns()).isEqualTo(untouched.delivered().turns());
        assertThat(killed.remote.snapshots).containsValue(java.util.Map.of("src/api.ts", "v1;v2;"));
    }

    @ParameterizedTest
    @MethodSource("everyMoment")
    void i5_aReplyThatWasAcceptedIsNeverAskedForAgain(int accepted) throws InterruptedException {
        Stage killed = killedAt(accepted);
        long acceptedReplies = killed.entries(JournalEntry.Replied.class).count();
        int askedBefore = killed.model.asked().size();
        assertThat(askedBefore - acceptedReplies).as("only the call in flight is paid twice").isBetween(0L, 1L);
        killed.run(stillToHear(killed));
        assertThat(killed.model.asked().size() - askedBefore).isEqualTo((int) (4 - acceptedReplies));
    }

    @Test
    void resumeFromEveryPrefixTakesTheSameNextStep() throws InterruptedException {
        Stage stage = stage();
        stage.run(Stage.REQUEST);
        assertThat(stage.accepted).hasSize(ENTRIES);
        List<Entry> read = new InMemoryJournal(stage.accepted, 1, 0).read();
        int before = ENTRIES - stage.states.size();
        for (int i = 0; i < stage.states.size(); i++) {
            List<Entry> prefix = read.subList(0, before + i + 1);
            assertThat(RunState.of(prefix)).as("state after %s", prefix.getLast()).isEqualTo(stage.states.get(i));
        }
    }

    @Test
    void toolsWithoutTheirEntryRunAgainFromTheLastSnapshot() throws InterruptedException {
        Stage killed = killedAt(5);
        assertThat(killed.accepted.getLast().body()).isInstanceOf(JournalEntry.Replied.class);
        killed.run();
        assertThat(killed.entries(JournalEntry.ToolsRan.class)).hasSize(2);
        assertThat(killed.remote.snapshots.values()).contains(java.util.Map.of("src/api.ts", "v1;v2;"))
                .noneMatch(files -> files.containsValue("v1;v2;v2;"));
    }

    @Test
    void commandsThatMayHaveReachedOutTwiceAreNamedToThePersona() throws InterruptedException {
        assertThat(resultsAfterACrash("open")).containsExactly("Read ran", TwiceRule.NOTE + "Bash ran");
        assertThat(resultsAfterACrash("none")).containsExactly("Read ran", "Bash ran");
    }

    private static List<String> resultsAfterACrash(String network) throws InterruptedException {
        Stage stage = new Stage(new ScriptedModel(
                Said.answer(Said.text(Said.PERSONA.banner()), Said.read("a"), Said.bash("b", "curl -X POST shop")),
                Said.answer(Said.text(Said.done()))));
        stage.network = network;
        assertThatThrownBy(() -> stage.run(3, Stage.REQUEST)).isInstanceOf(InMemoryJournal.Died.class);
        stage.run();
        return stage.entries(JournalEntry.ToolsRan.class).findFirst().orElseThrow().results().stream()
                .map(JournalEntry.ToolOutcome::content).toList();
    }

    private static Stage killedAt(int accepted) {
        Stage stage = stage();
        assertThatThrownBy(() -> stage.run(accepted, Stage.REQUEST)).isInstanceOf(InMemoryJournal.Died.class);
        assertThat(stage.accepted).hasSize(accepted);
        return stage;
    }

    /** The coordinator gives an input again until its {@code heard} is accepted. */
    private static Input[] stillToHear(Stage stage) {
        boolean heard = stage.entries(JournalEntry.Heard.class).anyMatch(entry -> entry.input().equals(Stage.REQUEST.id()));
        return heard ? new Input[0] : new Input[]{Stage.REQUEST};
    }
}

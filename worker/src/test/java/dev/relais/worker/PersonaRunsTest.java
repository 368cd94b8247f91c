package dev.relais.worker;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.JournalEntry.Frame;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.JournalReader;
import dev.relais.worker.model.Answer;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.Personas;
import dev.relais.worker.persona.Work;
import dev.relais.worker.run.RunEvents;
import dev.relais.worker.run.TaskRun.Left;
import dev.relais.worker.workspace.GitWorkspaces;

import static org.assertj.core.api.Assertions.assertThat;

/** What a later epoch goes on with: the task's own frame, whatever persona this worker has. */
class PersonaRunsTest {
    private static final Persona FRAMED = Personas.parsed("---\nname: framed\ndescription: Began the task.\n---\nYou build.\n");
    private static final WorkDispatched.Input CHANGES = new WorkDispatched.Input("v1", InputKind.CHANGES, "smaller", null, "ann");

    private final List<JournalEntry> appended = new ArrayList<>();
    private final Path directory;

    PersonaRunsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Left run(JournalReader.Prefix prefix) throws InterruptedException {
        var around = new PersonaRuns.Surroundings((_, _) -> prefix,
                _ -> new Answer.Failed(Answer.Failure.UNAVAILABLE, "nobody is there"),
                new GitWorkspaces(directory, new WorkerId("w.1"), Optional.empty()), RunEvents.NONE,
                InstantSource.system());
        var runs = new PersonaRuns(Personas.shipped(), "host", new PersonaRuns.Tools(List.of(), List.of(), List.of()), around);
        WorkDispatched first = Work.plain(2);
        var work = new WorkDispatched(first.taskId(), 2, 2, first.agent(), first.request(), 1, List.of(CHANGES), 0, List.of(4L),
                first.envelope(), 0, false);
        return runs.run(work, List.of(new Entry(2, 0, new JournalEntry.Claimed("host", null))), entry -> {
            appended.add(entry);
            return new Entry(2, appended.size(), entry);
        }, () -> {});
    }

    private static JournalReader.Prefix framed() {
        var frame = new Frame(1, FRAMED.text(), FRAMED.hash(), JsonNodeFactory.instance.arrayNode(), "model", 1_000,
                "/workspace");
        return new JournalReader.Prefix.Read(List.of(new Entry(1, 0, new JournalEntry.Claimed("other", frame))));
    }

    @Test
    void inputOfALaterEpochIsSaidInTheVoiceOfTheFramesPersona() throws InterruptedException {
        assertThat(run(framed())).isInstanceOf(Left.Yielding.class);

        assertThat(appended).singleElement().isInstanceOfSatisfying(JournalEntry.Heard.class, heard -> {
            assertThat(heard.input()).isEqualTo("v1");
            assertThat(heard.text()).contains("smaller").contains("Verdict on your deliverable", "DELIVERABLE — framed")
                    .doesNotContain("backend-dev");
        });
    }

    /** Unheard, the input would have the coordinator dispatch the task again, to fail again. */
    @Test
    void taskWhoseJournalIsGoneHearsWhatWaitedAndFails() throws InterruptedException {
        run(new JournalReader.Prefix.Gone(4, "offset 4 is gone"));

        assertThat(appended).hasSize(2);
        assertThat(appended.getFirst()).isInstanceOf(JournalEntry.Heard.class);
        assertThat(appended.getLast()).isInstanceOfSatisfying(JournalEntry.Concluded.class,
                concluded -> assertThat(concluded.conclusion()).isInstanceOfSatisfying(Conclusion.Failed.class,
                        failed -> assertThat(failed.failure().reason()).isEqualTo("journal-gone")));
    }
}

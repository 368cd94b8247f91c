package dev.relais.worker.kafka;

import java.util.List;

import dev.relais.schemas.event.JournalEntry.Frame;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.journal.Admission;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.RunJournal;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.run.TaskRun;

/** Makes and runs what a claim asks for. */
public interface RunFactory {
    /** The worker's own persona: new tasks are framed with it. */
    Persona persona();

    /** What a task's first claim fixes for all its epochs. */
    Frame frame();

    String host();

    /**
     * Runs to the end.
     *
     * @param claimed this epoch's claim and inputs, durable
     * @param admission awaited before each call, tool and push
     */
    TaskRun.Left run(WorkDispatched work, List<Entry> claimed, RunJournal journal, Admission admission)
            throws InterruptedException;
}

package dev.relais.deploy.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.DeliverablePublished.PersonaRef;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.Usage;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.Seams;
import dev.relais.worker.Worker;
import dev.relais.worker.WorkerMain;
import dev.relais.worker.journal.Admission;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.RunJournal;
import dev.relais.worker.kafka.RunFactory;
import dev.relais.worker.run.TaskRun;

/** A composition root: a worker whose runs deliver at once and do no work, so that only the relay itself is seen. */
final class IdleWorker {
    private IdleWorker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(WorkerMain.run(System.getenv(), new Seams(UnaryOperator.identity(), UnaryOperator.identity(), IdleRuns::new,
                UnaryOperator.identity(), Worker::messagesApi)));
    }

    private record IdleRuns(RunFactory runs) implements OtherRuns {
        @Override
        public TaskRun.Left run(WorkDispatched work, List<Entry> claimed, RunJournal journal, Admission admission)
                throws InterruptedException {
            var digest = Digest.of(work.taskId(), work.round(), "", "");
            journal.append(new JournalEntry.Concluded(new Conclusion.Delivered(new DeliverablePublished(work.taskId(),
                    work.agent(), work.round(), null, List.of(), "completed", "unverified", null, "Rien à faire.", List.of(),
                    null, null,
                    null, digest, Usage.NONE, null, 0, Duration.ZERO, persona().model(),
                    new PersonaRef(persona().name(), persona().hash())))));
            return new TaskRun.Left.WithOutcome("delivered");
        }
    }
}

package dev.relais.deploy.crash;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.Seams;
import dev.relais.worker.Worker;
import dev.relais.worker.WorkerMain;
import dev.relais.worker.journal.Admission;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.RunJournal;
import dev.relais.worker.kafka.RunFactory;
import dev.relais.worker.run.TaskRun;

/** A composition root: a worker that one kind of task kills, as one that exhausts its memory would. */
final class PoisonedWorker {
    static final String POISON = "POISON";

    private PoisonedWorker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(WorkerMain.run(System.getenv(), new Seams(UnaryOperator.identity(), UnaryOperator.identity(), DyingRuns::new,
                UnaryOperator.identity(), Worker::messagesApi)));
    }

    private record DyingRuns(RunFactory runs) implements OtherRuns {
        @Override
        public TaskRun.Left run(WorkDispatched work, List<Entry> claimed, RunJournal journal, Admission admission)
                throws InterruptedException {
            if (work.request().request().contains(POISON)) {
                Runtime.getRuntime().halt(Fuse.HALTED);
            }
            return runs.run(work, claimed, journal, admission);
        }
    }
}

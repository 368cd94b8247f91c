package dev.relais.deploy.crash;

import java.util.List;

import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.journal.Admission;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.RunJournal;
import dev.relais.worker.kafka.RunFactory;
import dev.relais.worker.run.TaskRun;

/** Runs whose journal passes the fuse with every entry that is durable. */
record FusedRuns(RunFactory runs, Fuse fuse) implements OtherRuns {
    @Override
    public TaskRun.Left run(WorkDispatched work, List<Entry> claimed, RunJournal journal, Admission admission)
            throws InterruptedException {
        fuse.pass(CrashPoint.AFTER_CLAIM);
        return runs.run(work, claimed, entry -> {
            Entry durable = journal.append(entry);
            passed(entry);
            return durable;
        }, admission);
    }

    private void passed(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.Replied _ -> fuse.pass(CrashPoint.AFTER_REPLIED);
            case JournalEntry.ToolsRan _ -> fuse.pass(CrashPoint.AFTER_TOOLS_RAN);
            case JournalEntry.Concluded _ -> fuse.pass(CrashPoint.AFTER_CONCLUDED);
            case JournalEntry.Claimed _,JournalEntry.Heard _,JournalEntry.Alerted _,JournalEntry.Yielded _ -> {
            }
        }
    }
}

package dev.relais.worker.kafka;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.relais.schemas.event.JournalEntry;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.RunJournal;

/**
 * The journal of a suspect, which runs alone among its worker's suspects until its first entry that is neither claimed nor heard is durable: that
 * entry clears it (rule 9), and the next suspect may begin.
 */
final class SuspectTurn implements RunJournal, AutoCloseable {
    private final Semaphore turn;
    private final RunJournal journal;
    private final AtomicBoolean over = new AtomicBoolean();

    private SuspectTurn(Semaphore turn, RunJournal journal) {
        this.turn = turn;
        this.journal = journal;
    }

    static SuspectTurn await(Semaphore turn, RunJournal journal) throws InterruptedException {
        turn.acquire();
        return new SuspectTurn(turn, journal);
    }

    @Override
    public Entry append(JournalEntry entry) throws InterruptedException {
        Entry durable = journal.append(entry);
        if (!(entry instanceof JournalEntry.Claimed) && !(entry instanceof JournalEntry.Heard)) {
            close();
        }
        return durable;
    }

    @Override
    public void close() {
        if (over.compareAndSet(false, true)) {
            turn.release();
        }
    }
}

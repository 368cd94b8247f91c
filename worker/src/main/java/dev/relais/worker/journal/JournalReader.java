package dev.relais.worker.journal;

import java.util.List;

/** Reads what the coordinator accepted of a task. */
public interface JournalReader {
    /** What reading came to. */
    sealed interface Prefix {
        record Read(List<Entry> entries) implements Prefix {
            public Read {
                entries = List.copyOf(entries);
            }
        }

        /** An accepted entry is not there any more: the task fails as {@code journal-gone}, and never starts afresh (rule 7). */
        record Gone(long offset, String detail) implements Prefix {}
    }

    /** @param offsets ascending; exactly these are read */
    Prefix read(int partition, List<Long> offsets) throws InterruptedException;
}

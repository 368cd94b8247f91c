package dev.relais.worker.toolkit;

import java.util.Optional;

import dev.relais.schemas.event.JournalEntry.FileSeen;
import dev.relais.worker.tool.KnownFiles;

/** Whether the conversation knows a file well enough to change it: by content, never by time (rule 4). */
final class ReadFirstRule {
    static final String UNREAD = "File has not been read yet. Read it first before writing to it.";
    static final String CHANGED = "File has been modified since it was read. Read it again before writing to it.";

    private ReadFirstRule() {}

    enum Knowledge {
        /** The content is what the conversation has seen whole, or wrote. */
        CURRENT,
        /** It was seen whole, and something changed it since: a command, mostly. */
        CHANGED,
        /** Never seen, or in part only. */
        UNREAD
    }

    /** @param hash of the content now */
    static Knowledge of(Optional<FileSeen> seen, String hash) {
        if (seen.isEmpty() || seen.get().access().equals(KnownFiles.PARTIAL) || seen.get().hash() == null) {
            return Knowledge.UNREAD;
        }
        return hash.equals(seen.get().hash()) ? Knowledge.CURRENT : Knowledge.CHANGED;
    }
}

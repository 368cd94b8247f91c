package dev.relais.worker.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.Decoded;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.RunJournal;
import dev.relais.worker.persona.Work;

/** A journal that keeps what it is given as the wire would, and dies when it is told to. */
final class InMemoryJournal implements RunJournal {
    private static final WorkerId WORKER = new WorkerId("test.1");
    private final EventCodec codec = new EventCodec();
    private final List<Entry> accepted;
    private final int diesAt;
    private final int epoch;
    private int next;

    /** The worker is gone: nothing after this has happened. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param accepted of earlier epochs; what is appended is added there
     * @param diesAt how many entries of all epochs it takes
     */
    InMemoryJournal(List<Entry> accepted, int epoch, int diesAt) {
        this(accepted, epoch, diesAt, 0);
    }

    /** @param next sequence number: where an epoch's claim was written before */
    InMemoryJournal(List<Entry> accepted, int epoch, int diesAt, int next) {
        this.accepted = accepted;
        this.epoch = epoch;
        this.diesAt = diesAt;
        this.next = next;
    }

    @Override
    public Entry append(JournalEntry entry) {
        if (accepted.size() >= diesAt) {
            throw new Died();
        }
        var place = new Entry(epoch, next++, entry);
        accepted.add(place);
        return place;
    }

    /** What a resuming worker reads. */
    List<Entry> read() {
        var read = new ArrayList<Entry>();
        for (Entry entry : accepted) {
            read.add(new Entry(entry.epoch(), entry.sequence(), overTheWire(entry)));
        }
        return read;
    }

    private JournalEntry overTheWire(Entry entry) {
        var headers = EntryHeader.extensions(entry.body(), entry.epoch(), WORKER, entry.sequence(), 0);
        var task = Work.plain(1).taskId();
        var sent = codec.toRecord("journal", 0,
                new Event<>("id", "test", task.value(), Instant.EPOCH, headers, entry.body()));
        return switch (codec.decode(sent.headers(), sent.key(), sent.value())) {
            case Decoded.Accepted accepts when accepts.event().data() instanceof JournalEntry body -> body;
            case Decoded other -> throw new AssertionError(other.toString());
        };
    }
}

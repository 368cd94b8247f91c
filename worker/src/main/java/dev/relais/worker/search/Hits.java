package dev.relais.worker.search;

import java.util.ArrayList;
import java.util.List;

/** Entries in their order: the first ones are kept, all are counted. */
public final class Hits {
    /** Of all entries together, in characters. */
    private static final int MOST_CHARS = 8 << 20;

    private final int keep;
    private final List<String> kept = new ArrayList<>();
    private int chars;
    private boolean full;
    private long entries;
    private long files;
    private long matches;
    private int binaries;
    private final List<String> notices = new ArrayList<>();
    private boolean late;

    Hits(int keep) {
        this.keep = keep;
    }

    void entry(String entry) {
        entries++;
        full |= kept.size() >= keep || chars + entry.length() > MOST_CHARS;
        if (!full) {
            kept.add(entry);
            chars += entry.length();
        }
    }

    /** Whether the text of further entries is of no use. */
    boolean isFull() {
        return full;
    }

    /** An entry that will not be shown. */
    void more() {
        entries++;
    }

    void file(long matchesInIt) {
        files++;
        matches += matchesInIt;
    }

    void binary() {
        binaries++;
    }

    void notice(String notice) {
        if (notices.size() < 10) {
            notices.add(notice);
        }
    }

    void late() {
        late = true;
    }

    void add(Hits later) {
        later.kept.forEach(this::entry);
        full |= later.full;
        entries = entries - later.kept.size() + later.entries;
        files += later.files;
        matches += later.matches;
        binaries += later.binaries;
        later.notices.forEach(this::notice);
        late |= later.late;
    }

    /** The first entries, no more than were asked for. */
    public List<String> kept() {
        return List.copyOf(kept);
    }

    /** All that were found, kept or not. */
    public long entries() {
        return entries;
    }

    /** Those with a match, where matches are counted. */
    public long files() {
        return files;
    }

    public long matches() {
        return matches;
    }

    /** Files that were left out because they hold a NUL byte. */
    public int binaries() {
        return binaries;
    }

    public List<String> notices() {
        return List.copyOf(notices);
    }

    /** Whether the time was up before all was looked at. */
    public boolean isLate() {
        return late;
    }
}

package dev.relais.deploy.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.relais.deploy.simulation.Log.Stored;
import dev.relais.schemas.event.Beat;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.Tick;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventType;

/** What the journal says by itself of ticks, workers and their beats, up to any record of it: rules 2, 3 and 11 without the coordinator. */
final class JournalReading {
    static final int LEASE_TICKS = 10;

    private final long tickMillis;
    private final Map<Integer, List<Line>> partitions = new HashMap<>();

    JournalReading(long tickMillis) {
        this.tickMillis = tickMillis;
    }

    /** A record, for what it says of its worker. */
    private sealed interface Line {
        record Ticked(long appended) implements Line {}

        record Beaten(String worker, int capacity, int free, Set<String> runs) implements Line {}

        record Written(String worker, RunKey run, boolean isClaim) implements Line {}
    }

    /** Counted ticks: of those less than half an interval apart, one. */
    private final class Ticks {
        private long counted;
        private long lastAt = Long.MIN_VALUE / 8;

        boolean take(Line.Ticked tick) {
            boolean counts = 2 * Math.abs(tick.appended() - lastAt) >= tickMillis;
            if (counts) {
                counted++;
                lastAt = tick.appended();
            }
            return counts;
        }
    }

    /**
     * The workers that live, by their last beats.
     *
     * @param isTick whether the last record is a tick that counts
     */
    record Fleet(int capacity, int free, boolean isTick) {}

    /** @param since the tick at which it was heard first, after it was silent if it ever was */
    private record Seen(long since, long tick, int capacity, int free) {}

    /** Who lives, record by record. */
    private final class Following {
        private final Ticks ticks = new Ticks();
        private final Map<String, Seen> workers = new HashMap<>();
        private boolean isTick;

        Following(List<Line> lines) {
            lines.forEach(this::follow);
        }

        private void follow(Line line) {
            isTick = line instanceof Line.Ticked tick && ticks.take(tick);
            long now = ticks.counted;
            switch (line) {
                case Line.Ticked _ -> workers.values().removeIf(seen -> now - seen.tick() >= LEASE_TICKS);
                case Line.Beaten beaten -> workers.merge(beaten.worker(), new Seen(now, now, beaten.capacity(), beaten.free()),
                        (was, is) -> new Seen(was.since(), now, is.capacity(), is.free()));
                case Line.Written written -> workers.merge(written.worker(), new Seen(now, now, 0, 0),
                        (was, _) -> new Seen(was.since(), now, was.capacity(), was.free()));
            }
        }
    }

    /** As the shard has to see it when it has taken this record. */
    Fleet fleet(Stored last) {
        var following = new Following(upTo(last));
        return new Fleet(following.workers.values().stream().mapToInt(Seen::capacity).sum(),
                following.workers.values().stream().mapToInt(Seen::free).sum(), following.isTick);
    }

    /**
     * The workers that have been heard for this many ticks since they were last silent.
     *
     * @param last at which runs are lost: a tick, before which they lived, or a beat
     */
    Set<WorkerId> heardFor(long ticks, Stored last) {
        List<Line> lines = upTo(last);
        boolean isTick = lines.getLast() instanceof Line.Ticked;
        var following = new Following(isTick ? lines.subList(0, lines.size() - 1) : lines);
        return following.workers.entrySet().stream()
                .filter(worker -> worker.getValue().tick() - worker.getValue().since() >= ticks)
                .map(worker -> new WorkerId(worker.getKey())).collect(Collectors.toSet());
    }

    void read(Site site, Stored record) {
        List<Line> lines = partitions.computeIfAbsent(record.partition(), _ -> new ArrayList<>());
        EventType type = EventType.named(Site.text(record, "ce_type")).orElseThrow();
        lines.add(switch (EntryHeader.read(type, record.headers())) {
            case EntryHeader.Reading.Read(EntryHeader header) -> new Line.Written(header.owner().value(),
                    RunKey.of(header.task(), header.epoch()), type == EventType.RUN_CLAIMED && header.sequence() == 0);
            case EntryHeader.Reading.Malformed _ -> switch (site.decoded(record)) {
                case Tick _ -> new Line.Ticked(record.appended());
                case Beat beat -> new Line.Beaten(Site.text(record, "ce_subject"), beat.capacity(), beat.free(),
                        new HashSet<>(beat.runs()));
                default -> throw new World.Broken("no journal holds " + type);
            };
        });
    }

    private List<Line> upTo(Stored record) {
        return partitions.getOrDefault(record.partition(), List.of()).subList(0, Math.toIntExact(record.offset() + 1));
    }

    /** How many counted beats in a row, up to this one, did not name a run that the worker had claimed: of one tick's beats, one counts. */
    int unnamed(Stored beat, String worker, RunKey run) {
        var ticks = new Ticks();
        boolean isClaimed = false;
        long lastBeat = -1;
        int unnamed = 0;
        for (Line line : upTo(beat)) {
            switch (line) {
                case Line.Ticked tick -> ticks.take(tick);
                case Line.Written written -> isClaimed |= written.isClaim() && written.run().equals(run)
                        && written.worker().equals(worker);
                case Line.Beaten beaten when beaten.worker().equals(worker) -> {
                    if (beaten.runs().contains(run.toString())) {
                        unnamed = 0;
                    } else if (isClaimed && ticks.counted > lastBeat) {
                        unnamed++;
                    }
                    lastBeat = ticks.counted;
                }
                case Line.Beaten _ -> {
                }
            }
        }
        return unnamed;
    }
}

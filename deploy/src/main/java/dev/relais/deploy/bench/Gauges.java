package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The curves of one endurance run: what must be level, and what grows with each finished task. One thread looks; another reports after it ended. */
final class Gauges {
    private static final double MIB = 1024.0 * 1024;
    /** Percent over the whole run. */
    private static final double LEVEL = 5;
    private static final int SECONDS_PER_HOUR = 3_600;
    /** Of the looks, one is at the heaps: a full collection each time. */
    private static final int LOOKS_PER_COLLECTION = 6;

    private final Duration span;
    private final Path data;
    private final Path topics;
    private final Map<String, Curve> level = new LinkedHashMap<>();
    private final Map<String, Curve> resident = new LinkedHashMap<>();
    private final Map<String, Curve> perTask = new LinkedHashMap<>();
    private final AtomicReference<IOException> fault = new AtomicReference<>();

    /**
     * Without a point yet.
     *
     * @param data where coordinator and worker write
     * @param topics where the broker does
     */
    Gauges(Duration span, Path data, Path topics) {
        this.span = span;
        this.data = data;
        this.topics = topics;
    }

    /** @param number of the look, from 0 */
    void look(int number, double seconds, Fleet fleet) throws IOException {
        if (number % LOOKS_PER_COLLECTION == 0) {
            for (var part : fleet.live().entrySet()) {
                level(part.getKey() + ", live heap, MiB", seconds, part.getValue() / MIB);
            }
        }
        for (var part : fleet.use().entrySet()) {
            ProcessUse use = part.getValue();
            resident.computeIfAbsent(part.getKey() + ", resident memory, MiB", _ -> new Curve())
                    .add(seconds, use.residentBytes() / MIB);
            level(part.getKey() + ", threads", seconds, use.threads());
            level(part.getKey() + ", open files", seconds, use.openFiles());
        }
        double finished = (double) fleet.load().finished();
        long workspaces = DiskUse.bytes(data.resolve("workspaces"));
        long snapshots = DiskUse.bytes(data.resolve("workspace.git"));
        level("workspaces on disk, MiB", seconds, workspaces / MIB);
        perTask("snapshots, workspace.git", finished, snapshots);
        perTask("coordinator's state", finished, DiskUse.bytes(data) - workspaces - snapshots);
        perTask("broker's topics", finished, DiskUse.bytes(topics));
    }

    void failed(IOException e) {
        fault.set(e);
    }

    private void level(String what, double seconds, double value) {
        level.computeIfAbsent(what, _ -> new Curve()).add(seconds, value);
    }

    private void perTask(String what, double finished, long bytes) {
        perTask.computeIfAbsent(what, _ -> new Curve()).add(finished, (double) bytes);
    }

    void report(Told told) {
        IOException unseen = fault.get();
        if (unseen != null) {
            throw new BenchFailed("what the parts use could not be read: " + unseen);
        }
        level.forEach((what, curve) -> {
            told.figure(Figure.of(Part.ENDURANCE, what + ", mean", curve.mean(), ""));
            told.figure(Figure.of(Part.ENDURANCE, what + ", slope", curve.slope() * SECONDS_PER_HOUR, "an hour"));
            told.figure(Figure.of(Part.ENDURANCE, what + ", fitted change over " + span.toMinutes() + " min", curve.drift(), "%",
                    new Target.AtMost(LEVEL)));
        });
        // Not judged: a heap takes what it may before it collects, and pages of files count too.
        resident.forEach((what, curve) -> {
            told.figure(Figure.of(Part.ENDURANCE, what + ", mean", curve.mean(), ""));
            told.figure(Figure.of(Part.ENDURANCE, what + ", slope", curve.slope() * SECONDS_PER_HOUR, "an hour"));
        });
        perTask.forEach((what, curve) -> told.figure(
                Figure.of(Part.ENDURANCE, what + ", a finished task", curve.slope(), "bytes")));
    }
}

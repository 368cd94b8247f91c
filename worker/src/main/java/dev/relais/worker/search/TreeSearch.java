package dev.relais.worker.search;

import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

import dev.relais.worker.regex.Patience;

/** Searches many files side by side and gives their hits in the files' order, until the time is up. */
public final class TreeSearch implements AutoCloseable {
    private static final int FILES_A_BATCH = 64;
    private static final long BYTES_A_BATCH = 4 << 20;

    private final Query query;
    private final UnaryOperator<String> names;
    private final InstantSource clock;
    private final Instant end;
    private final int width = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);
    private final ExecutorService threads = Executors.newFixedThreadPool(width,
            Thread.ofPlatform().daemon().name("grep-", 0).factory());
    private final Deque<Future<Hits>> running = new ArrayDeque<>();
    private final Hits all;
    private List<Item> batch = new ArrayList<>();
    private long batchBytes;

    private record Item(Path file, String path, long size) {}

    /** Ends a search whose time is up, or whose run is stopped. */
    private static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Over() {
            super("the search is over", null, false, false);
        }
    }

    /**
     * Without a file yet.
     *
     * @param names how a path from the workspace's top is shown
     * @param end after which no more is looked at
     */
    public TreeSearch(Query query, UnaryOperator<String> names, InstantSource clock, Instant end) {
        this.query = query;
        this.names = names;
        this.clock = clock;
        this.end = end;
        this.all = new Hits(query.keep());
    }

    /** @return whether to go on */
    public boolean add(Path file, String path, long size) throws InterruptedException {
        batch.add(new Item(file, path, size));
        batchBytes += size;
        if (batch.size() >= FILES_A_BATCH || batchBytes >= BYTES_A_BATCH) {
            submit();
        }
        return !all.isLate();
    }

    /** The time is up: what was found so far is all. */
    public void giveUp() {
        all.late();
    }

    private void submit() throws InterruptedException {
        List<Item> files = batch;
        batch = new ArrayList<>();
        batchBytes = 0;
        Callable<Hits> search = () -> search(files);
        running.add(threads.submit(search));
        while (running.size() > width * 2) {
            take();
        }
    }

    private void take() throws InterruptedException {
        try {
            Hits next = running.remove().get();
            if (!all.isLate()) {
                all.add(next);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a search failed", e);
        }
    }

    private Hits search(List<Item> files) {
        var hits = new Hits(query.keep());
        Patience patience = () -> {
            if (Thread.currentThread().isInterrupted() || clock.instant().isAfter(end)) {
                throw new Over();
            }
        };
        try {
            var search = new FileSearch(query, hits, patience);
            for (Item item : files) {
                patience.check();
                search.file(item.file(), names.apply(item.path()), item.size());
            }
        } catch (Over | ClosedByInterruptException e) {
            hits.late();
        }
        return hits;
    }

    /** What was found, when all files have been looked at or the time is up. */
    public Hits hits() throws InterruptedException {
        submit();
        while (!running.isEmpty()) {
            take();
        }
        return all;
    }

    /** Whatever is still looked at is given up. */
    @Override
    public void close() {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        threads.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

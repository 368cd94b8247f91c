package dev.relais.deploy.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Looks at the CPU of worker and coordinator, again and again, in a thread of its own: whoever counts replies has enough to do. */
final class CpuWatch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Fleet fleet;
    private final InstantSource clock = InstantSource.system();
    private final CpuCourse course = new CpuCourse();
    private final AtomicReference<Exception> fault = new AtomicReference<>();
    private final Thread thread;

    private CpuWatch(Fleet fleet) {
        this.fleet = fleet;
        this.thread = Thread.ofPlatform().name("cpu-watch").unstarted(this::watch);
    }

    static CpuWatch start(Fleet fleet) {
        var watch = new CpuWatch(fleet);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (true) {
                look();
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            fault.set(e);
        }
    }

    private void look() throws IOException {
        course.add(clock.millis(), fleet.worker().use().working().plus(fleet.coordinator().use().working()));
    }

    /** Ends it, with a last look. */
    CpuCourse end() throws IOException, InterruptedException {
        thread.interrupt();
        thread.join();
        Exception unseen = fault.get();
        if (unseen != null) {
            throw new BenchFailed("what worker and coordinator use could not be read: " + unseen);
        }
        look();
        return course;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}

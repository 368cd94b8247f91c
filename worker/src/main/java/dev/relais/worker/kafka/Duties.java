package dev.relais.worker.kafka;

import java.util.ArrayList;
import java.util.List;

/** Duties that start and leave together. */
public final class Duties {
    private final List<DutyRunner> runners = new ArrayList<>();
    private final List<AutoCloseable> closeables = new ArrayList<>();

    public void start(WorkFeed feed) {
        runners.add(DutyRunner.start(feed));
        closeables.add(feed);
    }

    public void start(ControlFeed feed) {
        runners.add(DutyRunner.start(feed));
        closeables.add(feed);
    }

    public void start(Heartbeat heartbeat) {
        runners.add(DutyRunner.start(heartbeat));
    }

    public void start(FaultCheck check) {
        runners.add(DutyRunner.start(check));
    }

    public void start(Housekeeping housekeeping) {
        runners.add(DutyRunner.start(housekeeping));
    }

    /** The duties that ended although nobody closed them. */
    public List<String> dead() {
        return runners.stream().filter(runner -> !runner.isAlive()).map(DutyRunner::roleName).toList();
    }

    public void close() throws InterruptedException {
        for (DutyRunner runner : runners) {
            runner.close();
        }
        for (AutoCloseable closeable : closeables) {
            close(closeable);
        }
    }

    private static void close(AutoCloseable closeable) throws InterruptedException {
        try {
            closeable.close();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a duty could not be closed", e);
        }
    }
}

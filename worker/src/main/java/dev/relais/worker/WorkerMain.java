package dev.relais.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import dev.relais.schemas.setting.Settings;

/** {@code relais worker}: prints a line beginning {@code ready} when it is, logs to standard error, ends with 0 on SIGTERM. */
public final class WorkerMain {
    private static final int REFUSED = 2;
    private static final Duration START = Duration.ofMinutes(5);

    private WorkerMain() {}

    static void main() throws InterruptedException, IOException {
        System.exit(run(System.getenv()));
    }

    /** @return the exit code: 0 after a stop, 1 where it does not come up, 2 for refused settings */
    public static int run(Map<String, String> environment) throws InterruptedException, IOException {
        return run(environment, Seams.PLAIN);
    }

    public static int run(Map<String, String> environment, Seams seams) throws InterruptedException, IOException {
        return switch (Settings.load(environment, null)) {
            case Settings.Loaded.Refused refused -> {
                refused.problems().forEach(System.err::println);
                yield REFUSED;
            }
            case Settings.Loaded.Valid(Settings settings) -> serve(settings, seams);
        };
    }

    /** A JVM that a signal stops ends with 128 + its number unless it is halted: a part that was told to stop and did ends with 0. */
    private static void stop(Thread starting, CountDownLatch started, CountDownLatch stopped, CountDownLatch closed) {
        boolean bySignal = closed.getCount() > 0;
        stopped.countDown();
        if (bySignal && started.getCount() > 0) {
            // It may be waiting for a broker that never comes.
            starting.interrupt();
        }
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (bySignal) {
            Runtime.getRuntime().halt(0);
        }
    }

    private static int serve(Settings settings, Seams seams) throws InterruptedException, IOException {
        var started = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        Thread starting = Thread.currentThread();
        var hook = new Thread(() -> stop(starting, started, stopped, closed), "relais-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try (var worker = Worker.start(settings, seams)) {
            if (!worker.awaitReady(START)) {
                System.err.println("no beat was written within " + START.toMinutes()
                        + " minutes; does the broker at " + settings.bootstrapServers()
                        + " take records on " + settings.topics().journal() + "?");
                return 1;
            }
            started.countDown();
            System.out.println(
                    "ready worker " + worker.id() + " management http://localhost:" + worker.managementPort());
            stopped.await();
            return 0;
        } catch (InterruptedException e) {
            if (stopped.getCount() > 0) {
                throw e;
            }
            return 0;
        } catch (Worker.StartRefused e) {
            System.err.println(e.getMessage());
            return REFUSED;
        } finally {
            closed.countDown();
        }
    }
}

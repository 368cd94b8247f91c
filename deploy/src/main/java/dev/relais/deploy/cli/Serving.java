package dev.relais.deploy.cli;

import java.util.concurrent.CountDownLatch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part that runs on: says that it is ready, and ends with 0 on SIGTERM or Ctrl-C. */
final class Serving {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    private Serving() {}

    /** @param ready one line that begins with {@code ready} */
    static int untilStopped(Screen screen, String ready, AutoCloseable part) {
        var stopped = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopped.countDown();
            awaitQuietly(closed);
            // A JVM that a signal ends says 128 + its number; a part that was told to stop, and did, says 0.
            Runtime.getRuntime().halt(ExitCode.OK.value());
        }, "relais-shutdown"));
        screen.line(ready);
        awaitQuietly(stopped);
        try (part) {
            LOG.info("Stopping");
        } catch (Exception e) {
            LOG.warn("The stop was not clean: what was open is left to its time limits", e);
        } finally {
            closed.countDown();
        }
        return ExitCode.OK.value();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.relais.coordinator;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

import dev.relais.schemas.setting.Settings;

/** {@code relais coordinator}: prints a line beginning {@code ready} when it is, logs to standard error, ends with 0 on SIGTERM. */
public final class CoordinatorMain {
    private static final int DIED = 1;
    private static final int REFUSED = 2;
    private static final Duration START = Duration.ofMinutes(5);

    private CoordinatorMain() {}

    static void main() throws InterruptedException, IOException {
        System.exit(run(System.getenv()));
    }

    /** @return the exit code: 0 after a stop, 1 where it does not come up or dies, 2 for refused settings */
    public static int run(Map<String, String> environment) throws InterruptedException, IOException {
        return run(environment, KafkaStreams::new);
    }

    public static int run(Map<String, String> environment, BiFunction<Topology, Properties, KafkaStreams> engine)
            throws InterruptedException, IOException {
        return switch (Settings.load(environment, null)) {
            case Settings.Loaded.Refused refused -> {
                refused.problems().forEach(System.err::println);
                yield REFUSED;
            }
            case Settings.Loaded.Valid(Settings settings) -> serve(settings, engine);
        };
    }

    private static int serve(Settings settings, BiFunction<Topology, Properties, KafkaStreams> engine)
            throws InterruptedException, IOException {
        var service = new Service(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(new Thread(service::stop, "relais-shutdown"));
        try (var coordinator = Coordinator.start(settings, engine)) {
            if (!coordinator.awaitReady(START)) {
                System.err.println("the coordinator did not get its partitions within " + START.toMinutes()
                        + " minutes, or died before: its log says why. Is another one holding them?");
                return DIED;
            }
            System.out.println(
                    "ready coordinator " + settings.instance() + " management http://localhost:" + coordinator.managementPort());
            coordinator.awaitEnd();
            return DIED;
        } catch (Coordinator.StartRefused e) {
            System.err.println(e.getMessage());
            return REFUSED;
        } catch (InterruptedException e) {
            if (service.isStopping()) {
                return 0;
            }
            throw e;
        } finally {
            service.closed();
        }
    }

    /**
     * Stops the main thread wherever it is, waiting for a broker included, and lets it close what it opened. A JVM that a signal stops ends with
     * 128 + its number unless it is halted: a part that was told to stop and did ends with 0.
     */
    private static final class Service {
        private final Thread main;
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile boolean stopping;

        Service(Thread main) {
            this.main = main;
        }

        void stop() {
            if (closed.getCount() == 0) {
                return;
            }
            stopping = true;
            main.interrupt();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(0);
        }

        boolean isStopping() {
            return stopping;
        }

        void closed() {
            closed.countDown();
        }
    }
}

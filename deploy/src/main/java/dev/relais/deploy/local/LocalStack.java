package dev.relais.deploy.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.coordinator.Coordinator;
import dev.relais.deploy.playbook.Playbook;
import dev.relais.schemas.setting.Settings;
import dev.relais.worker.Worker;

/** Broker, coordinator and worker in this process; the playbook too, where no real model is asked. Stopped in the reverse order. */
public final class LocalStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalStack.class);
    private static final Duration START = Duration.ofMinutes(2);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Settings settings;

    private LocalStack(Settings settings) {
        this.settings = settings;
    }

    /**
     * @param port of the broker; 0 for any free one
     * @param environment settings as a part reads them; the broker's address and, with a playbook, the model's are put in
     * @param playbook what plays the model, or empty where the environment names a real one
     */
    public record Wish(int port, Path data, Map<String, String> environment, Optional<Callable<Playbook>> playbook) {
        public Wish {
            environment = Map.copyOf(environment);
        }
    }

    /** The stack cannot start: why, and what to do. */
    public static final class NotStarted extends Exception {
        private static final long serialVersionUID = 1L;

        NotStarted(String message, Throwable cause) {
            super(message, cause);
        }

        NotStarted(String message) {
            super(message);
        }
    }

    /** Returns when every part is ready. */
    public static LocalStack start(Wish wish) throws NotStarted, InterruptedException {
        var opened = new ArrayDeque<AutoCloseable>();
        try {
            var environment = new HashMap<>(wish.environment());
            environment.put("RELAIS_DATA_DIR", wish.data().toString());
            if (wish.playbook().isPresent()) {
                var playbook = wish.playbook().get().call();
                opened.push(playbook);
                environment.put("ANTHROPIC_BASE_URL", playbook.url());
                environment.put("ANTHROPIC_API_KEY", "playbook");
            }
            var broker = EmbeddedBroker.start(wish.port(), wish.data());
            opened.push(broker);
            environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            var stack = new LocalStack(valid(environment));
            stack.startParts(opened);
            stack.parts.addAll(opened);
            return stack;
        } catch (NotStarted | InterruptedException e) {
            close(opened);
            throw e;
        } catch (Exception e) {
            close(opened);
            throw new NotStarted(String.valueOf(e.getMessage()), e);
        }
    }

    private static Settings valid(Map<String, String> environment) throws NotStarted {
        return switch (Settings.load(environment, null)) {
            case Settings.Loaded.Valid(var settings) -> settings;
            case Settings.Loaded.Refused(var problems) -> throw new NotStarted(String.join("\n", problems));
        };
    }

    /** The two do not wait for each other: a share group's first join takes seconds. */
    private void startParts(Deque<AutoCloseable> opened) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<AutoCloseable> coordinator = executor.submit(this::coordinator);
            Future<AutoCloseable> worker = executor.submit(this::worker);
            for (Future<AutoCloseable> part : java.util.List.of(coordinator, worker)) {
                try {
                    opened.push(part.get());
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
            }
        }
    }

    private AutoCloseable coordinator() throws Coordinator.StartRefused, IOException, InterruptedException, NotStarted {
        var coordinator = Coordinator.start(settings);
        if (!coordinator.awaitReady(START)) {
            coordinator.close();
            throw new NotStarted(
                    "the coordinator did not get its partitions within " + START.toSeconds() + " s; its log says why");
        }
        return coordinator;
    }

    private AutoCloseable worker() throws Worker.StartRefused, IOException, InterruptedException, NotStarted {
        var worker = Worker.start(settings);
        if (!worker.awaitReady(START)) {
            worker.close();
            throw new NotStarted("the worker wrote no beat within " + START.toSeconds() + " s; its log says why");
        }
        return worker;
    }

    public Settings settings() {
        return settings;
    }

    @Override
    public void close() {
        close(parts);
    }

    private static void close(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try (var part = parts.pop()) {
                LOG.debug("Stopping {}", part);
            } catch (Exception e) {
                LOG.warn("A part did not stop cleanly; the others are stopped all the same", e);
            }
        }
    }
}

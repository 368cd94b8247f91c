package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/** The broker and the playbook of one benchmark, and where its parts write; everything that it started ends with it. */
final class Site implements AutoCloseable {
    private static final String RELAIS = "dev.relais.deploy.cli.RelaisMain";

    private final Path directory;
    private final boolean recorded;
    private final Deque<Jvm> parts = new ConcurrentLinkedDeque<>();
    /** Ctrl-C must leave no part behind. */
    private final Thread hook = new Thread(this::closeParts, "bench-shutdown");
    private final Jvm broker;
    private final String bootstrap;
    private final String modelUrl;

    private Site(Path directory, boolean recorded) throws IOException, InterruptedException {
        this.directory = directory;
        this.recorded = recorded;
        Runtime.getRuntime().addShutdownHook(hook);
        Path script = Files.writeString(Files.createDirectories(directory).resolve("bench.yaml"), BenchScript.yaml());
        this.broker = start("broker", "-Xmx512m",
                List.of(RELAIS, "broker", "--port", "0", "--data", topics().toString()), Map.of());
        var playbook = start("playbook", "-Xmx1g", List.of(RELAIS, "playbook", "--port", "0", "--script", script.toString()),
                Map.of());
        this.bootstrap = broker.awaitReady();
        this.modelUrl = playbook.awaitReady();
    }

    /** @param recorded whether every part leaves a flight recording in the directory */
    static Site open(Path directory, boolean recorded) throws IOException, InterruptedException {
        return new Site(directory, recorded);
    }

    private Jvm start(String name, String heap, List<String> main, Map<String, String> environment) throws IOException {
        var recording = recorded ? Optional.of(directory.resolve(name + ".jfr")) : Optional.<Path>empty();
        var part = Jvm.start(directory.resolve("log"), new Jvm.Start(name, List.of(heap), main, environment, recording));
        parts.push(part);
        return part;
    }

    Jvm broker() {
        return broker;
    }

    String bootstrap() {
        return bootstrap;
    }

    Jvm coordinator(String namespace, String name, Map<String, String> more) throws IOException {
        return start(name, "-Xmx1g", List.of(RELAIS, "coordinator"), environment(namespace, name, more));
    }

    Jvm worker(String namespace, String name, Map<String, String> more) throws IOException {
        return start(name, "-Xmx1536m", List.of(BenchWorkerMain.class.getName()), environment(namespace, name, more));
    }

    private Map<String, String> environment(String namespace, String name, Map<String, String> more) {
        var environment = new HashMap<String, String>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrap);
        environment.put("RELAIS_NAMESPACE", namespace);
        environment.put("RELAIS_INSTANCE", name);
        environment.put("RELAIS_DATA_DIR", data(namespace).toString());
        environment.put("RELAIS_SANDBOX", "none");
        environment.put("ANTHROPIC_BASE_URL", modelUrl);
        environment.put("ANTHROPIC_API_KEY", "playbook");
        environment.putAll(more);
        return environment;
    }

    /** Where coordinator and worker of a namespace keep what they write. */
    Path data(String namespace) {
        return directory.resolve(namespace + "data");
    }

    /** Where the broker keeps its topics. */
    Path topics() {
        return directory.resolve("broker");
    }

    /** One that leaves no recording is told of when all have ended. */
    private void closeParts() {
        var faults = new ArrayList<BenchFailed>();
        for (Jvm part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (BenchFailed fault) {
                faults.add(fault);
            }
        }
        if (!faults.isEmpty()) {
            throw faults.getFirst();
        }
    }

    @Override
    public void close() {
        closeParts();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}

package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The broker and the playbook of one benchmark, and where its parts write; everything that it started ends with it. */
final class Site implements AutoCloseable {
    private static final String RELAIS = "dev.relais.deploy.cli.RelaisMain";

    private final Path directory;
    private final boolean recorded;
    private final Deque<Jvm> parts = new ArrayDeque<>();
    private final Jvm broker;
    private final String bootstrap;
    private final String modelUrl;

    private Site(Path directory, boolean recorded) throws IOException, InterruptedException {
        this.directory = directory;
        this.recorded = recorded;
        Path script = Files.writeString(Files.createDirectories(directory).resolve("bench.yaml"), BenchScript.yaml());
        this.broker = start("broker", "-Xmx512m",
                List.of(RELAIS, "broker", "--port", "0", "--data", directory.resolve("broker").toString()), Map.of());
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
        var flags = new ArrayList<>(List.of(heap));
        if (recorded) {
            flags.add("-XX:StartFlightRecording:settings=profile,dumponexit=true,filename=" + directory.resolve(name + ".jfr"));
        }
        var part = Jvm.start(directory.resolve("log"), new Jvm.Start(name, flags, main, environment));
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
        return start(name, "-Xmx2g", List.of(BenchWorkerMain.class.getName()), environment(namespace, name, more));
    }

    private Map<String, String> environment(String namespace, String name, Map<String, String> more) {
        var environment = new HashMap<String, String>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrap);
        environment.put("RELAIS_NAMESPACE", namespace);
        environment.put("RELAIS_INSTANCE", name);
        environment.put("RELAIS_DATA_DIR", directory.resolve(namespace + "data").toString());
        environment.put("RELAIS_SANDBOX", "none");
        environment.put("ANTHROPIC_BASE_URL", modelUrl);
        environment.put("ANTHROPIC_API_KEY", "playbook");
        environment.putAll(more);
        return environment;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}

package dev.relais.deploy.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.relais.deploy.e2e.Topic.Message;
import dev.relais.deploy.playbook.Asked;
import dev.relais.deploy.playbook.Playbook;

/** Broker, coordinator and workers, each in a JVM of its own; the model is a playbook in this one. */
final class Fleet implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String NAMESPACE = "e2e.";
    private static final int PARTITIONS = 4;

    private final Path directory;
    private final Playbook playbook;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, Topic> topics = new HashMap<>();
    private final List<Upstream> upstreams = new ArrayList<>();
    private String bootstrap = "";
    private int port;

    private Fleet(Path directory, Playbook playbook) {
        this.directory = directory;
        this.playbook = playbook;
    }

    /** @param workers their names */
    static Fleet start(String name, String... workers) throws IOException {
        Path directory = Path.of("target", "e2e", name).toAbsolutePath();
        delete(directory);
        Path script = Path.of("src", "test", "resources", "e2e", "fleet.yaml");
        var fleet = new Fleet(directory, Playbook.start(0, script));
        fleet.startBroker();
        fleet.startParts(workers);
        return fleet;
    }

    void startBroker() throws IOException {
        var broker = Part.start(directory.resolve("log"), "broker", Map.of(),
                List.of("broker", "--port", Integer.toString(port), "--data", directory.resolve("broker").toString()));
        parts.put("broker", broker);
        bootstrap = broker.word();
        port = Integer.parseInt(bootstrap.substring(bootstrap.indexOf(':') + 1));
    }

    /** The coordinator and these workers, side by side. */
    void startParts(String... workers) throws IOException {
        if (!parts.containsKey("coordinator")) {
            fork("coordinator", "coordinator");
        }
        for (String worker : workers) {
            fork("worker", worker);
        }
        part("coordinator").awaitReady();
        for (String worker : workers) {
            part(worker).awaitReady();
        }
    }

    private void fork(String verb, String name) throws IOException {
        parts.put(name, Part.start(directory.resolve("log"), name, environment(name), List.of(verb)));
    }

    private Map<String, String> environment(String instance) {
        var environment = new HashMap<String, String>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrap);
        environment.put("RELAIS_NAMESPACE", NAMESPACE);
        environment.put("RELAIS_PARTITIONS", Integer.toString(PARTITIONS));
        environment.put("RELAIS_INSTANCE", instance);
        environment.put("RELAIS_DATA_DIR", directory.resolve("data").toString());
        environment.put("RELAIS_SANDBOX", "none");
        environment.put("RELAIS_TICK", "200ms");
        environment.put("ANTHROPIC_BASE_URL", playbook.url());
        environment.put("ANTHROPIC_API_KEY", "playbook");
        return environment;
    }

    Part part(String name) {
        Part part = parts.get(name);
        if (part == null) {
            throw new AssertionError("no part " + name + " in " + parts.keySet());
        }
        return part;
    }

    /** SIGTERM to every part, the broker last; each must end with 0. @return exit codes by name */
    Map<String, Integer> stopAll() throws InterruptedException {
        closeClients();
        var codes = new LinkedHashMap<String, Integer>();
        for (String name : parts.keySet().stream().toList().reversed()) {
            codes.put(name, part(name).stop());
        }
        parts.clear();
        return codes;
    }

    String bootstrap() {
        return bootstrap;
    }

    int partitions() {
        return PARTITIONS;
    }

    static String topicName(String name) {
        return NAMESPACE + name;
    }

    /** Read from its beginning on. */
    Topic topic(String name) {
        return topics.computeIfAbsent(name, _ -> new Topic(bootstrap, NAMESPACE + name, true));
    }

    Topic deliverables() {
        return topic("deliverables.backend-dev");
    }

    Upstream upstream() {
        if (upstreams.isEmpty()) {
            upstreams.add(new Upstream(bootstrap, NAMESPACE + "requests"));
        }
        return upstreams.getFirst();
    }

    /** A task id that no other test has. */
    static String newTask(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    String submit(String text, int mode) {
        String task = newTask("task");
        upstream().binary("task.requested", task, Upstream.request(task, text, mode));
        return task;
    }

    Message awaitDeliverable(String task) {
        return deliverables().await("the deliverable of " + task,
                message -> message.isOf(task) && message.is("deliverable.published"));
    }

    /** The newest state, once it is this one. */
    Message awaitState(String task, String state) {
        return topic("tasks").await(task + " is " + state,
                message -> message.isOf(task) && state.equals(message.data().path("state").asText()));
    }

    Message awaitValidation(String task, int round) {
        return topic("validations").await("round " + round + " of " + task + " waits",
                message -> message.isOf(task) && message.is("validation.requested")
                        && message.data().path("round").asInt() == round);
    }

    Message awaitDeadLetter(String what, java.util.function.Predicate<Message> wanted) {
        return topic("dead-letters").await("the dead letter of " + what, wanted);
    }

    /** What the model was asked, the oldest first. */
    List<Asked> asked() {
        return playbook.requests();
    }

    String logs() {
        var text = new StringBuilder();
        parts.values().forEach(part -> text.append(part.tail()).append('\n'));
        return text.toString();
    }

    private void closeClients() {
        topics.values().forEach(Topic::close);
        topics.clear();
        upstreams.forEach(Upstream::close);
        upstreams.clear();
    }

    @Override
    public void close() throws IOException {
        closeClients();
        for (String name : parts.keySet().stream().toList().reversed()) {
            part(name).close();
        }
        playbook.close();
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var paths = Files.walk(directory)) {
                for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}

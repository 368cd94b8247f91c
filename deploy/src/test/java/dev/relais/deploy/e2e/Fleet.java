package dev.relais.deploy.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import dev.relais.schemas.setting.Settings;

/** Broker, coordinator and workers, each in a JVM of its own; the model is a playbook in this one. */
public final class Fleet implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String NAMESPACE = "e2e.";

    private final Plan plan;
    private final Path directory;
    private final Playbook playbook;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, Topic> topics = new HashMap<>();
    private final List<Upstream> upstreams = new ArrayList<>();
    private String bootstrap = "";
    private int port;

    private Fleet(Plan plan, Path directory, Playbook playbook) {
        this.plan = plan;
        this.directory = directory;
        this.playbook = playbook;
    }

    /**
     * What a fleet is.
     *
     * @param script below the tests' resources
     * @param environment beyond what every fleet has
     */
    public record Plan(String name, String script, int partitions, Map<String, String> environment) {
        public Plan {
            environment = Map.copyOf(environment);
        }

        static Plan named(String name) {
            return new Plan(name, "e2e/fleet.yaml", 4, Map.of());
        }
    }

    /** @param workers their names */
    static Fleet start(String name, String... workers) throws IOException {
        var fleet = start(Plan.named(name));
        fleet.startParts(workers);
        return fleet;
    }

    /** The model and the broker, and no part yet. */
    public static Fleet start(Plan plan) throws IOException {
        Fleet fleet = prepare(plan);
        fleet.startBroker();
        return fleet;
    }

    /** The model alone; the broker's port is chosen, so that parts may start before it. */
    public static Fleet prepare(Plan plan) throws IOException {
        Path directory = Path.of("target", "e2e", plan.name()).toAbsolutePath();
        delete(directory);
        var fleet = new Fleet(plan, directory, Playbook.start(0, Path.of("src", "test", "resources").resolve(plan.script())));
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fleet.port = socket.getLocalPort();
        }
        fleet.bootstrap = "127.0.0.1:" + fleet.port;
        return fleet;
    }

    public void startBroker() throws IOException {
        var broker = Part.start(directory.resolve("log"), "broker", Map.of(),
                Part.Program.relais("broker", "--port", Integer.toString(port), "--data",
                        directory.resolve("broker").toString()));
        parts.put("broker", broker);
        broker.awaitReady();
    }

    /** The coordinator and these workers, side by side. */
    public void startParts(String... workers) throws IOException {
        if (!parts.containsKey("coordinator")) {
            launch("coordinator", Part.Program.relais("coordinator"));
        }
        for (String worker : workers) {
            launch(worker, Part.Program.relais("worker"));
        }
        part("coordinator").awaitReady();
        for (String worker : workers) {
            part(worker).awaitReady();
        }
    }

    /** Forks a part, in the place of the one that had this name; it is not waited for. */
    public Part launch(String name, Part.Program program) throws IOException {
        return launch(name, program, Map.of());
    }

    public Part launch(String name, Part.Program program, Map<String, String> own) throws IOException {
        Map<String, String> environment = environment(name);
        environment.putAll(own);
        var part = Part.start(directory.resolve("log"), name, environment, program);
        parts.put(name, part);
        return part;
    }

    public boolean has(String name) {
        return parts.containsKey(name) && part(name).isAlive();
    }

    /** Where the parts keep what they keep. */
    public Path data() {
        return directory.resolve("data");
    }

    /** What {@code relais show} says of a task. */
    String show(String task) throws IOException, InterruptedException {
        var show = launch("show-" + task, Part.Program.relais("show", task, "--full"));
        if (show.awaitEnd(PATIENCE) != 0) {
            throw new AssertionError("relais show " + task + " failed:\n" + show.tail());
        }
        return show.said();
    }

    /** A bare one without a commit. @return its URL */
    public String newRepository(String name) throws IOException, InterruptedException {
        Path repository = directory.resolve(name + ".git");
        Process git = new ProcessBuilder("git", "init", "--quiet", "--bare", repository.toString()).inheritIO().start();
        if (git.waitFor() != 0) {
            throw new IOException("git could not make " + repository);
        }
        return "file://" + repository;
    }

    private Map<String, String> environment(String instance) {
        var environment = new HashMap<String, String>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrap);
        environment.put("RELAIS_NAMESPACE", NAMESPACE);
        environment.put("RELAIS_PARTITIONS", Integer.toString(plan.partitions()));
        environment.put("RELAIS_INSTANCE", instance);
        environment.put("RELAIS_DATA_DIR", directory.resolve("data").toString());
        environment.put("RELAIS_SANDBOX", "none");
        environment.put("RELAIS_TICK", "200ms");
        environment.put("ANTHROPIC_BASE_URL", playbook.url());
        environment.put("ANTHROPIC_API_KEY", "playbook");
        environment.putAll(plan.environment());
        return environment;
    }

    /** For a part that is to run in the test's own JVM. */
    public Settings settings(String instance) {
        return switch (Settings.load(environment(instance), null)) {
            case Settings.Loaded.Valid(Settings settings) -> settings;
            case Settings.Loaded.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    public Part part(String name) {
        Part part = parts.get(name);
        if (part == null) {
            throw new AssertionError("no part " + name + " in " + parts.keySet());
        }
        return part;
    }

    /** SIGTERM to every part, the broker last; each must end with 0. @return exit codes by name */
    public Map<String, Integer> stopAll() throws InterruptedException {
        closeClients();
        var codes = new LinkedHashMap<String, Integer>();
        for (String name : parts.keySet().stream().toList().reversed()) {
            codes.put(name, part(name).stop());
        }
        parts.clear();
        return codes;
    }

    public String bootstrap() {
        return bootstrap;
    }

    public int partitions() {
        return plan.partitions();
    }

    public static String topicName(String name) {
        return NAMESPACE + name;
    }

    /** Read from its beginning on. */
    public Topic topic(String name) {
        return topics.computeIfAbsent(name, _ -> new Topic(bootstrap, NAMESPACE + name, true));
    }

    public Topic deliverables() {
        return topic("deliverables.backend-dev");
    }

    public Upstream upstream() {
        if (upstreams.isEmpty()) {
            upstreams.add(new Upstream(bootstrap, NAMESPACE + "requests"));
        }
        return upstreams.getFirst();
    }

    /** A task id that no other test has. */
    public static String newTask(String prefix) {
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
    public List<Asked> asked() {
        return playbook.requests();
    }

    public String logs() {
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

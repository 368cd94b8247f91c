package dev.relais.worker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.topic.TopicPlan;
import dev.relais.schemas.topic.TopicSetup;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.worker.anthropic.AnthropicModel;
import dev.relais.worker.anthropic.ModelServer;
import dev.relais.worker.health.HealthEndpoint;
import dev.relais.worker.health.HealthEndpoint.Probe;
import dev.relais.worker.kafka.ActiveRuns;
import dev.relais.worker.kafka.ControlFeed;
import dev.relais.worker.kafka.Duties;
import dev.relais.worker.kafka.FaultCheck;
import dev.relais.worker.kafka.Heartbeat;
import dev.relais.worker.kafka.Housekeeping;
import dev.relais.worker.kafka.KafkaJournal;
import dev.relais.worker.kafka.KafkaJournalReader;
import dev.relais.worker.kafka.Runs;
import dev.relais.worker.kafka.WorkFeed;
import dev.relais.worker.kafka.WorkerCounters;
import dev.relais.worker.kafka.WorkerFault;
import dev.relais.worker.model.ModelClient;
import dev.relais.worker.model.PriceList;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.PersonaFile;
import dev.relais.worker.sandbox.Sandbox;
import dev.relais.worker.sandbox.Sandboxes;
import dev.relais.worker.workspace.DiskAndGit;
import dev.relais.worker.workspace.GitWorkspaces;
import dev.relais.worker.workspace.MachineProbe;
import dev.relais.worker.workspace.Quota;

/** The worker's composition root. */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int NONCE = 8;

    private final WorkerId id;
    private final Persona persona;
    private final ActiveRuns active;
    private final WorkerFault fault = new WorkerFault();
    private final EventCodec codec = new EventCodec();
    private final InstantSource clock = InstantSource.system();
    private final KafkaJournal journal;
    private final KafkaJournalReader reader;
    private final ModelClient model;
    private final Heartbeat heartbeat;
    private final MachineProbe machine;
    private final Runs runs;
    private final Duties feeds = new Duties();
    private final Duties others = new Duties();
    private final HealthEndpoint health;
    private volatile boolean leaving;

    private Worker(WorkerId id, Settings settings, Persona persona, ModelClient model, Place place, Seams seams)
            throws IOException {
        this.id = id;
        this.persona = persona;
        this.active = new ActiveRuns(settings.concurrency());
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var counters = new WorkerCounters(registry, active);
        this.journal = new KafkaJournal(settings, id, codec, clock, seams.journal());
        this.reader = new KafkaJournalReader(settings, codec);
        this.model = model;
        this.heartbeat = new Heartbeat(settings, journal, active, clock, this::accepts);
        GitWorkspaces.measureInBackground();
        List<AgentName> agents = Stream.concat(settings.agents().stream(), settings.foreignAgents().stream()).toList();
        var tools = PersonaRuns.Tools.in(place.sandbox(), agents);
        Optional<PersonaRuns.Tools> toNetwork = settings.sandboxNetwork().equals("open") || settings.sandbox().equals("none")
                ? Optional.of(PersonaRuns.Tools.in(place.sandbox().toNetwork(), agents))
                : Optional.empty();
        var workspaces = new GitWorkspaces(workspaces(settings, place));
        workspaces.announce();
        var around = new PersonaRuns.Surroundings(reader, model, seams.workspaces().apply(workspaces), counters, clock);
        this.machine = new DiskAndGit(settings.dataDir());
        this.runs = new Runs(active, journal, seams.runs().apply(new PersonaRuns(persona, host(), tools, toNetwork, around)),
                counters,
                new Runs.OwnTrouble(fault, machine),
                new Runs.Waiting(heartbeat::awaitWritable, Heartbeat.lease(settings.tick())));
        // Before the duties: a port that is taken stops the start while nothing runs yet.
        this.health = HealthEndpoint.start(settings.managementPort(), registry, this::live, this::ready);
        startDuties(settings, counters, seams);
        others.start(new Housekeeping(workspaces::sweep));
    }

    private void startDuties(Settings settings, WorkerCounters counters, Seams seams) {
        others.start(new ControlFeed(settings, codec, active, id, counters));
        others.start(heartbeat);
        others.start(new FaultCheck(model, persona.model(), machine, fault, runs));
        for (AgentName agent : settings.agents()) {
            feeds.start(new WorkFeed(settings, agent, codec, active, runs, clock, this::accepts, counters, seams.inbox()));
        }
    }

    /** Where commands run, and as whom. */
    private record Place(Sandbox sandbox, GitWorkspaces.Commands commands) {}

    private static Place place(Settings settings, WorkerId id) throws StartRefused {
        var wish = new Sandboxes.Wish(Sandboxes.Mode.valueOf(settings.sandbox().toUpperCase(Locale.ROOT)), System.getenv(),
                settings.dataDir(), settings.sandboxRead(), settings.workspaceQuota());
        return switch (Sandboxes.choose(wish, id)) {
            case Sandboxes.Chosen.Impossible(String problem) -> throw new StartRefused(problem);
            case Sandboxes.Chosen.Open(Sandbox sandbox) -> {
                LOG.warn("RELAIS_SANDBOX=none: commands of the model run without walls, as {}", System.getProperty("user.name"));
                yield new Place(sandbox, GitWorkspaces.Commands.UNWALLED);
            }
            case Sandboxes.Chosen.Closed(Sandbox sandbox, String reason) -> {
                LOG.warn("Bash is refused: {}", reason);
                yield new Place(sandbox, GitWorkspaces.Commands.WALLED);
            }
            case Sandboxes.Chosen.Walled walled -> {
                LOG.info("Behind bubblewrap, {}", walled.told());
                yield new Place(walled.sandbox(),
                        new GitWorkspaces.Commands(walled.runAs().owner(), GitWorkspaces.Processes.END_WITH_THEIR_COMMAND));
            }
        };
    }

    private GitWorkspaces.Setup workspaces(Settings settings, Place place) {
        return new GitWorkspaces.Setup(settings.dataDir(), id, settings.workspaceRemote(),
                Quota.ofBytes(settings.workspaceQuota()), place.commands());
    }

    private boolean accepts() {
        return !leaving && fault.what().isEmpty();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "unknown";
        }
    }

    /** The start was refused: what stands in the way, and what to do about it. */
    public static final class StartRefused extends Exception {
        private static final long serialVersionUID = 1L;

        StartRefused(String problem) {
            super(problem);
        }
    }

    /** Opens the model that a worker asks. */
    @FunctionalInterface
    public interface ModelDoor {
        ModelClient open(Settings settings, PriceList prices);
    }

    /** The Messages API, at the address and with the key of the settings. */
    public static ModelClient messagesApi(Settings settings, PriceList prices) {
        var server = ModelServer.of(settings.anthropicApiKey(), settings.anthropicBaseUrl().map(URI::toString),
                settings.concurrency());
        return new AnthropicModel(server, prices, InstantSource.system());
    }

    public static Worker start(Settings settings) throws StartRefused, IOException, InterruptedException {
        return start(settings, Seams.PLAIN);
    }

    public static Worker start(Settings settings, Seams seams) throws StartRefused, IOException, InterruptedException {
        Persona persona = persona(settings);
        PriceList prices = switch (PriceList.load(settings.prices())) {
            case PriceList.Loaded.Valid(PriceList list) -> list;
            case PriceList.Loaded.Refused(String problem) -> throw new StartRefused(problem);
        };
        Files.createDirectories(settings.dataDir());
        var id = new WorkerId(settings.instance() + "." + UUID.randomUUID().toString().substring(0, NONCE));
        Place place = place(settings, id);
        awaitTopics(settings);
        try {
            return new Worker(id, settings, persona, seams.models().open(settings, prices), place, seams);
        } catch (BindException e) {
            throw new StartRefused("the management port " + settings.managementPort() + " is taken (" + e.getMessage()
                    + "); set RELAIS_MANAGEMENT_PORT to another, or to 0 for any free one");
        }
    }

    private static Persona persona(Settings settings) throws StartRefused {
        PersonaFile.Loaded loaded = PersonaFile.load(personaFile(settings));
        loaded.repairs().forEach(repair -> LOG.warn("Persona: {}", repair.message()));
        return switch (loaded.reading()) {
            case PersonaFile.Parsed(Persona persona) -> {
                persona.warnings().forEach(warning -> LOG.warn("Persona {}: {}", persona.name(), warning));
                yield persona;
            }
            case PersonaFile.Refused refused ->
                throw new StartRefused(settings.persona().map(Object::toString).orElse("the shipped persona") + ": "
                        + refused.message());
        };
    }

    private static byte[] personaFile(Settings settings) throws StartRefused {
        if (settings.persona().isEmpty()) {
            return PersonaFile.shipped().getBytes(StandardCharsets.UTF_8);
        }
        Path file = settings.persona().get();
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StartRefused(
                    "the persona " + file + " cannot be read (" + e + "); set RELAIS_PERSONA to a file that its user may read");
        }
    }

    private static void awaitTopics(Settings settings) throws StartRefused, InterruptedException {
        var setup = new TopicSetup(TopicPlan.of(settings), settings.bootstrapServers(), settings.kafka());
        if (setup.await() instanceof TopicSetup.Outcome.Refused(List<String> problems)) {
            throw new StartRefused(String.join("\n", problems));
        }
    }

    public WorkerId id() {
        return id;
    }

    public int managementPort() {
        return health.port();
    }

    /** A duty ends by itself only through an error: the process is to be started anew. */
    private Probe live() {
        var dead = new ArrayList<>(feeds.dead());
        dead.addAll(others.dead());
        return dead.isEmpty() ? new Probe.Up() : new Probe.Down("ended by an error: " + String.join(", ", dead));
    }

    private Probe ready() {
        var problems = new ArrayList<String>();
        fault.what().ifPresent(problems::add);
        if (!heartbeat.isHeard()) {
            problems.add("no beat was written within a lease time");
        }
        if (leaving) {
            problems.add("leaving");
        }
        return problems.isEmpty() ? new Probe.Up() : new Probe.Down(String.join("; ", problems));
    }

    /** @return whether the worker is beating before the time is over */
    public boolean awaitReady(Duration most) throws InterruptedException {
        return heartbeat.awaitHeard(most);
    }

    /** Takes nothing new, lets runs leave (rule 6), then goes. */
    @Override
    public void close() {
        leaving = true;
        try {
            feeds.close();
            runs.close();
            others.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        journal.close();
        reader.close();
        model.close();
        health.close();
    }
}

package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.worker.workspace.Workspace;

/**
 * Runs each command behind walls of its own (bubblewrap): namespaces of user, mounts, processes, network, IPC and host name; a read-only system;
 * only the checkout, as {@code /workspace}, and a private {@code /tmp} to write; no capability and no way to get one.
 */
public final class Bubblewrap implements Sandbox {
    private static final Logger LOG = LoggerFactory.getLogger(Bubblewrap.class);
    /** As bwrap exits where it fails itself, before or while it makes the walls. */
    private static final int WALLS_FAILED = 1;
    private static final int OWN = 0700;
    private static final int OPEN = 0755;
    /**
     * bwrap dies with the thread that started it, so that nothing outlives a killed worker; a virtual thread's carrier may end at any time. These
     * end with the worker.
     */
    private static final ExecutorService STARTERS = Executors.newFixedThreadPool(4,
            Thread.ofPlatform().daemon().name("sandbox-start-", 0).factory());

    private final Site site;
    private final Limits limits;
    private final Optional<Cgroups> cgroups;
    private final boolean isOpen;
    private final List<String> system = SystemView.arguments();
    private final EtcCopy etc;
    private final ProcessTable processes = new ProcessTable();

    /**
     * What the walls stand on.
     *
     * @param environment of the worker
     * @param own a directory of the worker's for scripts and the seccomp program
     * @param read folders that commands may read besides the system
     */
    record Site(RunAs runAs, Map<String, String> environment, Path own, List<Path> read) {
        Site {
            environment = Map.copyOf(environment);
            read = List.copyOf(read);
        }
    }

    /** @param cgroups empty for rlimits and a watchdog */
    Bubblewrap(Site site, Limits limits, Optional<Cgroups> cgroups) {
        this(site, limits, cgroups, new EtcCopy(Stage.shared(site.runAs(), site.own())), false);
    }

    private Bubblewrap(Site site, Limits limits, Optional<Cgroups> cgroups, EtcCopy etc, boolean isOpen) {
        this.etc = etc;
        this.isOpen = isOpen;
        this.site = site;
        this.limits = limits;
        this.cgroups = cgroups;
    }

    @Override
    public Bubblewrap toNetwork() {
        return new Bubblewrap(site, limits, cgroups, etc, true);
    }

    /** Who holds memory and processes: for {@code doctor}. */
    public String limitedBy() {
        return cgroups.map(Object::toString).orElse("rlimits and a watchdog");
    }

    @Override
    public String place() {
        String folders = site.read().isEmpty()
                ? ""
                : " Besides the system's programs, these can be read: "
                        + String.join(", ", site.read().stream().map(Path::toString).toList()) + ".";
        return "The workspace is " + Workspace.SEEN_AS
                + " there too, and nothing else but /tmp can be written. There is no network, unless the request says"
                + " that it is open."
                + folders;
    }

    @Override
    public Ended run(Command command) throws InterruptedException {
        try {
            open(command.root());
            Path script = Files.writeString(Files.createDirectories(site.own()).resolve(UUID.randomUUID() + ".sh"),
                    command.script());
            try {
                return limited(command, script);
            } finally {
                Files.deleteIfExists(script);
                open(command.root());
            }
        } catch (IOException e) {
            return new Ended.Refused("The command could not be started: " + e.getMessage());
        }
    }

    /** A command may close the workspace to itself, and to a worker that is not root: its top is opened again, or nothing could go on there. */
    private static void open(Path root) throws IOException {
        if (((int) Files.getAttribute(root, "unix:mode") & OWN) != OWN) {
            Files.setAttribute(root, "unix:mode", OPEN);
        }
    }

    private Ended limited(Command command, Path script) throws IOException, InterruptedException {
        if (cgroups.isEmpty()) {
            return walled(command, script, Optional.empty());
        }
        try (CommandCgroup cgroup = cgroups.get().open(limits)) {
            return walled(command, script, Optional.of(cgroup));
        }
    }

    private Ended walled(Command command, Path script, Optional<CommandCgroup> cgroup) throws IOException, InterruptedException {
        Process process = start(line(command, script, cgroup));
        var output = new Collector(process.getInputStream());
        var init = new InitProcess(process);
        var watchdog = new Watchdog(limits, command.root(), processes, cgroup.isPresent());
        Optional<Excess> excess = Optional.empty();
        boolean ended = false;
        try {
            long until = System.nanoTime() + command.timeout().toNanos();
            for (long left = command.timeout().toNanos(); !ended && left > 0
                    && excess.isEmpty(); left = until - System.nanoTime()) {
                ended = process.waitFor(Math.min(left, TimeUnit.MILLISECONDS.toNanos(Watchdog.EVERY_MILLIS)),
                        TimeUnit.NANOSECONDS);
                excess = ended ? excess : watchdog.look(init.pid(), output.written());
            }
        } finally {
            init.kill();
        }
        Output shown = output.await(Map.of(command.root(), Workspace.SEEN_AS));
        if (excess.isPresent()) {
            return new Ended.OverLimit(excess.get(), shown);
        }
        if (!ended) {
            return new Ended.TimedOut(shown);
        }
        return isUnmade(process.exitValue(), init) ? unmade(shown) : exited(process.exitValue(), shown, cgroup);
    }

    /** Told by bwrap alone: what a command writes, or how it exits, says nothing of its walls. */
    private static boolean isUnmade(int code, InitProcess init) throws InterruptedException {
        return init.pid() == 0 || (code == WALLS_FAILED && !init.wasWalled());
    }

    private static Ended unmade(Output output) {
        String said = OneLine.of(output.text());
        LOG.warn("the sandbox could not be made: {}", said);
        return new Ended.Refused("The command was not run, the sandbox could not be made: " + said);
    }

    private Ended exited(int code, Output output, Optional<CommandCgroup> cgroup) {
        long killed = code == 0 ? 0 : cgroup.map(CommandCgroup::killedForMemory).orElse(0L);
        return killed == 0
                ? new Ended.Exited(code, output)
                : new Ended.OverLimit(new Excess(Excess.Resource.MEMORY, limits.memory(), limits.memory(), "cgroup"), output);
    }

    private List<String> line(Command command, Path script, Optional<CommandCgroup> cgroup) throws IOException {
        var entrance = new Entrance(site.runAs());
        cgroup.ifPresent(group -> group.entries().forEach(entrance::join));
        var stage = new Stage(site.runAs());
        Path workspace = stage.bind(command.root(), entrance);
        var read = new ArrayList<WallsRule.Seen>();
        for (Path folder : site.read()) {
            read.add(new WallsRule.Seen(stage.bind(folder.toRealPath(), entrance), folder));
        }
        Optional<Path> filter = Filters.file(site.own(), cgroup.isPresent());
        filter.ifPresent(entrance::filter);
        entrance.script(script).limits(limits, cgroup.isPresent());
        var walls = new WallsRule.Walls(system, etc.directory(), read, workspace, isOpen, limits.scratch(), filter.isPresent());
        return entrance.line(WallsRule.line(walls), limits.processes(), seenFrom(command));
    }

    private static String seenFrom(Command command) {
        String below = command.root().relativize(command.start()).toString();
        return below.isEmpty() ? Workspace.SEEN_AS : Workspace.SEEN_AS + "/" + below;
    }

    private Process start(List<String> line) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(line).directory(Path.of("/").toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().clear();
        builder.environment().putAll(EnvironmentRule.environment(visible(), Path.of(Workspace.SEEN_AS), Path.of("/tmp")));
        var starting = STARTERS.submit(builder::start);
        try {
            return starting.get();
        } catch (ExecutionException e) {
            throw new IOException("bash could not be started", e.getCause());
        } catch (InterruptedException e) {
            // It may be running by now: it ends with nobody to wait for it.
            STARTERS.execute(() -> new InitProcess(starting.resultNow()).kill());
            throw e;
        }
    }

    /** A Java home or a directory of programs that commands cannot see would only mislead them. */
    private Map<String, String> visible() {
        var environment = new HashMap<>(site.environment());
        if (!isVisible(environment.getOrDefault("JAVA_HOME", "/usr"))) {
            environment.remove("JAVA_HOME");
        }
        environment.computeIfPresent("PATH", (_, path) -> Arrays.stream(path.split(":", -1)).filter(this::isVisible)
                .collect(Collectors.joining(":")));
        return environment;
    }

    private boolean isVisible(String directory) {
        return SystemView.shows(directory) || site.read().stream().anyMatch(Path.of(directory)::startsWith);
    }
}

package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.sandbox.Sandbox.Ended;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.ToolCall;
import dev.relais.worker.tool.Toolbox;
import dev.relais.worker.toolkit.Toolkit;
import dev.relais.worker.workspace.GitWorkspaces;
import dev.relais.worker.workspace.Quota;
import dev.relais.worker.workspace.TextChange;
import dev.relais.worker.workspace.Workspace;

import static org.assertj.core.api.Assertions.assertThat;

/** I9, I10: what a hostile model can try with its tools, really tried, on this machine's kernel, in each way in which limits can be held. */
@Timeout(120)
class AttackSuiteTest {
    /** Its commands have a user of their own, which no other run of these tests on the machine has. */
    private static final WorkerId WORKER = new WorkerId("attacked." + ProcessHandle.current().pid());
    private static final long QUOTA = 4L << 30;
    private static final List<String> ROWS = new ArrayList<>();
    private static int tried;
    private static int held;
    /** For the data directory and the checkouts. */
    @TempDir
    static Path dir;
    private static Scene scene;
    private static RunAs runAs = new RunAs.Itself();
    private static String noWalls = "";

    @BeforeAll
    static void walls() throws IOException {
        Path data = Files.createDirectories(dir.resolve("data"));
        scene = new Scene(data);
        var wish = new Sandboxes.Wish(Sandboxes.Mode.AUTO, environment(), data, List.of(), 1L << 30);
        switch (Sandboxes.choose(wish, WORKER)) {
            case Sandboxes.Chosen.Walled walled -> runAs = walled.runAs();
            case Sandboxes.Chosen.Closed closed -> noWalls = closed.reason();
            case Sandboxes.Chosen.Open _,Sandboxes.Chosen.Impossible _ -> throw new AssertionError("auto is neither");
        }
    }

    @AfterAll
    static void report() throws IOException, InterruptedException {
        scene.close();
        System.out.println("attacks, commands run as " + runAs + (noWalls.isEmpty() ? "" : "; SKIPPED: " + noWalls));
        System.out.println("| attack | limits by | held by | overshoot |\n|---|---|---|---|");
        ROWS.forEach(System.out::println);
        System.out.println("attacks tried " + tried + ", held " + held);
    }

    private static Map<String, String> environment() {
        return Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"), "ANTHROPIC_API_KEY", Scene.CANARY,
                "RELAIS_KAFKA_SASL_JAAS_CONFIG", Scene.CANARY, "HOME", "/root", "LD_PRELOAD_TOKEN", Scene.CANARY);
    }

    record Trial(Attack attack, Optional<Cgroups> way) {}

    /** What is about limits is tried in each way in which they can be held. */
    static Stream<Trial> trials() {
        List<Optional<Cgroups>> ways = Stream.of(Optional.<Cgroups>empty(), Cgroups.find(Cgroups.Use.DIVIDE)).distinct().toList();
        return Attack.all().stream().flatMap(
                attack -> ways.stream().limit(attack.limits().isEmpty() ? 1 : 2).map(way -> new Trial(attack, way)));
    }

    static Stream<Arguments> attacks() {
        return trials().map(trial -> Arguments.of(trial.attack(), trial.way()));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void theWallsHold(Attack attack, Optional<Cgroups> cgroups) throws Exception {
        Assumptions.assumeTrue(noWalls.isEmpty(), noWalls);
        Assumptions.assumeTrue(attack.needs().isEmpty() || isInstalled(attack.needs().get()), attack.needs() + " is missing");
        var site = new Bubblewrap.Site(runAs, environment(), dir.resolve("data/sandbox"), List.of());
        var sandbox = new Recording(new Bubblewrap(site, attack.limits(Limits.onMachineWith(1L << 31)), cgroups));
        tried++;
        String result = made(attack, sandbox);
        assertThat(result).doesNotContain(Scene.CANARY).containsPattern(attack.expect());
        assertThat(scene.breaches()).isEmpty();
        assertThat(Scene.left(runAs)).as("processes left behind").isEmpty();
        attack.over().ifPresent(resource -> assertThat(sandbox.excess()).as(result)
                .hasValueSatisfying(excess -> assertThat(excess.resource()).isEqualTo(resource)));
        held++;
        ROWS.add("| " + attack + " | " + cgroups.map(Object::toString).orElse("rlimits and a watchdog") + " | "
                + wall(attack, cgroups.isPresent(), sandbox) + " | " + sandbox.overshoot() + " |");
    }

    static Stream<Attack> controls() {
        return Attack.all().stream().filter(attack -> attack.control().isPresent());
    }

    /** The same attacks work where nothing confines a command: it is the walls that hold them. */
    @ParameterizedTest
    @MethodSource("controls")
    void withoutWallsTheAttackWorks(Attack attack) throws Exception {
        Assumptions.assumeTrue(attack.needs().isEmpty() || isInstalled(attack.needs().get()), attack.needs() + " is missing");
        String result = made(attack, new Recording(new Unsandboxed(environment())));
        assertThat(result).containsPattern(attack.control().orElseThrow());
        assertThat(String.join("\n", scene.breaches())).containsPattern(attack.breach().orElse(Pattern.compile("^$")));
    }

    @Test
    void thereAreAttacksEnough() {
        assertThat(Attack.all()).hasSizeGreaterThanOrEqualTo(80);
        assertThat(Attack.all().stream().map(Attack::name)).doesNotHaveDuplicates();
    }

    private static String made(Attack attack, Recording sandbox) throws Exception {
        var commands = sandbox.inner() instanceof Unsandboxed
                ? GitWorkspaces.Commands.UNWALLED
                : new GitWorkspaces.Commands(runAs.owner(), GitWorkspaces.Processes.END_WITH_THEIR_COMMAND);
        var workspaces = new GitWorkspaces(new GitWorkspaces.Setup(dir.resolve("data"), WORKER, Optional.empty(),
                Quota.ofBytes(QUOTA), commands));
        var toolbox = new Toolbox(Toolkit.standard(sandbox));
        var said = new StringBuilder();
        try (Workspace workspace = workspaces.open(new TaskId("t" + tried + "." + sandbox.hashCode()), 1, null, null)) {
            workspace.root();
            if (!attack.script().isEmpty()) {
                JsonNode input = JsonNodeFactory.instance.objectNode().put("command", scene.filled(attack.script()))
                        .put("timeout", attack.timeout().toMillis());
                said.append(called(toolbox, workspace, "Bash", input));
            }
            attack.worker().ifPresent(deed -> done(deed, workspace));
            for (String call : attack.calls()) {
                String[] parts = scene.filled(call).split(" ", 2);
                said.append("\n---\n").append(called(toolbox, workspace, parts[0], new JsonMapper().readTree(parts[1])));
            }
            assertThat(setId(workspace.root())).as("set-uid files").isEmpty();
        }
        return said.toString();
    }

    private static String called(Toolbox toolbox, Workspace workspace, String tool, JsonNode input) throws InterruptedException {
        return toolbox.run(List.of(new ToolCall("id", tool, input, 0)), workspace, KnownFiles.NONE, () -> {}).results().getFirst()
                .content();
    }

    private static void done(String deed, Workspace workspace) {
        if (workspace.snapshot() instanceof Workspace.Snapshot.Taken(String commit) && deed.equals("restore")) {
            workspace.restore(commit);
        }
        if (deed.startsWith("diff ")) {
            assertThat(workspace.diff().stream().map(TextChange::path)).contains(deed.substring("diff ".length()));
            assertThat(workspace.publish(1, new AgentName("backend-dev"), "message"))
                    .isInstanceOf(Workspace.Publication.Pushed.class);
        }
    }

    private static List<Path> setId(Path root) throws IOException {
        var found = new ArrayList<Path>();
        try (var files = Files.walk(root)) {
            for (Path each : files.toList()) {
                if (((int) Files.getAttribute(each, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 06000) != 0) {
                    found.add(each);
                }
            }
        }
        return found;
    }

    private static boolean isInstalled(String program) {
        return Files.isExecutable(Path.of("/usr/bin", program));
    }

    private static String wall(Attack attack, boolean isAccounted, Recording sandbox) {
        String[] either = attack.wall().split(" or ", 2);
        return sandbox.excess().map(Sandbox.Excess::held).orElse(isAccounted && either.length > 1 ? either[1] : either[0]);
    }

    /** Remembers how commands ended. */
    private record Recording(Sandbox inner, List<Ended> endings) implements Sandbox {
        Recording(Sandbox inner) {
            this(inner, new ArrayList<>());
        }

        @Override
        public Ended run(Command command) throws InterruptedException {
            Ended ended = inner.run(command);
            endings.add(ended);
            return ended;
        }

        Optional<Excess> excess() {
            return endings.stream().filter(Ended.OverLimit.class::isInstance).map(Ended.OverLimit.class::cast)
                    .map(Ended.OverLimit::excess).findFirst();
        }

        String overshoot() {
            return excess().map(excess -> excess.held().equals("cgroup")
                    ? "none"
                    : "%d %%".formatted(100 * (excess.seen() - excess.most()) / excess.most())).orElse("");
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }
}

package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.sun.management.OperatingSystemMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.sandbox.Sandbox.Ended;

/** Chooses where commands run, by what the operator says and what the machine can do. */
public final class Sandboxes {
    private static final Logger LOG = LoggerFactory.getLogger(Sandboxes.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Sandboxes() {}

    /** What the operator says. */
    public enum Mode {
        AUTO,
        BWRAP,
        NONE
    }

    /**
     * @param environment of the worker
     * @param dataDir which no command may see
     * @param read folders that commands may read besides the system
     * @param quota bytes that a workspace may hold, at most, while a command runs too
     */
    public record Wish(Mode mode, Map<String, String> environment, Path dataDir, List<Path> read, long quota) {
        public Wish {
            environment = Map.copyOf(environment);
            read = List.copyOf(read);
        }
    }

    public sealed interface Chosen {
        /** @param runAs whose the checkouts must be */
        record Walled(Bubblewrap sandbox, RunAs runAs) implements Chosen {
            /** As whom commands run, and what holds their limits. */
            public String told() {
                String user = switch (runAs) {
                    case RunAs.Itself _ -> "the worker's own user";
                    case RunAs.Lowered lowered -> "user " + lowered.uid() + ", who has no account";
                };
                return "commands run as " + user + ", memory and processes are held by " + sandbox.limitedBy();
            }
        }

        record Open(Sandbox sandbox) implements Chosen {}

        /** {@code auto}, on a machine without walls: Bash is refused. */
        record Closed(Sandbox sandbox, String reason) implements Chosen {}

        /** @param problem with what the operator can do: the worker does not start */
        record Impossible(String problem) implements Chosen {}
    }

    public static Chosen choose(Wish wish, WorkerId worker) {
        return choose(wish, worker, Cgroups.Use.DIVIDE);
    }

    /** What this process would choose, without moving it or others into other cgroups. */
    public static Chosen look(Wish wish, WorkerId worker) {
        return choose(wish, worker, Cgroups.Use.LOOK);
    }

    private static Chosen choose(Wish wish, WorkerId worker, Cgroups.Use use) {
        if (wish.mode() == Mode.NONE) {
            return new Chosen.Open(new Unsandboxed(wish.environment()));
        }
        Optional<String> problem = ReadFoldersRule
                .problem(wish.read().stream().map(Sandboxes::lying).toList(), lying(wish.dataDir().toAbsolutePath().normalize()))
                .or(() -> wish.read().stream().filter(folder -> !Files.isDirectory(folder)).findFirst()
                        .map(folder -> "RELAIS_SANDBOX_READ: " + folder + " is no directory"));
        if (problem.isPresent()) {
            return new Chosen.Impossible(problem.get());
        }
        var runAs = RunAs.of(worker);
        var site = new Bubblewrap.Site(runAs, wish.environment(), wish.dataDir().toAbsolutePath().resolve("sandbox"),
                wish.read());
        var bubblewrap = new Bubblewrap(site, Limits.onMachineWith(memory()).withDisk(wish.quota()), Cgroups.find(use));
        return switch (tried(bubblewrap, runAs, wish.dataDir())) {
            case Tried.Works _ -> new Chosen.Walled(bubblewrap, runAs);
            case Tried.Fails(String reason) when wish.mode() == Mode.BWRAP ->
                new Chosen.Impossible("RELAIS_SANDBOX=bwrap: " + reason);
            case Tried.Fails(String reason) -> new Chosen.Closed(Refusing.because(reason), reason);
        };
    }

    /** Where it does not exist yet, its nearest ancestor's place counts. */
    private static ReadFoldersRule.Folder lying(Path named) {
        for (Path at = named; at != null; at = at.getParent()) {
            try {
                return new ReadFoldersRule.Folder(named, at.toRealPath().resolve(at.relativize(named)).normalize());
            } catch (IOException e) {
                LOG.debug("{} does not exist", at, e);
            }
        }
        return new ReadFoldersRule.Folder(named, named.normalize());
    }

    private static long memory() {
        return java.lang.management.ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : 0;
    }

    private sealed interface Tried {
        record Works() implements Tried {}

        record Fails(String reason) implements Tried {}
    }

    /** Walls are believed when a command ran behind them. */
    private static Tried tried(Bubblewrap bubblewrap, RunAs runAs, Path dataDir) {
        try {
            Path empty = Files.createTempDirectory(Files.createDirectories(dataDir), "sandbox-probe-");
            runAs.owner().take(empty);
            try {
                return switch (bubblewrap.run(new Sandbox.Command("echo walls", empty, empty, PATIENCE))) {
                    case Ended.Exited exited when exited.code() == 0 && exited.output().text().equals("walls\n") ->
                        new Tried.Works();
                    case Ended.Exited exited -> new Tried.Fails(mended(exited.output().text()));
                    case Ended.Refused refused -> new Tried.Fails(mended(refused.reason()));
                    case Ended.TimedOut _ -> new Tried.Fails(mended("a trial did not end within " + PATIENCE.toSeconds() + " s"));
                    case Ended.OverLimit over -> new Tried.Fails(mended(over.excess().told()));
                };
            } finally {
                Files.delete(empty);
            }
        } catch (IOException e) {
            return new Tried.Fails("the data directory " + dataDir + " cannot be written (" + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Tried.Fails("interrupted while the sandbox was tried");
        }
    }

    private static String mended(String said) {
        return "bubblewrap does not work here (" + said.strip()
                + "); install it (apt-get install bubblewrap) and allow user namespaces";
    }
}

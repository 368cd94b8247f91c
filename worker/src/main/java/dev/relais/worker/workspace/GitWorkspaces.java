package dev.relais.worker.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.WorkerId;

/**
 * Workspaces on this machine's disk. Below the data directory: {@code workspaces/<task>/<epoch>-<worker>} are the checkouts,
 * {@code workspace.git} keeps the snapshots (and is their remote where no other is set), {@code mirrors/} the tasks' repositories. Several
 * workers share it.
 */
public final class GitWorkspaces implements Workspaces {
    private static final Duration AWAY = Duration.ofSeconds(60);
    private static final Duration LONGEST_COMMAND = Duration.ofMinutes(10);

    private final Setup setup;
    private final Git git = new Git(LONGEST_COMMAND);
    private final Patience patience;
    private final Store store;
    private final ExpiredRefs expired;

    /**
     * How a worker keeps its workspaces.
     *
     * @param remote a git URL that every worker reaches, for snapshots and for deliverables of tasks without a repository; empty for the store in the
     * data directory
     * @param quota of each workspace
     */
    public record Setup(Path dataDir, WorkerId worker, Optional<String> remote, Quota quota, Commands commands) {
        public Setup {
            dataDir = dataDir.toAbsolutePath().normalize();
        }
    }

    /**
     * What is known of the commands that work in the checkouts.
     *
     * @param owner whom they run as
     * @param processes whether one may outlive its command
     */
    public record Commands(CheckoutOwner owner, Processes processes) {
        /** They run as the worker itself, and nothing ends what they leave behind. */
        public static final Commands UNWALLED = new Commands(CheckoutOwner.WORKER, Processes.MAY_OUTLIVE_IT);
        /** They run as the worker itself, in a sandbox. */
        public static final Commands WALLED = new Commands(CheckoutOwner.WORKER, Processes.END_WITH_THEIR_COMMAND);
    }

    /** Whether a process of the model's may go on when its command has ended. */
    public enum Processes {
        /** A sandbox ends them all: between two commands only the file tools change anything. */
        END_WITH_THEIR_COMMAND,
        /** Whatever was touched, everything is looked at. */
        MAY_OUTLIVE_IT
    }

    public GitWorkspaces(Setup setup) {
        this(setup, new Patience(AWAY, InstantSource.system()));
    }

    /** With a quota that hardly any task meets, and everything looked at. */
    public GitWorkspaces(Path dataDir, WorkerId worker, Optional<String> remote) {
        this(plain(dataDir, worker, remote));
    }

    GitWorkspaces(Path dataDir, WorkerId worker, Optional<String> remote, Patience patience) {
        this(plain(dataDir, worker, remote), patience);
    }

    private static Setup plain(Path dataDir, WorkerId worker, Optional<String> remote) {
        return new Setup(dataDir, worker, remote, Quota.ofBytes(Quota.PLENTY), Commands.UNWALLED);
    }

    GitWorkspaces(Setup setup, Patience patience) {
        this.setup = setup;
        this.patience = patience;
        try {
            this.store = Store.at(setup.dataDir().resolve("workspace.git"));
        } catch (IOException e) {
            throw new UncheckedIOException("the store of snapshots under " + setup.dataDir() + " cannot be opened", e);
        }
        this.expired = new ExpiredRefs(new Snapshots.Home(store, setup.remote(), git, patience, setup.quota()));
    }

    /**
     * For the whole process: does not wait until JGit has measured how fine the file system's times are. That takes three seconds, which the first
     * snapshot would wait for; until it is known JGit assumes the coarsest and reads again what looks fresh.
     */
    public static void measureInBackground() {
        FS.FileStoreAttributes.setBackground(true);
    }

    @Override
    public Workspace open(TaskId task, int epoch, TaskRequested.@Nullable Source source, @Nullable String snapshot) {
        String run = PathNames.of(epoch, setup.worker());
        var checkout = new Checkout(setup.dataDir().resolve("workspaces").resolve(PathNames.of(task)).resolve(run), git);
        return new GitWorkspace(this, new GitWorkspace.Run(task, epoch, setup.worker(), source, snapshot), checkout,
                new Snapshots(home(), task, run));
    }

    private Snapshots.Home home() {
        return new Snapshots.Home(store, setup.remote(), git, patience, setup.quota());
    }

    /** Says to the other processes of this machine that this worker lives, and that its checkouts are not to be cleared away. */
    public void announce() throws IOException {
        presence().announce(setup.worker());
    }

    /** Clears away what dead processes left, and what is older than anybody can ask for. May take long. */
    public void sweep() {
        new Sweep(setup.dataDir(), presence(), expired).run(patience.now());
    }

    private Presence presence() {
        return new Presence(setup.dataDir().resolve("alive"));
    }

    Setup setup() {
        return setup;
    }

    CheckoutOwner owner() {
        return setup.commands().owner();
    }

    /** Where a run without a repository of its own delivers to. */
    Deliveries ownDeliveries() {
        Branches branches = setup.remote().<Branches>map(url -> new PushedBranches(store, url, git, patience))
                .orElseGet(() -> new OwnBranches(store));
        return new Deliveries(store, branches, patience::now);
    }

    Deliveries deliveries(Mirror mirror) {
        return new Deliveries(mirror.store(), new PushedBranches(mirror.store(), mirror.url(), git, patience), patience::now);
    }

    /** @throws Workspace.Invalid where the URL is none that a task may name */
    Mirror mirror(TaskRequested.Source source) throws IOException {
        return switch (RepositoryUrl.check(source.repository())) {
            case RepositoryUrl.Checked.Refused refused -> throw new Workspace.Invalid(refused.reason());
            case RepositoryUrl.Checked.Allowed allowed -> {
                Path directory = setup.dataDir().resolve("mirrors").resolve(hash(allowed.url()) + ".git");
                yield new Mirror(allowed.url(), Store.at(directory), git, patience);
            }
        };
    }

    private static String hash(String url) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}

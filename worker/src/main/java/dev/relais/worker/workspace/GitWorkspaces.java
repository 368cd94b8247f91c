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

    private final Path dataDir;
    private final WorkerId worker;
    private final Optional<String> remote;
    private final Git git = new Git(LONGEST_COMMAND);
    private final CheckoutOwner owner;
    private final Patience patience;
    private final Store store;

    /** @param remote a git URL that every worker reaches, for snapshots and for deliverables of tasks without a repository */
    public GitWorkspaces(Path dataDir, WorkerId worker, Optional<String> remote) {
        this(dataDir, worker, remote, CheckoutOwner.WORKER);
    }

    /**
     * @param remote a git URL that every worker reaches, for snapshots and for deliverables of tasks without a repository
     * @param owner whom commands run as
     */
    public GitWorkspaces(Path dataDir, WorkerId worker, Optional<String> remote, CheckoutOwner owner) {
        this(dataDir, worker, remote, owner, new Patience(AWAY, InstantSource.system()));
    }

    GitWorkspaces(Path dataDir, WorkerId worker, Optional<String> remote, Patience patience) {
        this(dataDir, worker, remote, CheckoutOwner.WORKER, patience);
    }

    private GitWorkspaces(Path dataDir, WorkerId worker, Optional<String> remote, CheckoutOwner owner, Patience patience) {
        this.owner = owner;
        this.dataDir = dataDir.toAbsolutePath().normalize();
        this.worker = worker;
        this.remote = remote;
        this.patience = patience;
        try {
            this.store = Store.at(this.dataDir.resolve("workspace.git"));
        } catch (IOException e) {
            throw new UncheckedIOException("the store of snapshots under " + this.dataDir + " cannot be opened", e);
        }
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
        String run = PathNames.of(epoch, worker);
        var checkout = new Checkout(dataDir.resolve("workspaces").resolve(PathNames.of(task)).resolve(run), git);
        var snapshots = new Snapshots(store, remote, git, patience, task, run);
        return new GitWorkspace(this, new GitWorkspace.Run(task, epoch, worker, source, snapshot), checkout, snapshots);
    }

    CheckoutOwner owner() {
        return owner;
    }

    /** Where a run without a repository of its own delivers to. */
    Deliveries ownDeliveries() {
        Branches branches = remote.<Branches>map(url -> new PushedBranches(store, url, git, patience))
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
                Path directory = dataDir.resolve("mirrors").resolve(hash(allowed.url()) + ".git");
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

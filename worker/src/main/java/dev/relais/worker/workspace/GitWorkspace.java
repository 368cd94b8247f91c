package dev.relais.worker.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.WorkerId;

/** One run's checkout, made when it is first needed. Read-only tools may ask from several threads. */
final class GitWorkspace implements Workspace {
    private final GitWorkspaces workspaces;
    private final Run run;
    private final Checkout checkout;
    private final Snapshots snapshots;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Made made;
    /** Whether anything may lie on the disk; guarded by the lock. */
    private boolean isBegun;

    GitWorkspace(GitWorkspaces workspaces, Run run, Checkout checkout, Snapshots snapshots) {
        this.workspaces = workspaces;
        this.run = run;
        this.checkout = checkout;
        this.snapshots = snapshots;
    }

    record Run(TaskId task, int epoch, WorkerId worker, TaskRequested.@Nullable Source source, @Nullable String snapshot) {}

    /**
     * @param base the commit of the task's repository that the work starts from
     * @param from what was checked out; empty where a snapshot was restored
     */
    private record Made(Path root, Path start, Confinement confinement, Optional<ObjectId> base, Deliveries deliveries,
            Optional<RefRule.Meant> from) {}

    @Override
    public Path root() {
        return made().root();
    }

    @Override
    public Path start() {
        return made().start();
    }

    @Override
    public Resolved resolve(String pathOfTheModel) {
        return made().confinement().resolve(pathOfTheModel);
    }

    @Override
    public void madeByATool(Path real) {
        Path root = made().root();
        guarded("given to its commands", () -> {
            workspaces.owner().take(root, real);
            return real;
        });
    }

    @Override
    public Snapshot snapshot() {
        return snapshot(new Touched.Anything());
    }

    @Override
    public Snapshot snapshot(Touched touched) {
        if (isUntouched() || touched instanceof Touched.Nothing) {
            return new Snapshot.Unchanged();
        }
        Made at = made();
        Touched looked = switch (workspaces.setup().commands().processes()) {
            case END_WITH_THEIR_COMMAND -> touched;
            case MAY_OUTLIVE_IT -> new Touched.Anything();
        };
        return guarded("kept", () -> {
            try {
                return snapshots.take(at.root(), looked, at.base());
            } catch (TooMuch e) {
                undo(at);
                return new Snapshot.Undone(String.valueOf(e.getMessage()));
            }
        });
    }

    @Override
    public void undo() {
        if (isUntouched()) {
            return;
        }
        Made at = made();
        guarded("put back", () -> {
            undo(at);
            return at;
        });
    }

    private void undo(Made at) throws IOException {
        lock.lock();
        try {
            String commit = snapshots.last().map(ObjectId::name).orElse(null);
            made = commit == null && at.from().isPresent() ? began(at.from().get()) : make(commit);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void restore(String commit) {
        guarded("restored", () -> {
            lock.lock();
            try {
                made = make(commit);
                return made;
            } finally {
                lock.unlock();
            }
        });
    }

    @Override
    public List<DeliveredFile> changes() {
        if (isUntouched()) {
            return List.of();
        }
        Made at = made();
        return guarded("compared", () -> at.deliveries().changes(at.root(), at.base()));
    }

    @Override
    public List<TextChange> diff() {
        if (isUntouched()) {
            return List.of();
        }
        Made at = made();
        return guarded("compared", () -> at.deliveries().diff(at.root(), at.base()));
    }

    @Override
    public String tree() {
        if (isUntouched()) {
            return "";
        }
        Made at = made();
        return guarded("read", () -> at.deliveries().tree(at.root(), at.base()).map(ObjectId::name).orElse(""));
    }

    @Override
    public Publication publish(int round, AgentName author, String message) {
        if (isUntouched()) {
            return new Publication.Nothing();
        }
        Made at = made();
        String branch = RefRule.DELIVERABLES + PathNames.of(run.task()) + "/" + round + "." + run.epoch();
        var delivery = new Deliveries.Delivery(author, message, branch, branch + "-" + PathNames.of(run.worker().value()));
        return guarded("published", () -> at.deliveries().publish(at.root(), at.base(), delivery));
    }

    @Override
    public void close() {
        if (!isOnDisk()) {
            return;
        }
        guarded("removed", () -> {
            checkout.delete();
            checkout.deleteParentIfEmpty();
            return this;
        });
    }

    /** Its directory bears the name of this run of this worker, so nobody else can have begun it. */
    private boolean isOnDisk() {
        lock.lock();
        try {
            return isBegun;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing was ever written: there is no need to check anything out for saying so. */
    private boolean isUntouched() {
        lock.lock();
        try {
            return made == null && run.snapshot() == null;
        } finally {
            lock.unlock();
        }
    }

    private Made made() {
        lock.lock();
        try {
            Made already = made;
            if (already == null) {
                already = guarded("made", () -> make(run.snapshot()));
                made = already;
            }
            Path root = already.root();
            if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
                guarded("made again", () -> madeAgain(root));
            }
            return already;
        } finally {
            lock.unlock();
        }
    }

    /** A command may take away the directory that it runs in, or put a link in its place. */
    private Path madeAgain(Path root) throws IOException {
        Files.deleteIfExists(root);
        Files.createDirectories(root);
        workspaces.owner().take(root);
        return root;
    }

    private Made make(@Nullable String snapshot) throws IOException {
        TaskRequested.Source source = run.source();
        if (snapshot == null) {
            return began(source == null ? new RefRule.Meant.Nothing() : workspaces.mirror(source).fetch(source));
        }
        Path root = cleared();
        try {
            ObjectId commit = ObjectId.fromString(snapshot);
            Optional<ObjectId> base = snapshots.restore(commit, root).base();
            workspaces.owner().take(root);
            // Only now the files are looked at: whatever is done to all of them comes before, and changes their time stamps.
            snapshots.continueFrom(commit, root);
            if (source != null) {
                base.ifPresent(workspaces.mirror(source)::has);
            }
            return made(root, base, Optional.empty());
        } catch (TooMuch e) {
            throw new Invalid("snapshot " + snapshot + " cannot be restored: " + e.getMessage());
        }
    }

    private Path cleared() throws IOException {
        isBegun = true;
        checkout.clear();
        return checkout.directory().toRealPath();
    }

    /** A run's first sight of the workspace. */
    private Made began(RefRule.Meant from) throws IOException {
        TaskRequested.Source source = run.source();
        Path root = cleared();
        try {
            if (source == null) {
                workspaces.owner().take(root);
                snapshots.beginEmpty(root);
            } else {
                checkout.cloneFrom(workspaces.mirror(source), from);
                workspaces.owner().take(root);
                snapshots.begin(root);
            }
        } catch (TooMuch e) {
            throw new Invalid("the repository cannot be worked on: " + e.getMessage());
        }
        Optional<ObjectId> base = from instanceof RefRule.Meant.Commit commit
                ? Optional.of(ObjectId.fromString(commit.id()))
                : Optional.empty();
        return made(root, base, Optional.of(from));
    }

    private Made made(Path root, Optional<ObjectId> base, Optional<RefRule.Meant> from) throws IOException {
        TaskRequested.Source source = run.source();
        Path start = start(root, source);
        Deliveries deliveries = source == null ? workspaces.ownDeliveries() : workspaces.deliveries(workspaces.mirror(source));
        return new Made(root, start, new Confinement(root, start, run.task()), base, deliveries, from);
    }

    private Path start(Path root, TaskRequested.@Nullable Source source) {
        String subdirectory = source == null || source.subdirectory() == null ? "" : source.subdirectory();
        if (subdirectory.isBlank()) {
            return root;
        }
        return switch (new Confinement(root, root, run.task()).resolve(subdirectory)) {
            case Resolved.Outside outside -> throw new Invalid("the workspace's subdirectory: " + outside.reason());
            case Resolved.Inside inside when Files.isDirectory(inside.real()) -> inside.real();
            case Resolved.Inside _ when run.snapshot() != null -> root;
            case Resolved.Inside inside -> throw new Invalid(
                    "the workspace has no directory \"" + inside.relative() + "\" to start in");
        };
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T guarded(String done, Work<T> work) {
        try {
            return work.run();
        } catch (ClosedByInterruptException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("stopped while a workspace was " + done, e);
        } catch (IOException e) {
            throw new UncheckedIOException("the workspace of " + run.task() + " could not be " + done + ": " + e.getMessage(), e);
        }
    }
}

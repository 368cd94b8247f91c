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

    GitWorkspace(GitWorkspaces workspaces, Run run, Checkout checkout, Snapshots snapshots) {
        this.workspaces = workspaces;
        this.run = run;
        this.checkout = checkout;
        this.snapshots = snapshots;
    }

    record Run(TaskId task, int epoch, WorkerId worker, TaskRequested.@Nullable Source source, @Nullable String snapshot) {}

    /** @param base the commit of the task's repository that the work starts from */
    private record Made(Path root, Path start, Confinement confinement, Optional<ObjectId> base, Deliveries deliveries) {}

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
        if (isUntouched()) {
            return new Snapshot.Unchanged();
        }
        Made at = made();
        return guarded("taken a snapshot of", () -> snapshots.take(at.root(), at.base()));
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
    public Publication publish(int round, String message) {
        if (isUntouched()) {
            return new Publication.Nothing();
        }
        Made at = made();
        String branch = RefRule.DELIVERABLES + PathNames.of(run.task()) + "/" + round + "." + run.epoch();
        var delivery = new Deliveries.Delivery(message, branch, branch + "-" + PathNames.of(run.worker().value()));
        return guarded("published", () -> at.deliveries().publish(at.root(), at.base(), delivery));
    }

    @Override
    public void close() {
        guarded("removed", () -> {
            checkout.delete();
            checkout.deleteParentIfEmpty();
            return this;
        });
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
        Mirror mirror = source == null ? null : workspaces.mirror(source);
        checkout.clear();
        Path root = checkout.directory().toRealPath();
        Optional<ObjectId> base = Optional.empty();
        if (snapshot != null) {
            base = snapshots.restore(ObjectId.fromString(snapshot), root).base();
            if (mirror != null) {
                base.ifPresent(mirror::has);
            }
        } else if (source != null && mirror != null) {
            RefRule.Meant meant = mirror.fetch(source);
            checkout.cloneFrom(mirror, meant);
            base = meant instanceof RefRule.Meant.Commit commit ? Optional.of(ObjectId.fromString(commit.id())) : base;
        } else {
            snapshots.beginEmpty(root);
        }
        workspaces.owner().take(root);
        Path start = start(root, source);
        Deliveries deliveries = mirror == null ? workspaces.ownDeliveries() : workspaces.deliveries(mirror);
        return new Made(root, start, new Confinement(root, start, run.task()), base, deliveries);
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

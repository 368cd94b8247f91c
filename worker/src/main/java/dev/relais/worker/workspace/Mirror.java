package dev.relais.worker.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.TaskRequested;

/** A repository's copy on this machine, from which every checkout is made: the remote is asked only for what is new. */
final class Mirror {
    /** A file lock keeps other processes out, and does not know this process's threads. */
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    /** Even a few objects come as one pack: every checkout copies all of them, file by file. */
    private static final String PACKED = "fetch.unpackLimit=1";

    private final String url;
    private final Store store;
    private final Path lock;
    private final Git git;
    private final Patience patience;

    /** @param store of this repository alone */
    Mirror(String url, Store store, Git git, Patience patience) {
        this.url = url;
        this.store = store;
        this.lock = store.directory().resolveSibling(store.directory().getFileName() + ".lock");
        this.git = git;
        this.patience = patience;
    }

    Store store() {
        return store;
    }

    String url() {
        return url;
    }

    /** @throws Workspace.Invalid where the repository or the ref does not exist */
    RefRule.Meant fetch(TaskRequested.Source source) {
        used();
        String ref = source.ref() == null ? "" : source.ref();
        if (!ref.isEmpty() && !RefRule.isWellFormed(ref)) {
            throw new Workspace.Invalid("the workspace's ref is no name that git allows");
        }
        if (RefRule.isCommit(ref)) {
            has(ObjectId.fromString(ref));
            return new RefRule.Meant.Commit(ref, null);
        }
        RefRule.Meant meant = RefRule.meant(ref, listed(ref));
        switch (meant) {
            case RefRule.Meant.Commit commit -> {
                if (!store.has(ObjectId.fromString(commit.id()))) {
                    pull(ref.startsWith("refs/") ? ref : null);
                }
                require(ObjectId.fromString(commit.id()));
            }
            case RefRule.Meant.Nothing _ -> {
            }
            case RefRule.Meant.Unknown _ -> throw new Workspace.Invalid(
                    url + " has no branch, tag or commit \"" + ref + "\"" + (ref.matches("[0-9a-f]{4,39}")
                            ? "; write a commit with all of its 40 digits"
                            : ""));
        }
        return meant;
    }

    /** Keeps it from being cleared away. */
    private void used() {
        try {
            if (Files.exists(lock)) {
                Files.setLastModifiedTime(lock, FileTime.from(patience.now()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the mirror of " + url + " cannot be used", e);
        }
    }

    /** Makes sure that the commit is here. */
    void has(ObjectId commit) {
        if (!store.has(commit)) {
            pull(null);
        }
        if (!store.has(commit)) {
            pull(commit.name());
        }
        require(commit);
    }

    private void require(ObjectId commit) {
        if (!store.has(commit)) {
            throw new Workspace.Invalid(url + " has no commit " + commit.name());
        }
    }

    private List<RefRule.Listed> listed(String ref) {
        String[] command = ref.isEmpty() || ref.equals("HEAD")
                ? new String[]{"ls-remote", "--symref", "--", url, "HEAD", "refs/heads/*"}
                : new String[]{"ls-remote", "--", url, "refs/heads/" + ref, "refs/tags/" + ref, "refs/tags/" + ref + "^{}", ref,
                        ref + "^{}"};
        return RefRule.parse(output(patience.ask(url, () -> git.remote(store.directory(), command))));
    }

    private void pull(@Nullable String also) {
        locked(() -> {
            if (also == null) {
                return patience.ask(url,
                        () -> git.remote(store.directory(), "-c", PACKED, "fetch", "--quiet", "--prune", "--no-tags",
                                "--no-write-fetch-head", "--", url, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"));
            }
            return patience.ask(url, () -> git.remote(store.directory(), "-c", PACKED, "fetch", "--quiet", "--no-tags",
                    "--no-write-fetch-head", "--", url, also));
        });
    }

    private String output(Git.Ended ended) {
        return switch (ended) {
            case Git.Ended.Fine fine -> fine.output();
            case Git.Ended.Failed failed -> throw new Workspace.Invalid(url + " cannot be read: " + failed.complaint());
        };
    }

    private void locked(Supplier<Git.Ended> command) {
        ReentrantLock own = LOCKS.computeIfAbsent(lock, _ -> new ReentrantLock());
        own.lock();
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assert held.isValid();
            output(command.get());
        } catch (ClosedByInterruptException e) {
            throw new Workspace.Stopped("stopped while another process fetched " + url, e);
        } catch (IOException e) {
            throw new UncheckedIOException("the mirror of " + url + " cannot be locked", e);
        } finally {
            own.unlock();
        }
    }
}

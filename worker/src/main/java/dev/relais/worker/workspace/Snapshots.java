package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jgit.lib.ObjectId;

import dev.relais.schemas.event.TaskId;
import dev.relais.worker.workspace.Workspace.Snapshot;

/** One run's chain of snapshots: a commit per turn that changed something, under a ref that only this run writes (rule 13). */
final class Snapshots {
    private final Store store;
    private final Optional<String> remote;
    private final Git git;
    private final Patience patience;
    private final String taskRefs;
    private final String ref;
    private final String message;

    private Optional<ObjectId> last = Optional.empty();
    private Optional<ObjectId> lastTop = Optional.empty();
    private Map<Path, TreeScan.Blob> seen = Map.of();
    private FileTime trustedBefore = FileTime.fromMillis(Long.MIN_VALUE);

    /**
     * @param remote a URL; empty where the store itself is the remote
     * @param run {@link PathNames#of(int, dev.relais.schemas.event.WorkerId)}
     */
    Snapshots(Store store, Optional<String> remote, Git git, Patience patience, TaskId task, String run) {
        this.store = store;
        this.remote = remote;
        this.git = git;
        this.patience = patience;
        this.taskRefs = "refs/relais/" + PathNames.of(task);
        this.ref = taskRefs + "/" + run;
        this.message = "Snapshot of " + task + " by " + run;
    }

    /** An empty workspace needs no commit to come back. */
    void beginEmpty(Path root) throws IOException {
        lastTop = Optional.of(keep(root, Optional.empty()));
    }

    Snapshot take(Path root, Optional<ObjectId> base) throws IOException {
        ObjectId top = keep(root, base);
        if (lastTop.filter(top::equals).isPresent()) {
            return new Snapshot.Unchanged();
        }
        ObjectId commit = store.commit(top, last, message, patience.now());
        store.point(ref, commit);
        push(commit);
        last = Optional.of(commit);
        lastTop = Optional.of(top);
        return new Snapshot.Taken(commit.name());
    }

    private ObjectId keep(Path root, Optional<ObjectId> base) throws IOException {
        FileTime before = stamp(root);
        Store.Kept kept = store.keep(root, base, seen, trustedBefore);
        seen = kept.blobs();
        trustedBefore = before;
        return kept.top();
    }

    /** What the file system takes for now: its time stamps are compared with each other only. */
    private static FileTime stamp(Path root) throws IOException {
        Path stamp = root.resolveSibling(root.getFileName() + ".stamp");
        Files.writeString(stamp, "");
        FileTime now = FileStat.of(stamp).changed();
        Files.delete(stamp);
        return now;
    }

    private void push(ObjectId commit) {
        remote.ifPresent(url -> {
            Git.Ended ended = patience.ask("the workspace remote",
                    () -> git.remote(store.directory(), "push", "--quiet", "--no-verify", "--", url,
                            "+" + commit.name() + ":" + ref));
            if (ended instanceof Git.Ended.Failed failed) {
                throw new Workspace.Unreachable("the workspace remote took no snapshot: " + failed.complaint(), null);
            }
        });
    }

    /** Puts the snapshot into an empty directory; the next one continues from it. */
    Manifest restore(ObjectId commit, Path root) throws IOException {
        fetch(commit);
        Manifest manifest = store.restore(commit, root);
        last = Optional.of(commit);
        lastTop = Optional.of(store.topOf(commit));
        seen = Map.of();
        return manifest;
    }

    private void fetch(ObjectId commit) {
        if (store.has(commit)) {
            return;
        }
        String url = remote.orElseThrow(() -> new Workspace.Unreachable("snapshot " + commit.name() + " is not in "
                + store.directory() + "; workers that do not share RELAIS_DATA_DIR need a common RELAIS_WORKSPACE_REMOTE", null));
        String apart = taskRefs.replaceFirst("refs/relais/", "refs/fetched/");
        Git.Ended ended = patience.ask("the workspace remote",
                () -> git.remote(store.directory(), "fetch", "--quiet", "--no-tags",
                        "--no-write-fetch-head", "--", url, "+" + taskRefs + "/*:" + apart + "/*"));
        if (ended instanceof Git.Ended.Failed failed) {
            throw new Workspace.Unreachable("the workspace remote gave no snapshot: " + failed.complaint(), null);
        }
        if (!store.has(commit)) {
            throw new Workspace.Unreachable("the workspace remote has no snapshot " + commit.name() + " of this task", null);
        }
    }
}

package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.eclipse.jgit.lib.ObjectId;

import dev.relais.schemas.event.TaskId;
import dev.relais.worker.workspace.Workspace.Snapshot;

/** One run's chain of snapshots: a commit per turn that changed something, under a ref that only this run writes (rule 13). */
final class Snapshots {
    /** Begins the name of every snapshot's ref. */
    static final String REFS = "refs/relais/";
    /** Begins the name of what was fetched to restore it: nothing that this worker took. */
    static final String FETCHED = "refs/fetched/";

    private final Home home;
    private final Store store;
    private final String taskRefs;
    private final String ref;
    private final String message;
    private Optional<ObjectId> last = Optional.empty();
    private Optional<ObjectId> lastTop = Optional.empty();
    private Optional<Index> index = Optional.empty();

    /**
     * Where snapshots are kept.
     *
     * @param remote a URL; empty where the store itself is the remote
     */
    record Home(Store store, Optional<String> remote, Git git, Patience patience, Quota quota) {}

    /** @param run {@link PathNames#of(int, dev.relais.schemas.event.WorkerId)} */
    Snapshots(Home home, TaskId task, String run) {
        this.home = home;
        this.store = home.store();
        this.taskRefs = REFS + PathNames.of(task);
        this.ref = taskRefs + "/" + run;
        this.message = "Snapshot of " + task + " by " + run;
    }

    /** @throws TooMuch where there is more than the quota allows to begin with */
    void begin(Path root) throws IOException, TooMuch {
        beginWith(root).look(new Touched.Anything());
    }

    private Index beginWith(Path root) {
        var known = new Index(root, home.quota());
        index = Optional.of(known);
        last = Optional.empty();
        lastTop = Optional.empty();
        return known;
    }

    /** An empty directory that was just made needs no commit to come back. */
    void beginEmpty(Path root) throws IOException, TooMuch {
        beginWith(root).lookAtNew();
        lastTop = Optional.of(kept(root, known(root), new Touched.Nothing(), Optional.empty()));
    }

    private Index known(Path root) {
        Index known = index.orElseGet(() -> new Index(root, home.quota()));
        index = Optional.of(known);
        return known;
    }

    /** @throws TooMuch where the workspace has outgrown its quota */
    Snapshot take(Path root, Touched touched, Optional<ObjectId> base) throws IOException, TooMuch {
        ObjectId top = kept(root, known(root), touched, base);
        if (lastTop.filter(top::equals).isPresent()) {
            return new Snapshot.Unchanged();
        }
        ObjectId commit = store.commit(top, last, message, Store.Signed.byRelais(home.patience().now()));
        store.point(ref, commit);
        push(commit);
        last = Optional.of(commit);
        lastTop = Optional.of(top);
        return new Snapshot.Taken(commit.name());
    }

    private ObjectId kept(Path root, Index known, Touched touched, Optional<ObjectId> base) throws IOException, TooMuch {
        boolean kept = false;
        try {
            ObjectId top = store.keep(root, known.look(touched), base);
            kept = true;
            return top;
        } finally {
            if (!kept) {
                known.forget();
            }
        }
    }

    /** The last one that was taken or restored. */
    Optional<ObjectId> last() {
        return last;
    }

    private void push(ObjectId commit) {
        home.remote().ifPresent(url -> {
            Git.Ended ended = home.patience().ask("the workspace remote",
                    () -> home.git().remote(store.directory(), "push", "--quiet", "--no-verify", "--", url,
                            "+" + commit.name() + ":" + ref));
            if (ended instanceof Git.Ended.Failed failed) {
                throw new Workspace.Unreachable("the workspace remote took no snapshot: " + failed.complaint(), null);
            }
        });
    }

    /** Puts the snapshot into an empty directory. */
    Manifest restore(ObjectId commit, Path root) throws IOException {
        fetch(commit);
        return store.restore(commit, root);
    }

    /** The next one continues from this one, which the directory was just restored from. */
    void continueFrom(ObjectId commit, Path root) throws IOException, TooMuch {
        var known = new Index(root, home.quota());
        store.adopt(commit, known);
        last = Optional.of(commit);
        lastTop = Optional.of(store.topOf(commit));
        index = Optional.of(known);
    }

    private void fetch(ObjectId commit) {
        if (store.has(commit)) {
            return;
        }
        String url = home.remote().orElseThrow(() -> new Workspace.Unreachable("snapshot " + commit.name() + " is not in "
                + store.directory() + "; workers that do not share RELAIS_DATA_DIR need a common RELAIS_WORKSPACE_REMOTE", null));
        String apart = taskRefs.replaceFirst(REFS, FETCHED);
        Git.Ended ended = home.patience().ask("the workspace remote",
                () -> home.git().remote(store.directory(), "fetch", "--quiet", "--no-tags",
                        "--no-write-fetch-head", "--", url, "+" + taskRefs + "/*:" + apart + "/*"));
        if (ended instanceof Git.Ended.Failed failed) {
            throw new Workspace.Unreachable("the workspace remote gave no snapshot: " + failed.complaint(), null);
        }
        if (!store.has(commit)) {
            throw new Workspace.Unreachable("the workspace remote has no snapshot " + commit.name() + " of this task", null);
        }
    }
}

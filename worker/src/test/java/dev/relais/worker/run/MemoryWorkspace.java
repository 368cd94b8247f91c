package dev.relais.worker.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.worker.workspace.Workspace;

/** A workspace of names and texts; its remote outlives it. */
final class MemoryWorkspace implements Workspace {
    private final Remote remote;
    private final Map<String, String> files = new TreeMap<>();

    /** What workers share. */
    static final class Remote {
        final Map<String, Map<String, String>> snapshots = new TreeMap<>();
        @Nullable
        Publication answers;
        @Nullable
        RuntimeException failsWith;
        int published;
    }

    MemoryWorkspace(Remote remote, @Nullable String snapshot) {
        this.remote = remote;
        if (snapshot != null) {
            restore(snapshot);
        }
    }

    void write(String path, String content) {
        files.merge(path, content, (before, more) -> before + more);
    }

    Map<String, String> files() {
        return files;
    }

    @Override
    public Path root() {
        return Path.of(SEEN_AS);
    }

    @Override
    public Resolved resolve(String pathOfTheModel) {
        return new Resolved.Outside("nothing lies here");
    }

    @Override
    public Snapshot snapshot() {
        if (remote.failsWith != null) {
            throw remote.failsWith;
        }
        if (remote.snapshots.containsValue(files)) {
            return new Snapshot.Unchanged();
        }
        String commit = "c" + remote.snapshots.size();
        remote.snapshots.put(commit, new TreeMap<>(files));
        return new Snapshot.Taken(commit);
    }

    @Override
    public void restore(String commit) {
        files.clear();
        files.putAll(remote.snapshots.getOrDefault(commit, Map.of()));
    }

    @Override
    public List<DeliveredFile> changes() {
        return files.keySet().stream().map(path -> new DeliveredFile(path, "added", false)).toList();
    }

    @Override
    public String tree() {
        return "tree-" + files.hashCode();
    }

    @Override
    public Publication publish(int round, String message) {
        remote.published++;
        return remote.answers == null ? new Publication.Pushed("repo", "relais/t-1/" + round, "commit") : remote.answers;
    }

    @Override
    public void close() {
        files.clear();
    }
}

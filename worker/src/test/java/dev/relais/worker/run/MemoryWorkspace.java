package dev.relais.worker.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.worker.workspace.TextChange;
import dev.relais.worker.workspace.Workspace;

/** A workspace of names and texts; its remote outlives it. */
final class MemoryWorkspace implements Workspace {
    private final Remote remote;
    private final Map<String, String> files = new TreeMap<>();
    private @Nullable String last;

    /** What workers share. */
    static final class Remote {
        final Map<String, Map<String, String>> snapshots = new TreeMap<>();
        @Nullable
        Publication answers;
        @Nullable
        RuntimeException failsWith;
        /** What the task began from. */
        final Map<String, String> base = new TreeMap<>();
        int published;
    }

    MemoryWorkspace(Remote remote, @Nullable String snapshot) {
        this.remote = remote;
        if (snapshot == null) {
            files.putAll(remote.base);
        } else {
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
        if (files.equals(last == null ? remote.base : remote.snapshots.get(last))) {
            return new Snapshot.Unchanged();
        }
        String commit = "c" + remote.snapshots.size();
        remote.snapshots.put(commit, new TreeMap<>(files));
        last = commit;
        return new Snapshot.Taken(commit);
    }

    @Override
    public void restore(String commit) {
        files.clear();
        files.putAll(remote.snapshots.getOrDefault(commit, Map.of()));
        last = commit;
    }

    @Override
    public void undo() {
        files.clear();
        files.putAll(last == null ? remote.base : remote.snapshots.getOrDefault(last, Map.of()));
    }

    @Override
    public List<DeliveredFile> changes() {
        return diff().stream().map(change -> new DeliveredFile(change.path(), change.change(), false)).toList();
    }

    @Override
    public List<TextChange> diff() {
        var paths = new TreeSet<>(files.keySet());
        paths.addAll(remote.base.keySet());
        return paths.stream().filter(path -> !Objects.equals(remote.base.get(path), files.get(path))).map(this::changed).toList();
    }

    private TextChange changed(String path) {
        String change = !remote.base.containsKey(path)
                ? TextChange.ADDED
                : files.containsKey(path) ? "modified" : TextChange.DELETED;
        return new TextChange(path, change, TextChange.Content.TEXT, remote.base.getOrDefault(path, ""),
                files.getOrDefault(path, ""));
    }

    @Override
    public String tree() {
        return "tree-" + files.hashCode();
    }

    @Override
    public Publication publish(int round, AgentName author, String message) {
        remote.published++;
        return remote.answers == null ? new Publication.Pushed("repo", "relais/t-1/" + round, "commit") : remote.answers;
    }

    @Override
    public void close() {
        files.clear();
    }
}

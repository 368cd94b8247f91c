package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;

/**
 * The workspace as a deliverable: what git would commit after {@code git add -A}. Files that the base holds stay in it even where a pattern
 * ignores them; Relais' own directory never is; a nested repository counts with its files, without its {@code .git}.
 */
final class DeliverableTree {
    private static final String OWN = ".relais";

    private final NavigableMap<String, Item> base;
    private final ObjectInserter objects;
    private final NavigableMap<String, Item> items = new TreeMap<>();

    private DeliverableTree(NavigableMap<String, Item> base, ObjectInserter objects) {
        this.base = base;
        this.objects = objects;
    }

    record Item(FileMode mode, ObjectId id) {}

    /** @return by raw path */
    static NavigableMap<String, Item> of(Repository repository, Optional<ObjectId> commit) throws IOException {
        var items = new TreeMap<String, Item>();
        if (commit.isEmpty()) {
            return items;
        }
        try (var commits = new RevWalk(repository); var walk = new TreeWalk(repository)) {
            walk.addTree(commits.parseCommit(commit.get()).getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                items.put(new String(walk.getRawPath(), StandardCharsets.ISO_8859_1),
                        new Item(walk.getFileMode(0), walk.getObjectId(0).copy()));
            }
        }
        return items;
    }

    /**
     * The directory's present state.
     *
     * @param objects where file contents are written to
     */
    static NavigableMap<String, Item> of(Path root, NavigableMap<String, Item> base, ObjectInserter objects) throws IOException {
        var tree = new DeliverableTree(base, objects);
        tree.directory(root, "", IgnoreRules.at(root), false);
        base.tailMap(OWN + "/").entrySet().stream().takeWhile(entry -> entry.getKey().startsWith(OWN + "/"))
                .forEach(entry -> tree.items.put(entry.getKey(), entry.getValue()));
        return tree.items;
    }

    static ObjectId write(NavigableMap<String, Item> items, ObjectInserter objects) throws IOException {
        DirCacheBuilder index = DirCache.newInCore().builder();
        items.forEach((path, item) -> {
            var entry = new DirCacheEntry(path.getBytes(StandardCharsets.ISO_8859_1));
            entry.setFileMode(item.mode());
            entry.setObjectId(item.id());
            index.add(entry);
        });
        index.finish();
        return index.getDirCache().writeTree(objects);
    }

    static List<DeliveredFile> changes(NavigableMap<String, Item> base, NavigableMap<String, Item> now) {
        var paths = new TreeSet<>(base.keySet());
        paths.addAll(now.keySet());
        var changes = new ArrayList<DeliveredFile>();
        for (String path : paths) {
            Item before = base.get(path);
            Item after = now.get(path);
            if (before == null) {
                changes.add(new DeliveredFile(FileNames.text(path), "added", false));
            } else if (after == null) {
                changes.add(new DeliveredFile(FileNames.text(path), "deleted", false));
            } else if (!before.equals(after)) {
                changes.add(new DeliveredFile(FileNames.text(path), "modified", false));
            }
        }
        return changes;
    }

    private void directory(Path directory, String path, IgnoreRules above, boolean ignored) throws IOException {
        var files = new ArrayList<Path>();
        try (var _ = new OpenedUp(directory, FileStat.of(directory));
                DirectoryStream<Path> s = Files.newDirectoryStream(directory)) {
            s.forEach(files::add);
            IgnoreRules rules = path.isEmpty() ? above : above.in(directory, FileNames.text(path));
            for (Path file : files) {
                entry(file, path, rules, ignored);
            }
        }
    }

    private void entry(Path file, String parent, IgnoreRules rules, boolean aboveIgnored) throws IOException {
        String name = FileNames.raw(file);
        String path = parent.isEmpty() ? name : parent + "/" + name;
        if (path.equals(OWN) || GitNames.isRefused(name)) {
            return;
        }
        FileStat stat = FileStat.of(file);
        boolean ignored = aboveIgnored || rules.isIgnored(FileNames.text(path), stat.isDirectory());
        if (stat.isDirectory()) {
            subdirectory(file, path, rules, ignored);
        } else if (!ignored || base.containsKey(path)) {
            file(file, path, stat);
        }
    }

    private void subdirectory(Path directory, String path, IgnoreRules rules, boolean ignored) throws IOException {
        Item before = base.get(path);
        if (before != null && before.mode().equals(FileMode.GITLINK)) {
            items.put(path, before);
            return;
        }
        String below = base.ceilingKey(path + "/");
        if (!ignored || (below != null && below.startsWith(path + "/"))) {
            directory(directory, path, rules, ignored);
        }
    }

    private void file(Path file, String path, FileStat stat) throws IOException {
        if (stat.isLink()) {
            byte[] target = FileNames.rawTarget(Files.readSymbolicLink(file)).getBytes(StandardCharsets.ISO_8859_1);
            items.put(path, new Item(FileMode.SYMLINK, objects.insert(Constants.OBJ_BLOB, target)));
        } else if (stat.isFile()) {
            FileMode mode = stat.isExecutable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
            try (var _ = new OpenedUp(file, stat); var content = Files.newInputStream(file)) {
                items.put(path, new Item(mode, objects.insert(Constants.OBJ_BLOB, Files.size(file), content)));
            }
        }
    }
}

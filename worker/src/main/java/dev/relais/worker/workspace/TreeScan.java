package dev.relais.worker.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;

/**
 * Writes a directory into an object store as it is: every file, ignored or not, links, empty directories, nested repositories. Sockets, pipes and
 * devices have no content and are left out. A file whose stat is as at the last scan is not read again.
 */
final class TreeScan {
    private static final int USUAL_FILE = 0644;
    private static final int USUAL_PROGRAM = 0755;
    private static final int USUAL_DIRECTORY = 0755;

    private final ObjectInserter objects;
    private final Map<Path, Blob> before;
    private final FileTime trustedBefore;
    private final Map<Path, Blob> now = new HashMap<>();
    private final List<Manifest.Mode> modes = new ArrayList<>();

    /**
     * @param before what the last scan saw
     * @param trustedBefore a file changed at or after this time is read again: a second change may share its time stamp
     */
    TreeScan(ObjectInserter objects, Map<Path, Blob> before, FileTime trustedBefore) {
        this.objects = objects;
        this.before = before;
        this.trustedBefore = trustedBefore;
    }

    record Blob(FileStat stat, ObjectId id) {}

    /** @param blobs by path, for the next scan */
    record Scanned(ObjectId tree, List<Manifest.Mode> modes, Map<Path, Blob> blobs) {}

    Scanned scan(Path root) throws IOException {
        ObjectId tree = directory(root, "", FileStat.of(root));
        return new Scanned(tree, modes, now);
    }

    private record Entry(String name, FileMode mode, ObjectId id) implements Comparable<Entry> {
        /** Git's order: a directory sorts as if its name ended with '/'. */
        @Override
        public int compareTo(Entry other) {
            return key().compareTo(other.key());
        }

        private String key() {
            return mode.equals(FileMode.TREE) ? name + "/" : name;
        }
    }

    private ObjectId directory(Path directory, String path, FileStat stat) throws IOException {
        if (stat.permissions() != USUAL_DIRECTORY) {
            modes.add(new Manifest.Mode(stat.permissions(), path));
        }
        var entries = new ArrayList<Entry>();
        try (var _ = new OpenedUp(directory, stat)) {
            for (Path file : listed(directory)) {
                entry(file, path, entries);
            }
        }
        entries.sort(null);
        var tree = new TreeFormatter();
        entries.forEach(entry -> tree.append(entry.name().getBytes(StandardCharsets.ISO_8859_1), entry.mode(), entry.id()));
        return tree.insertTo(objects);
    }

    private static List<Path> listed(Path directory) throws IOException {
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(files::add);
        }
        files.sort(Comparator.comparing(FileNames::raw));
        return files;
    }

    private void entry(Path file, String parent, List<Entry> entries) throws IOException {
        FileStat stat = FileStat.of(file);
        String name = FileNames.raw(file);
        String path = parent.isEmpty() ? name : parent + "/" + name;
        String inTree = GitNames.inTree(name);
        if (stat.isDirectory()) {
            entries.add(new Entry(inTree, FileMode.TREE, directory(file, path, stat)));
        } else if (stat.isLink()) {
            byte[] target = FileNames.rawTarget(Files.readSymbolicLink(file)).getBytes(StandardCharsets.ISO_8859_1);
            entries.add(new Entry(inTree, FileMode.SYMLINK, objects.insert(Constants.OBJ_BLOB, target)));
        } else if (stat.isFile()) {
            if (stat.permissions() != USUAL_FILE && stat.permissions() != USUAL_PROGRAM) {
                modes.add(new Manifest.Mode(stat.permissions(), path));
            }
            FileMode mode = stat.isExecutable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
            entries.add(new Entry(inTree, mode, blob(file, stat)));
        }
    }

    private ObjectId blob(Path file, FileStat stat) throws IOException {
        Blob known = before.get(file);
        boolean same = known != null && known.stat().equals(stat) && stat.changed().compareTo(trustedBefore) < 0;
        ObjectId id = known != null && same ? known.id() : written(file, stat);
        now.put(file, new Blob(stat, id));
        return id;
    }

    private ObjectId written(Path file, FileStat stat) throws IOException {
        try (var _ = new OpenedUp(file, stat)) {
            return insert(file);
        }
    }

    private ObjectId insert(Path file) throws IOException {
        long size = Files.size(file);
        if (size < 1 << 20) {
            return objects.insert(Constants.OBJ_BLOB, Files.readAllBytes(file));
        }
        try (InputStream content = Files.newInputStream(file)) {
            return objects.insert(Constants.OBJ_BLOB, size, content);
        }
    }
}

package dev.relais.worker.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;

/** Writes into an object store what a look found and no earlier look had: only files whose stat is new are read. */
final class TreeWrite {
    private static final int READ_WHOLE = 1 << 20;

    private final Path root;
    private final ObjectInserter objects;

    TreeWrite(Path root, ObjectInserter objects) {
        this.root = root;
        this.objects = objects;
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

    /** @return the tree's id */
    ObjectId write(Indexed.Directory directory) throws IOException {
        return write(directory, "");
    }

    private ObjectId write(Indexed.Directory directory, String path) throws IOException {
        ObjectId known = directory.id();
        if (known != null) {
            return known;
        }
        try (var _ = OpenedUp.below(root, path, directory.stat())) {
            return opened(directory, path);
        }
    }

    private ObjectId opened(Indexed.Directory directory, String path) throws IOException {
        var entries = new ArrayList<Entry>(directory.size());
        for (int i = 0; i < directory.size(); i++) {
            String below = path.isEmpty() ? directory.name(i) : path + "/" + directory.name(i);
            String name = GitNames.inTree(directory.name(i));
            switch (directory.child(i)) {
                case Indexed.Directory child -> entries.add(new Entry(name, FileMode.TREE, write(child, below)));
                case Indexed.Leaf leaf -> {
                    ObjectId id = leaf.id();
                    if (id == null) {
                        id = content(FileNames.below(root, below), leaf.stat());
                        directory.read(i, leaf.read(id));
                    }
                    entries.add(new Entry(name, mode(leaf.stat()), id));
                }
            }
        }
        ObjectId id = tree(entries);
        directory.written(id);
        return id;
    }

    private ObjectId tree(List<Entry> entries) throws IOException {
        entries.sort(null);
        var tree = new TreeFormatter();
        entries.forEach(entry -> tree.append(entry.name().getBytes(StandardCharsets.ISO_8859_1), entry.mode(), entry.id()));
        return tree.insertTo(objects);
    }

    private static FileMode mode(FileStat stat) {
        return stat.isLink() ? FileMode.SYMLINK : stat.isExecutable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
    }

    private ObjectId content(Path file, FileStat stat) throws IOException {
        if (stat.isLink()) {
            byte[] target = FileNames.rawTarget(Files.readSymbolicLink(file)).getBytes(StandardCharsets.ISO_8859_1);
            return objects.insert(Constants.OBJ_BLOB, target);
        }
        try (var _ = new OpenedUp(file, stat)) {
            long size = Files.size(file);
            if (size < READ_WHOLE) {
                return objects.insert(Constants.OBJ_BLOB, Files.readAllBytes(file));
            }
            try (InputStream content = Files.newInputStream(file)) {
                return objects.insert(Constants.OBJ_BLOB, size, content);
            }
        }
    }
}

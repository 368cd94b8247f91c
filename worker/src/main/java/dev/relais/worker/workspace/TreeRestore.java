package dev.relais.worker.workspace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** Writes what {@link TreeWrite} kept into an empty directory. */
final class TreeRestore {
    private final ObjectReader objects;

    TreeRestore(ObjectReader objects) {
        this.objects = objects;
    }

    void restore(ObjectId tree, List<Manifest.Mode> modes, Path root) throws IOException {
        directory(tree, root);
        // From the deepest up: a directory that its owner may not enter closes last.
        for (Manifest.Mode mode : modes.reversed()) {
            Files.setAttribute(FileNames.below(root, mode.path()), "unix:mode", mode.bits());
        }
    }

    private record Child(String name, FileMode mode, ObjectId id) {}

    private void directory(ObjectId tree, Path directory) throws IOException {
        for (Child child : children(tree)) {
            Path file = FileNames.child(directory, GitNames.onDisk(child.name()));
            if (child.mode().equals(FileMode.TREE)) {
                Files.createDirectory(file);
                Files.setAttribute(file, "unix:mode", 0755);
                directory(child.id(), file);
            } else if (child.mode().equals(FileMode.SYMLINK)) {
                Files.createSymbolicLink(file, FileNames.target(raw(objects.open(child.id()).getBytes())));
            } else {
                write(file, child);
            }
        }
    }

    private List<Child> children(ObjectId tree) throws IOException {
        var children = new ArrayList<Child>();
        for (var parser = new CanonicalTreeParser(null, objects, tree); !parser.eof(); parser.next()) {
            byte[] name = new byte[parser.getNameLength()];
            parser.getName(name, 0);
            children.add(new Child(raw(name), parser.getEntryFileMode(), parser.getEntryObjectId()));
        }
        return children;
    }

    private static String raw(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private void write(Path file, Child child) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            objects.open(child.id()).copyTo(out);
        }
        Files.setAttribute(file, "unix:mode", child.mode().equals(FileMode.EXECUTABLE_FILE) ? 0755 : 0644);
    }
}

package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A directory like a repository's: files of about 400 bytes, a hundred in each directory, 25 directories in each other one. */
final class SampleTree {
    private static final int A_DIRECTORY = 100;
    private static final int DIRECTORIES = 25;
    private static final int LINES = 10;

    private final Path root;
    private final int files;

    private SampleTree(Path root, int files) {
        this.root = root;
        this.files = files;
    }

    static SampleTree make(Path root, int files) throws IOException {
        var tree = new SampleTree(root, files);
        for (int file = 0; file < files; file++) {
            if (file % A_DIRECTORY == 0) {
                Files.createDirectories(tree.at(file).getParent());
            }
            Files.writeString(tree.at(file), text(file, 0));
        }
        return tree;
    }

    private static String path(int file) {
        int directory = file / A_DIRECTORY;
        return "part" + directory / DIRECTORIES + "/module" + directory + "/Source" + file + ".java";
    }

    private Path at(int file) {
        return root.resolve(path(file));
    }

    private static String text(int file, int version) {
        return ("// source " + file + " version " + version + " of a sample tree\n").repeat(LINES);
    }

    /**
     * Changes three files in three directories.
     *
     * @param version no two of which have the same content
     * @return their paths
     */
    List<String> change(int version) throws IOException {
        var changed = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            int file = Math.floorMod(version * 7919 + i * (files / 3), files);
            Files.write(at(file), text(file, version).getBytes(StandardCharsets.UTF_8));
            changed.add(path(file));
        }
        return changed;
    }
}

package dev.relais.worker.search;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

import dev.relais.worker.workspace.FileNames;

/**
 * The regular files below a directory of a workspace, in the order of their names' bytes: no repository's {@code .git}, not Relais' own directory unless
 * the walk starts in it, no link followed. What cannot be read, or is gone since it was listed, is passed over.
 */
public final class TreeWalk {
    private static final String OWN = ".relais";
    private static final int MOST_IN_A_DIRECTORY = 500_000;
    private static final int FILES_BETWEEN_CHECKS = 256;

    private final boolean ignoring;
    private final Visitor visitor;
    private int sinceCheck;

    private TreeWalk(boolean ignoring, Visitor visitor) {
        this.ignoring = ignoring;
        this.visitor = visitor;
    }

    /** Sees each file. */
    public interface Visitor {
        /**
         * @param path from the workspace's top, '/' between names
         * @param ignored whether an ignore file names it; never where the walk minds none
         * @return whether to go on
         */
        boolean file(Path file, String path, BasicFileAttributes attributes, boolean ignored) throws InterruptedException;
    }

    /**
     * Walks; a file that is ignored is shown as such, a directory that is ignored is not entered.
     *
     * @param from from the top, '/' between names; empty for the top. It is entered even where it is ignored itself
     * @param ignoring whether ignore files are minded
     * @throws InterruptedException where the run is stopped
     */
    public static void walk(Path root, String from, boolean ignoring, Visitor visitor) throws InterruptedException {
        Ignored rules = Ignored.at(root);
        Path directory = root;
        String path = "";
        for (String name : from.isEmpty() ? new String[0] : from.split("/", -1)) {
            directory = FileNames.child(directory, FileNames.raw(name));
            path = path.isEmpty() ? name : path + "/" + name;
            rules = ignoring ? rules.in(directory, path) : rules;
        }
        new TreeWalk(ignoring, visitor).directory(directory, path, rules);
    }

    private boolean directory(Path directory, String path, Ignored rules) throws InterruptedException {
        check();
        for (String raw : names(directory)) {
            String name = FileNames.text(raw);
            String below = path.isEmpty() ? name : path + "/" + name;
            if (!name.equals(".git") && !below.equals(OWN) && !entry(FileNames.child(directory, raw), below, rules)) {
                return false;
            }
        }
        return true;
    }

    private boolean entry(Path file, String path, Ignored rules) throws InterruptedException {
        if (++sinceCheck >= FILES_BETWEEN_CHECKS) {
            check();
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return true;
        }
        boolean isDirectory = attributes.isDirectory();
        if (!isDirectory && !attributes.isRegularFile()) {
            return true;
        }
        boolean ignored = ignoring && rules.isIgnored(path, isDirectory);
        if (!isDirectory) {
            return visitor.file(file, path, attributes, ignored);
        }
        return ignored || directory(file, path, ignoring ? rules.in(file, path) : rules);
    }

    private void check() throws InterruptedException {
        sinceCheck = 0;
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped while files were listed");
        }
    }

    /** Raw; sorted by bytes. */
    private static List<String> names(Path directory) {
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path file : stream) {
                names.add(FileNames.raw(file));
                if (names.size() == MOST_IN_A_DIRECTORY) {
                    break;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Closed, gone, or named too long for the system: what was listed so far is what there is to see.
        }
        names.sort(null);
        return names;
    }
}

package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The regular files below a directory of the workspace, by path, as searches see them: no repository's {@code .git}, not Relais' own directory
 * unless the search starts in it, no link followed.
 */
public final class Listing {
    private static final String OWN = ".relais";

    private final boolean ignoring;
    private final Visitor visitor;

    private Listing(boolean ignoring, Visitor visitor) {
        this.ignoring = ignoring;
        this.visitor = visitor;
    }

    /** Sees each file. */
    public interface Visitor {
        /**
         * @param path from the workspace's top, '/' between names
         * @return whether to go on
         */
        boolean file(Path file, String path, BasicFileAttributes attributes) throws IOException;
    }

    /**
     * @param from from the top, '/' between names; empty for the top
     * @param ignoring whether what {@code .gitignore} files name is left out
     * @throws InterruptedException where the run is stopped
     */
    public static void walk(Path root, String from, boolean ignoring, Visitor visitor) throws IOException, InterruptedException {
        IgnoreRules rules = IgnoreRules.at(root);
        Path directory = root;
        String path = "";
        for (String name : from.isEmpty() ? new String[0] : from.split("/", -1)) {
            directory = FileNames.child(directory, FileNames.raw(name));
            path = path.isEmpty() ? name : path + "/" + name;
            rules = rules.in(directory, path);
        }
        try {
            new Listing(ignoring, visitor).directory(directory, path, rules);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException("stopped while files were read").initCause(e);
        }
    }

    private boolean directory(Path directory, String path, IgnoreRules rules) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped while files were listed");
        }
        for (Path file : children(directory)) {
            String name = FileNames.text(file);
            String below = path.isEmpty() ? name : path + "/" + name;
            if (!name.equals(".git") && !below.equals(OWN) && !entry(file, below, rules)) {
                return false;
            }
        }
        return true;
    }

    private boolean entry(Path file, String path, IgnoreRules rules) throws IOException, InterruptedException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (ignoring && rules.isIgnored(path, attributes.isDirectory())) {
                return true;
            }
            if (attributes.isDirectory()) {
                return directory(file, path, rules.in(file, path));
            }
            return !attributes.isRegularFile() || visitor.file(file, path, attributes);
        } catch (NoSuchFileException | AccessDeniedException e) {
            // Gone since it was listed, or closed even to its owner: nothing that a search could show.
            return true;
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(files::add);
        } catch (AccessDeniedException e) {
            return List.of();
        }
        files.sort(Comparator.comparing(FileNames::raw));
        return files;
    }
}

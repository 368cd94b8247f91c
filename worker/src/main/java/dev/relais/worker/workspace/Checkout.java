package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/** The directory of one run, and its first content. */
final class Checkout {
    /** Files are seen as they are stored: no line ending or keyword is translated, no filter runs. */
    private static final String ATTRIBUTES = "* -text -ident -filter -working-tree-encoding\n";

    private final Path directory;
    private final Git git;

    Checkout(Path directory, Git git) {
        this.directory = directory;
        this.git = git;
    }

    Path directory() {
        return directory;
    }

    /** Leaves an empty directory. */
    void clear() throws IOException {
        delete();
        try {
            Files.createDirectories(directory);
        } catch (NoSuchFileException e) {
            // Another run of this task took away the empty parent in between.
            Files.createDirectories(directory);
        }
        Files.setAttribute(directory, "unix:mode", 0755);
    }

    /** Clones from the mirror, so that nothing is shared with it, and checks out the base. */
    void cloneFrom(Mirror mirror, RefRule.Meant base) throws IOException {
        Path gitDir = directory.resolve(".git");
        String source = mirror.store().directory().toString();
        require(git.local(gitDir, "-c", "init.defaultBranch=main", "init", "--quiet", "--template=", directory.toString()));
        Files.createDirectories(gitDir.resolve("info"));
        Files.writeString(gitDir.resolve("info/attributes"), ATTRIBUTES);
        require(git.local(gitDir, "remote", "add", "origin", mirror.url()));
        if (base instanceof RefRule.Meant.Commit commit) {
            require(git.local(gitDir, "fetch", "--quiet", "--no-write-fetch-head", "--", source,
                    "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*", commit.id()));
            checkOut(gitDir, commit.id(), commit.branch());
        }
    }

    private void checkOut(Path gitDir, String id, @Nullable String branch) throws IOException {
        String tree = "--work-tree=" + directory;
        if (branch == null) {
            require(git.local(gitDir, tree, "checkout", "--quiet", "--detach", id));
            return;
        }
        require(git.local(gitDir, "update-ref", "refs/heads/" + branch, id));
        require(git.local(gitDir, "symbolic-ref", "HEAD", "refs/heads/" + branch));
        require(git.local(gitDir, tree, "reset", "--quiet", "--hard"));
    }

    private static void require(Git.Ended ended) throws IOException {
        if (ended instanceof Git.Ended.Failed failed) {
            throw new IOException("the checkout could not be made: " + failed.complaint());
        }
    }

    void delete() throws IOException {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(directory, new Deleting());
        }
    }

    /** The directory of the task's checkouts, where this was the last. */
    void deleteParentIfEmpty() throws IOException {
        Path parent = directory.getParent();
        try {
            if (parent != null) {
                Files.deleteIfExists(parent);
            }
        } catch (DirectoryNotEmptyException e) {
            // Another run of this task is on this machine.
            return;
        }
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            Files.setAttribute(directory, "unix:mode", 0700);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        /** A directory that may not be entered: it is opened, and walked again. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (!(failure instanceof AccessDeniedException)) {
                throw failure;
            }
            Files.setAttribute(file, "unix:mode", 0700);
            Files.walkFileTree(file, new Deleting());
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}

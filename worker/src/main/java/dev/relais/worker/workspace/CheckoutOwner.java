package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/** To whom the files of a checkout belong: to the user that commands run as, which is another one where the worker is root. */
public final class CheckoutOwner {
    /** Commands run as the worker's own user: nothing is to be done. */
    public static final CheckoutOwner WORKER = new CheckoutOwner(-1);

    private final int uid;

    private CheckoutOwner(int uid) {
        this.uid = uid;
    }

    /** @param uid of user and group, without an account; only root may give files away */
    public static CheckoutOwner of(int uid) {
        return new CheckoutOwner(uid);
    }

    /** The whole tree, links themselves and not what they name. */
    public void take(Path root) throws IOException {
        if (uid < 0) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                own(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                own(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** A file that a tool wrote, and the directories that were made for it; as far as they exist, for it may have failed. */
    public void take(Path root, Path file) throws IOException {
        if (uid < 0) {
            return;
        }
        Path made = file;
        while (made != null && !made.equals(root) && !Files.exists(made, LinkOption.NOFOLLOW_LINKS)) {
            made = made.getParent();
        }
        for (Path at = made; at != null && at.startsWith(root) && !isOwn(at); at = at.getParent()) {
            own(at);
        }
    }

    private boolean isOwn(Path file) throws IOException {
        return Integer.valueOf(uid).equals(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }

    private void own(Path file) throws IOException {
        Files.setAttribute(file, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    }
}

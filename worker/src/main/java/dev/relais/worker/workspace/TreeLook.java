package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * One look at a directory: every file, ignored or not, links, empty directories, nested repositories. Nothing is opened; what is as the last look saw it
 * stays the same object. Sockets, pipes and devices have no content and are left out.
 */
final class TreeLook {
    private final Path root;
    private final Stats stats;
    private final long began;
    private boolean otherNames;

    /** @param began the file system's time when the look began: what changed at or after it is not settled */
    TreeLook(Path root, Stats stats, long began) {
        this.root = root;
        this.stats = stats;
        this.began = began;
    }

    /** Everything. */
    Indexed.Directory all(Indexed.@Nullable Directory before) throws IOException, TooMuch {
        return directory("", FileStat.of(root), before);
    }

    /**
     * What was touched, and nothing else.
     *
     * @param path raw, not empty
     */
    Indexed.Directory at(String path, Indexed.Directory before) throws IOException, TooMuch {
        return at(path.split("/", -1), 0, "", FileStat.of(root), before);
    }

    /** Whether what was touched has other names too, under which it is touched as well. */
    boolean hasOtherNames() {
        return otherNames;
    }

    // What did not change is the same object: that is what is asked.
    @SuppressWarnings("ReferenceEquality")
    private Indexed.Directory at(String[] names, int depth, String path, FileStat stat, Indexed.Directory before)
            throws IOException, TooMuch {
        String name = names[depth];
        Indexed known = before.child(name);
        Optional<Indexed> child;
        try (var _ = OpenedUp.below(root, path, stat)) {
            Optional<FileStat> now = stats.fits(name) ? stats.of(name) : Optional.empty();
            otherNames |= now.filter(FileStat::hasOtherNames).isPresent() || (known != null && known.stat().hasOtherNames());
            child = now.isEmpty()
                    ? Optional.empty()
                    : depth + 1 < names.length && known instanceof Indexed.Directory below && now.get().isDirectory()
                            ? Optional.of(below(names, depth + 1, path, now.get(), below))
                            : entry(name, path, now.get(), known);
        }
        return child.filter(same -> same == known).isPresent() && before.stat().mode() == stat.mode()
                ? before
                // As old as the last listing was: a look at everything lists the names again.
                : new Indexed.Directory(withMode(before.stat(), stat.mode()), before.settled(), names(before, name, child),
                        children(before, name, child));
    }

    private Indexed below(String[] names, int depth, String path, FileStat stat, Indexed.Directory before)
            throws IOException, TooMuch {
        String name = names[depth - 1];
        stats.enter(name);
        Indexed.Directory now = at(names, depth, joined(path, name), stat, before);
        stats.leave();
        return now;
    }

    private static FileStat withMode(FileStat before, int mode) {
        return new FileStat(mode, before.links(), before.size(), before.inode(), before.changed(), before.modified());
    }

    private static String[] names(Indexed.Directory before, String name, Optional<Indexed> child) {
        var names = new ArrayList<>(Arrays.asList(before.names()));
        names.remove(name);
        child.ifPresent(_ -> names.add(place(names, name), name));
        return names.toArray(String[]::new);
    }

    private static Indexed[] children(Indexed.Directory before, String name, Optional<Indexed> child) {
        var names = new ArrayList<>(Arrays.asList(before.names()));
        var children = new ArrayList<Indexed>(names.size() + 1);
        for (int i = 0; i < before.size(); i++) {
            children.add(before.child(i));
        }
        int at = names.indexOf(name);
        if (at >= 0) {
            names.remove(at);
            children.remove(at);
        }
        child.ifPresent(now -> children.add(place(names, name), now));
        return children.toArray(Indexed[]::new);
    }

    private static int place(List<String> names, String name) {
        int at = 0;
        while (at < names.size() && names.get(at).compareTo(name) < 0) {
            at++;
        }
        return at;
    }

    private Indexed.Directory directory(String path, FileStat stat, Indexed.@Nullable Directory before)
            throws IOException, TooMuch {
        try (var _ = OpenedUp.below(root, path, stat)) {
            return opened(path, stat, before);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private Indexed.Directory opened(String path, FileStat stat, Indexed.@Nullable Directory before) throws IOException, TooMuch {
        boolean listed = before != null && before.listsAs(stat);
        String[] names = before != null && listed ? before.names() : listing(path);
        var children = new Indexed[names.length];
        int count = 0;
        boolean same = listed;
        for (int i = 0; i < names.length; i++) {
            Indexed known = before == null ? null : listed ? before.child(i) : before.child(names[i]);
            Optional<FileStat> now = stats.of(names[i]);
            Optional<Indexed> child = now.isEmpty() ? Optional.empty() : entry(names[i], path, now.get(), known);
            same &= child.isPresent() && child.get() == known;
            if (child.isPresent()) {
                names[count] = names[i];
                children[count++] = child.get();
            }
        }
        if (before != null && same && before.stat().mode() == stat.mode()) {
            return before;
        }
        return new Indexed.Directory(stat, stat.changed() < began, Arrays.copyOf(names, count), Arrays.copyOf(children, count));
    }

    private Optional<Indexed> entry(String name, String path, FileStat stat, @Nullable Indexed known)
            throws IOException, TooMuch {
        if (stat.isDirectory()) {
            stats.enter(name);
            Indexed.Directory now = directory(joined(path, name), stat,
                    known instanceof Indexed.Directory before ? before : null);
            stats.leave();
            return Optional.of(now);
        }
        if (!stat.isFile() && !stat.isLink()) {
            return Optional.empty();
        }
        return known instanceof Indexed.Leaf before && before.isStill(stat)
                ? Optional.of(before)
                : Optional.of(new Indexed.Leaf(stat, stat.changed() < began, null));
    }

    private String[] listing(String path) throws IOException {
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(FileNames.below(root, path))) {
            stream.forEach(file -> names.add(FileNames.raw(file)));
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Taken away by a process that outlived its command.
            return new String[0];
        }
        names.sort(Comparator.naturalOrder());
        return names.toArray(String[]::new);
    }

    private static String joined(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }
}

package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** What one run knows of its working tree: the worker's own index, which nothing in the workspace can write. */
final class Index {
    private final Path root;
    private final Quota quota;
    private Indexed.@Nullable Directory last;

    Index(Path root, Quota quota) {
        this.root = root;
        this.quota = quota;
    }

    /**
     * The first look at a directory that was just made, and is empty. Its own time stamp tells the time, and no other file has to: the earlier a look
     * is said to have begun, the less is settled.
     */
    void lookAtNew() throws IOException, TooMuch {
        last = looked(new Touched.Anything(), null, FileStat.of(root).changed());
    }

    /** @throws TooMuch where the workspace has outgrown its quota; nothing was read then */
    Indexed.Directory look(Touched touched) throws IOException, TooMuch {
        Indexed.Directory seen = looked(touched);
        check(seen);
        return seen;
    }

    /** What was read may not be in the store: the next look knows nothing. */
    void forget() {
        last = null;
    }

    private Indexed.Directory looked(Touched touched) throws IOException, TooMuch {
        Indexed.Directory before = last;
        if (before != null && touched instanceof Touched.Nothing) {
            return before;
        }
        Indexed.Directory seen = looked(touched, before, now());
        last = seen;
        return seen;
    }

    private Indexed.Directory looked(Touched touched, Indexed.@Nullable Directory before, long began)
            throws IOException, TooMuch {
        try (Stats stats = Stats.at(root)) {
            var look = new TreeLook(root, stats, began);
            return before == null ? look.all(null) : switch (touched) {
                case Touched.Anything _ -> look.all(before);
                case Touched.Nothing _ -> before;
                case Touched.Paths(var paths) -> {
                    Indexed.Directory partly = before;
                    for (String path : paths) {
                        partly = look.at(FileNames.raw(path), partly);
                    }
                    // Which other name it has, only a look at everything tells.
                    yield look.hasOtherNames() ? look.all(before) : partly;
                }
            };
        }
    }

    private void check(Indexed.Directory seen) throws TooMuch {
        if (seen.bytes() > quota.bytes()) {
            throw TooMuch.bytes(seen.bytes(), quota, most(seen, Indexed::bytes));
        }
        if (seen.entries() > quota.entries()) {
            throw TooMuch.entries(seen.entries(), quota, most(seen, Indexed::entries));
        }
    }

    /** Where most of it lies. */
    private static String most(Indexed.Directory root, ToLongFunction<Indexed> of) {
        int at = 0;
        for (int i = 1; i < root.size(); i++) {
            at = of.applyAsLong(root.child(i)) > of.applyAsLong(root.child(at)) ? i : at;
        }
        return root.size() == 0
                ? ""
                : "; \"" + FileNames.text(root.name(at)) + "\" alone holds " + Quota.mebibytes(root.child(at).bytes()) + " in "
                        + root.child(at).entries() + " entries";
    }

    /** The directory was just written from this tree: its files need not be read to know their content. */
    void adopt(ObjectReader objects, ObjectId tree) throws IOException, TooMuch {
        forget();
        adopt(objects, tree, looked(new Touched.Anything()));
    }

    /** @return whether everything below is known now */
    private static boolean adopt(ObjectReader objects, ObjectId tree, Indexed.Directory directory) throws IOException {
        Map<String, ObjectId> ids = new HashMap<>();
        for (var entries = new CanonicalTreeParser(null, objects, tree); !entries.eof(); entries.next()) {
            byte[] name = new byte[entries.getNameLength()];
            entries.getName(name, 0);
            ids.put(GitNames.onDisk(new String(name, StandardCharsets.ISO_8859_1)), entries.getEntryObjectId());
        }
        boolean whole = ids.size() == directory.size();
        for (int i = 0; i < directory.size(); i++) {
            ObjectId id = ids.get(directory.name(i));
            whole &= id != null;
            if (id != null) {
                switch (directory.child(i)) {
                    case Indexed.Directory child -> whole &= adopt(objects, id, child);
                    case Indexed.Leaf leaf -> directory.read(i, leaf.read(id));
                }
            }
        }
        if (whole) {
            directory.written(tree);
        }
        return whole;
    }

    /** What the file system takes for now: its time stamps are compared with each other only. */
    private long now() throws IOException {
        Path stamp = root.resolveSibling(root.getFileName() + ".stamp");
        Files.writeString(stamp, "");
        long now = FileStat.of(stamp).changed();
        Files.delete(stamp);
        return now;
    }
}

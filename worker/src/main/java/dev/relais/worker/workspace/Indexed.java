package dev.relais.worker.workspace;

import java.util.Arrays;

import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What the last look saw of an entry of the workspace.
 *
 * <p>
 * A file system's clock has ticks: what changed in the tick of a look may change again without another time stamp. Only what is settled, that is older
 * than the look, is believed to be the same while its stat is the same.
 */
sealed interface Indexed {
    FileStat stat();

    boolean settled();

    /** Null until the content was read. */
    @Nullable
    ObjectId id();

    /** How many bytes and entries count against the quota, this one included. */
    default long bytes() {
        return stat().size();
    }

    default int entries() {
        return 1;
    }

    /** A file or a symbolic link. */
    record Leaf(FileStat stat, boolean settled, @Nullable ObjectId id) implements Indexed {
        boolean isStill(FileStat now) {
            return settled && stat.equals(now);
        }

        Leaf read(ObjectId content) {
            return new Leaf(stat, settled, content);
        }
    }

    /** Its names are raw and sorted, bytewise. */
    final class Directory implements Indexed {
        private final FileStat stat;
        private final boolean settled;
        private final String[] names;
        private final Indexed[] children;
        private final long bytes;
        private final int entries;
        private final boolean hasModes;
        private int unread;
        private @Nullable ObjectId id;

        Directory(FileStat stat, boolean settled, String[] names, Indexed[] children) {
            this.stat = stat;
            this.settled = settled;
            this.names = names;
            this.children = children;
            long sum = 0;
            int count = 1;
            int news = 1;
            boolean modes = Modes.isUnusual(stat);
            for (Indexed child : children) {
                sum += child.bytes();
                count += child.entries();
                news += child instanceof Directory below ? below.unread : child.id() == null ? 1 : 0;
                modes |= child instanceof Directory below ? below.hasModes : Modes.isUnusual(child.stat());
            }
            this.bytes = sum;
            this.entries = count;
            this.hasModes = modes;
            this.unread = news;
        }

        @Override
        public FileStat stat() {
            return stat;
        }

        @Override
        public boolean settled() {
            return settled;
        }

        @Override
        public @Nullable ObjectId id() {
            return id;
        }

        void written(ObjectId tree) {
            id = tree;
            unread = 0;
        }

        /** How many objects there are to write, itself included. */
        int unread() {
            return unread;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public int entries() {
            return entries;
        }

        /** Whether it or anything below has a mode that git would forget. */
        boolean hasModes() {
            return hasModes;
        }

        int size() {
            return names.length;
        }

        String name(int at) {
            return names[at];
        }

        Indexed child(int at) {
            return children[at];
        }

        /** Its content was read: only while this directory is being written. */
        void read(int at, Leaf child) {
            children[at] = child;
        }

        @Nullable
        Indexed child(String name) {
            int at = Arrays.binarySearch(names, name);
            return at < 0 ? null : children[at];
        }

        /** Whether a listing would give the same names: whatever adds, removes or renames an entry changes the directory's time. */
        boolean listsAs(FileStat now) {
            return settled && stat.inode() == now.inode() && stat.changed() == now.changed() && stat.modified() == now.modified();
        }

        /** Of its own: whoever asks may write into it. */
        String[] names() {
            return names.clone();
        }
    }
}

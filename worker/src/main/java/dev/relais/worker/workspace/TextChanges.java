package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeSet;

import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** Reads what a deliverable changes, file by file, within bounds: a task may write gigabytes. */
final class TextChanges {
    static final long LARGEST = 4L << 20;
    static final long MOST = 64L << 20;

    private final ObjectReader objects;
    private long left = MOST;

    TextChanges(ObjectReader objects) {
        this.objects = objects;
    }

    List<TextChange> between(NavigableMap<String, DeliverableTree.Item> base, NavigableMap<String, DeliverableTree.Item> now)
            throws IOException {
        var paths = new TreeSet<>(base.keySet());
        paths.addAll(now.keySet());
        var changes = new ArrayList<TextChange>();
        for (String path : paths) {
            DeliverableTree.Item before = base.get(path);
            DeliverableTree.Item after = now.get(path);
            if (before == null || !before.equals(after)) {
                changes.add(change(FileNames.text(path), before, after));
            }
        }
        return changes;
    }

    private TextChange change(String path, DeliverableTree.@Nullable Item before, DeliverableTree.@Nullable Item after)
            throws IOException {
        String change = before == null ? TextChange.ADDED : after == null ? TextChange.DELETED : "modified";
        ObjectLoader old = blob(before);
        ObjectLoader fresh = blob(after);
        long size = Math.max(old == null ? 0 : old.getSize(), fresh == null ? 0 : fresh.getSize());
        if (size > LARGEST || size > left) {
            return TextChange.without(path, change, TextChange.Content.LARGE);
        }
        left -= size;
        byte[] was = old == null ? new byte[0] : old.getBytes();
        byte[] is = fresh == null ? new byte[0] : fresh.getBytes();
        if (RawText.isBinary(was) || RawText.isBinary(is)) {
            return TextChange.without(path, change, TextChange.Content.BINARY);
        }
        return new TextChange(path, change, TextChange.Content.TEXT, text(was), text(is));
    }

    /** A link's target is text too; of a submodule there is only an id. */
    private @Nullable ObjectLoader blob(DeliverableTree.@Nullable Item item) throws IOException {
        return item == null || item.mode().equals(FileMode.GITLINK) ? null : objects.open(item.id(), Constants.OBJ_BLOB);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.TaskId;
import dev.relais.worker.workspace.Workspace.Resolved;

/**
 * Keeps every path of the model's inside the checkout (I9). Names are taken apart as text, so {@code ..} never passes the top; then links are
 * followed as far as the path exists, so none leads outside. Commands of the model's are dead by then: nothing changes a link in between.
 */
final class Confinement {
    private final Path root;
    private final Path start;
    private final Pattern earlierCheckout;

    /**
     * @param root real path of the checkout
     * @param start where relative paths begin, within {@code root}
     */
    Confinement(Path root, Path start, TaskId task) {
        this.root = root;
        this.start = start;
        this.earlierCheckout = Pattern
                .compile("/(?:.+/)?workspaces/" + Pattern.quote(PathNames.of(task)) + "/[0-9]+-[^/]+(/.*)?");
    }

    Resolved resolve(String path) {
        if (path.isBlank()) {
            return new Resolved.Outside("The path is empty.");
        }
        if (path.indexOf('\0') >= 0) {
            return new Resolved.Outside("The path contains a NUL character.");
        }
        if (path.equals("~") || path.startsWith("~/")) {
            return new Resolved.Outside(quoted(path) + " is not expanded: there is no home directory here. " + hint());
        }
        List<String> names = path.startsWith("/") ? normal("", path) : normal(relative(start), path);
        if (names == null) {
            return outside(path);
        }
        if (!path.startsWith("/")) {
            return follow(path, names);
        }
        String within = withinWorkspace("/" + String.join("/", names));
        return within == null ? outside(path) : follow(path, split(within));
    }

    private Resolved follow(String asked, List<String> names) {
        Path existing = root;
        Deque<String> left = new ArrayDeque<>(names);
        try {
            while (!left.isEmpty()) {
                Path next = FileNames.child(existing, FileNames.raw(left.getFirst()));
                if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                    break;
                }
                left.removeFirst();
                existing = next.toRealPath();
                if (!existing.startsWith(root)) {
                    return new Resolved.Outside(
                            quoted(asked) + " passes through a link that leads out of the workspace. " + hint());
                }
            }
        } catch (IOException e) {
            return new Resolved.Outside(quoted(asked) + " passes through a link that leads nowhere, or in a circle.");
        }
        Path real = existing;
        for (String name : left) {
            real = FileNames.child(real, FileNames.raw(name));
        }
        return new Resolved.Inside(real, relative(real));
    }

    private String relative(Path file) {
        var names = new ArrayList<String>();
        for (Path at = file; !at.equals(root); at = parent(at)) {
            names.addFirst(FileNames.text(at));
        }
        return String.join("/", names);
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalStateException(file + " does not lie in the workspace");
        }
        return parent;
    }

    /** @return null where the path lies elsewhere */
    private @Nullable String withinWorkspace(String absolute) {
        for (String prefix : List.of(Workspace.SEEN_AS, root.toString())) {
            if (absolute.equals(prefix) || absolute.startsWith(prefix + "/")) {
                return absolute.substring(prefix.length());
            }
        }
        Matcher earlier = earlierCheckout.matcher(absolute);
        if (!earlier.matches()) {
            return null;
        }
        String rest = earlier.group(1);
        return rest == null ? "" : rest;
    }

    /** @return null where {@code ..} passes the top */
    private static @Nullable List<String> normal(String base, String path) {
        List<String> names = new ArrayList<>(split(base));
        for (String name : split(path)) {
            if (!name.equals("..")) {
                names.add(name);
            } else if (names.isEmpty()) {
                return null;
            } else {
                names.removeLast();
            }
        }
        return names;
    }

    private static List<String> split(String path) {
        var names = new ArrayList<String>();
        for (String name : path.split("/", -1)) {
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return names;
    }

    private static Resolved outside(String path) {
        return new Resolved.Outside(quoted(path) + " lies outside of the workspace. " + hint());
    }

    private static String hint() {
        return "Only paths under " + Workspace.SEEN_AS + " can be used, or relative ones.";
    }

    private static String quoted(String path) {
        return "\"" + (path.length() <= 200 ? path : path.substring(0, 200) + "…") + "\"";
    }
}

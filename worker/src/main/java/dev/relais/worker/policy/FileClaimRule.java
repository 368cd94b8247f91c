package dev.relais.worker.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.worker.persona.Language;
import dev.relais.worker.persona.Phrase;

/**
 * Holds the files that a deliverable block names against the git diff, both ways. A name stands for the changed file of that path, for every changed file
 * below it, or, as a pattern with {@code *} or {@code ?}, for those that match; from the workspace's top or from the task's subdirectory. An absolute path
 * stands for the changed file with which it ends, and a name without a folder for the one changed file that has it.
 */
public final class FileClaimRule {
    /** The change of a file that is named and did not change. */
    public static final String UNCHANGED = "none";

    /** Longest path that any system takes, in characters. */
    private static final int LONGEST = 4_096;
    private static final int MOST_PATTERNS = 50;

    private final NavigableSet<String> changed = new TreeSet<>();
    /** The one path with that last name, or the empty text where several have it. */
    private final Map<String, String> byName = new HashMap<>();
    private final String below;
    private int patterns;

    private FileClaimRule(List<DeliveredFile> files, @Nullable String subdirectory) {
        for (DeliveredFile file : files) {
            changed.add(file.path());
            byName.merge(name(file.path()), file.path(), (_, _) -> "");
        }
        this.below = subdirectory == null ? "" : normal(subdirectory);
    }

    /**
     * @param files every changed file, then what the block names and the diff does not show
     * @param unfounded paths of the latter, as the block has them
     */
    public record Held(List<DeliveredFile> files, List<String> unfounded) {
        public Held {
            files = List.copyOf(files);
            unfounded = List.copyOf(unfounded);
        }
    }

    /**
     * @param claimed by the block
     * @param subdirectory in which the persona's commands start
     */
    public static Held hold(List<DeliveredFile> changed, List<String> claimed, @Nullable String subdirectory) {
        var rule = new FileClaimRule(changed, subdirectory);
        var named = new LinkedHashSet<String>();
        var unfounded = new ArrayList<String>();
        for (String claim : claimed) {
            Collection<String> found = rule.of(claim);
            named.addAll(found);
            if (found.isEmpty()) {
                unfounded.add(claim);
            }
        }
        var files = new ArrayList<DeliveredFile>();
        changed.forEach(file -> files.add(new DeliveredFile(file.path(), file.change(), named.contains(file.path()))));
        unfounded.forEach(path -> files.add(new DeliveredFile(path, UNCHANGED, true)));
        return new Held(files, unfounded);
    }

    /** To the persona, in its language. */
    public static String toPersona(List<String> unfounded, Language language) {
        return language.say(Phrase.UNFOUNDED_FILES, "- " + String.join("\n- ", unfounded));
    }

    private Collection<String> of(String claim) {
        if (claim.length() > LONGEST) {
            return Set.of();
        }
        String path = normal(claim);
        for (String candidate : candidates(path, claim.startsWith("/"))) {
            Collection<String> found = at(candidate);
            if (!found.isEmpty()) {
                return found;
            }
        }
        String only = byName.getOrDefault(path, "");
        return only.isEmpty() ? Set.of() : Set.of(only);
    }

    private List<String> candidates(String path, boolean isAbsolute) {
        var candidates = new ArrayList<>(List.of(path));
        if (!below.isEmpty()) {
            candidates.add(below + "/" + path);
        }
        for (int slash = path.indexOf('/'); isAbsolute && slash >= 0; slash = path.indexOf('/', slash + 1)) {
            candidates.add(path.substring(slash + 1));
        }
        return candidates;
    }

    private Collection<String> at(String path) {
        if (changed.contains(path)) {
            return Set.of(path);
        }
        if (path.indexOf('*') < 0 && path.indexOf('?') < 0) {
            // '0' follows '/': all that begins with the folder and a slash.
            return changed.subSet(path + "/", path + "0");
        }
        if (patterns++ >= MOST_PATTERNS) {
            return Set.of();
        }
        Pattern pattern = Pattern.compile(regex(path));
        return changed.stream().filter(file -> pattern.matches(path.indexOf('/') < 0 ? name(file) : file)).toList();
    }

    /** As .gitignore has it: a star stays within a folder, two cross any number of them. */
    private static String regex(String glob) {
        var regex = new StringBuilder();
        int at = 0;
        while (at < glob.length()) {
            char c = glob.charAt(at);
            if (glob.startsWith("**/", at)) {
                regex.append("(?:.*/)?");
                at += 3;
            } else if (glob.startsWith("**", at)) {
                regex.append(".*");
                at += 2;
            } else {
                regex.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
                at++;
            }
        }
        return regex.toString();
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Without empty and dotted parts, and without a slash at either end. */
    private static String normal(String path) {
        var parts = new ArrayDeque<String>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}

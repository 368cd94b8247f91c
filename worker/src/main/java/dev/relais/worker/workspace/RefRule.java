package dev.relais.worker.workspace;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** Which commit a task's ref means, given what the remote lists. */
final class RefRule {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final String HEAD = "HEAD";
    private static final String HEADS = "refs/heads/";
    /** Begins the name of every deliverable's branch. */
    static final String DELIVERABLES = "relais/";

    /** Snapshots of other tasks: a store of snapshots is a repository that a task may name. */
    private static final List<String> OTHERS = List.of(Snapshots.REFS, Snapshots.FETCHED);

    private RefRule() {}

    /** One line of {@code git ls-remote --symref}. */
    record Listed(String id, String name) {}

    sealed interface Meant {
        /** @param branch null for a detached head */
        record Commit(String id, @Nullable String branch) implements Meant {}

        /** The repository has no commit yet. */
        record Nothing() implements Meant {}

        record Unknown() implements Meant {}
    }

    static boolean isCommit(String ref) {
        return COMMIT.matcher(ref).matches();
    }

    static boolean isWellFormed(String ref) {
        return !ref.startsWith("-") && OTHERS.stream().noneMatch(ref::startsWith)
                && (ref.equals(HEAD) || Repository.isValidRefName("refs/heads/" + ref));
    }

    /** @param ref empty for the remote's own default */
    static Meant meant(String ref, List<Listed> listed) {
        if (ref.isEmpty() || ref.equals(HEAD)) {
            return head(listed);
        }
        for (String name : List.of("refs/heads/" + ref, "refs/tags/" + ref + "^{}", "refs/tags/" + ref, ref + "^{}", ref)) {
            Optional<Listed> found = listed.stream().filter(each -> each.name().equals(name)).findFirst();
            if (found.isPresent()) {
                boolean branch = name.startsWith("refs/heads/");
                return new Meant.Commit(found.get().id(), branch ? name.substring("refs/heads/".length()) : null);
            }
        }
        return new Meant.Unknown();
    }

    private static Meant head(List<Listed> listed) {
        Optional<Listed> head = listed.stream().filter(each -> each.name().equals(HEAD) && isCommit(each.id())).findFirst();
        if (head.isEmpty()) {
            // Deliverables of earlier tasks make no beginning: a new repository stays one until somebody merges.
            return listed.stream()
                    .anyMatch(each -> each.name().startsWith(HEADS) && !each.name().startsWith(HEADS + DELIVERABLES))
                            ? new Meant.Unknown()
                            : new Meant.Nothing();
        }
        String branch = listed.stream().filter(each -> each.name().equals(HEAD) && each.id().startsWith("ref: refs/heads/"))
                .map(each -> each.id().substring("ref: refs/heads/".length())).findFirst().orElse(null);
        return new Meant.Commit(head.get().id(), branch);
    }

    static List<Listed> parse(String output) {
        return output.lines().map(line -> line.split("\t", 2)).filter(parts -> parts.length == 2)
                .map(parts -> new Listed(parts[0], parts[1])).toList();
    }
}

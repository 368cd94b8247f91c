package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.worker.workspace.Workspace.Publication;

/** What a run's workspace is as a deliverable, and its branch. */
final class Deliveries {
    private final Store store;
    private final String repository;
    private final Git git;
    private final Patience patience;

    /**
     * @param store that has the base
     * @param repository where branches are pushed to
     */
    Deliveries(Store store, String repository, Git git, Patience patience) {
        this.store = store;
        this.repository = repository;
        this.git = git;
        this.patience = patience;
    }

    /**
     * @param message of the commit
     * @param branch of the run
     * @param ownBranch that no other worker writes
     */
    record Delivery(String message, String branch, String ownBranch) {}

    List<DeliveredFile> changes(Path root, Optional<ObjectId> base) throws IOException {
        NavigableMap<String, DeliverableTree.Item> before = DeliverableTree.of(store.repository(), base);
        try (var ids = new OnlyIds()) {
            return DeliverableTree.changes(before, DeliverableTree.of(root, before, ids));
        }
    }

    List<TextChange> diff(Path root, Optional<ObjectId> base) throws IOException {
        NavigableMap<String, DeliverableTree.Item> before = DeliverableTree.of(store.repository(), base);
        try (ObjectInserter objects = store.repository().newObjectInserter()) {
            NavigableMap<String, DeliverableTree.Item> now = DeliverableTree.of(root, before, objects);
            objects.flush();
            try (ObjectReader reader = store.repository().newObjectReader()) {
                return new TextChanges(reader).between(before, now);
            }
        }
    }

    /** @return empty where it is the base's */
    Optional<ObjectId> tree(Path root, Optional<ObjectId> base) throws IOException {
        NavigableMap<String, DeliverableTree.Item> before = DeliverableTree.of(store.repository(), base);
        try (ObjectInserter objects = store.repository().newObjectInserter()) {
            NavigableMap<String, DeliverableTree.Item> now = DeliverableTree.of(root, before, objects);
            if (now.equals(before)) {
                return Optional.empty();
            }
            ObjectId tree = DeliverableTree.write(now, objects);
            objects.flush();
            return Optional.of(tree);
        }
    }

    Publication publish(Path root, Optional<ObjectId> base, Delivery delivery) throws IOException {
        Optional<ObjectId> tree = tree(root, base);
        if (tree.isEmpty()) {
            return new Publication.Nothing();
        }
        ObjectId commit = store.commit(tree.get(), base, delivery.message(), patience.now());
        String ref = "refs/heads/" + delivery.branch();
        Git.Ended first = push(commit, ref, "--force-with-lease=" + ref + ":");
        if (first instanceof Git.Ended.Failed failed && failed.complaint().toLowerCase(Locale.ROOT).contains("stale info")) {
            return published(push(commit, "refs/heads/" + delivery.ownBranch(), "--force"), delivery.ownBranch(), commit);
        }
        return published(first, delivery.branch(), commit);
    }

    private Git.Ended push(ObjectId commit, String ref, String condition) {
        return patience.ask(repository, () -> git.remote(store.directory(), "push", "--porcelain", "--no-verify", condition, "--",
                repository, commit.name() + ":" + ref));
    }

    private Publication published(Git.Ended ended, String branch, ObjectId commit) {
        return switch (ended) {
            case Git.Ended.Fine _ -> new Publication.Pushed(repository, branch, commit.name());
            case Git.Ended.Failed failed -> new Publication.Refused(
                    "branch " + branch + " could not be pushed to " + repository + ": " + failed.complaint());
        };
    }
}

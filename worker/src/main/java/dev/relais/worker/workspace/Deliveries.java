package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.worker.workspace.Branches.Written;
import dev.relais.worker.workspace.Workspace.Publication;

/** What a run's workspace is as a deliverable, and its branch. */
final class Deliveries {
    private final Store store;
    private final Branches branches;
    private final InstantSource clock;

    /**
     * @param store that has the base
     * @param clock of the commits
     */
    Deliveries(Store store, Branches branches, InstantSource clock) {
        this.store = store;
        this.branches = branches;
        this.clock = clock;
    }

    /**
     * @param author and message of the commit
     * @param branch of the run
     * @param ownBranch that no other worker writes
     */
    record Delivery(AgentName author, String message, String branch, String ownBranch) {}

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
        ObjectId commit = store.commit(tree.get(), base, delivery.message(), Store.Signed.by(delivery.author(), clock.instant()));
        return switch (branches.create(delivery.branch(), commit)) {
            case Written.Taken _ -> published(branches.replace(delivery.ownBranch(), commit), delivery.ownBranch(), commit);
            case Written written -> published(written, delivery.branch(), commit);
        };
    }

    private Publication published(Written written, String branch, ObjectId commit) {
        return switch (written) {
            case Written.Fine _ -> new Publication.Pushed(branches.url(), branch, commit.name());
            case Written.Taken _ -> refused(branch, "it stands with another commit");
            case Written.Refused(String complaint) -> refused(branch, complaint);
        };
    }

    private Publication refused(String branch, String complaint) {
        return new Publication.Refused("branch " + branch + " could not be pushed to " + branches.url() + ": " + complaint);
    }
}

package dev.relais.deploy.simulation;

import java.nio.file.Path;
import java.util.List;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.worker.workspace.TextChange;
import dev.relais.worker.workspace.Workspace;

/** A workspace in which nothing changes: what crashes do to files is tried with real ones in {@code crash}. */
final class EmptyWorkspace implements Workspace {
    @Override
    public Path root() {
        return Path.of("target");
    }

    @Override
    public Resolved resolve(String pathOfTheModel) {
        return new Resolved.Outside("there are no files");
    }

    @Override
    public Snapshot snapshot() {
        return new Snapshot.Unchanged();
    }

    @Override
    public void restore(String commit) {
        throw new AssertionError("nothing was ever snapshotted");
    }

    @Override
    public void undo() {
        // Nothing ever changed.
    }

    @Override
    public List<DeliveredFile> changes() {
        return List.of();
    }

    @Override
    public List<TextChange> diff() {
        return List.of();
    }

    @Override
    public String tree() {
        return "";
    }

    @Override
    public Publication publish(int round, AgentName author, String message) {
        return new Publication.Nothing();
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}

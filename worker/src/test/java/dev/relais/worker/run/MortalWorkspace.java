package dev.relais.worker.run;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.worker.workspace.TextChange;
import dev.relais.worker.workspace.Touched;
import dev.relais.worker.workspace.Workspace;

/** A workspace whose worker dies as soon as it has taken so many snapshots: they are kept, and nobody has named the last one. */
final class MortalWorkspace implements Workspace {
    private final Workspace workspace;
    private final Consumer<String> kept;
    private int left;

    /** @param kept takes each snapshot's commit, before anything else is done to the tree */
    MortalWorkspace(Workspace workspace, int snapshots, Consumer<String> kept) {
        this.workspace = workspace;
        this.left = snapshots;
        this.kept = kept;
    }

    @Override
    public Path root() {
        return workspace.root();
    }

    @Override
    public Path start() {
        return workspace.start();
    }

    @Override
    public Resolved resolve(String pathOfTheModel) {
        return workspace.resolve(pathOfTheModel);
    }

    @Override
    public void madeByATool(Path file) {
        workspace.madeByATool(file);
    }

    @Override
    public Snapshot snapshot() {
        return snapshot(new Touched.Anything());
    }

    @Override
    public Snapshot snapshot(Touched touched) {
        Snapshot snapshot = workspace.snapshot(touched);
        if (snapshot instanceof Snapshot.Taken(String commit)) {
            kept.accept(commit);
            if (--left == 0) {
                throw new InMemoryJournal.Died();
            }
        }
        return snapshot;
    }

    @Override
    public void restore(String commit) {
        workspace.restore(commit);
    }

    @Override
    public void undo() {
        workspace.undo();
    }

    @Override
    public List<DeliveredFile> changes() {
        return workspace.changes();
    }

    @Override
    public List<TextChange> diff() {
        return workspace.diff();
    }

    @Override
    public String tree() {
        return workspace.tree();
    }

    @Override
    public Publication publish(int round, AgentName author, String message) {
        return workspace.publish(round, author, message);
    }

    @Override
    public void close() {
        workspace.close();
    }
}

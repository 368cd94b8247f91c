package dev.relais.worker.toolkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.worker.workspace.TextChange;
import dev.relais.worker.workspace.Workspace;

/** A directory as a workspace, without git: what tools need of one. Confinement is the real workspace's affair, and tested there. */
final class BareWorkspace implements Workspace {
    private final Path root;
    private final Path start;

    BareWorkspace(Path root) {
        this(root, "");
    }

    BareWorkspace(Path root, String start) {
        try {
            this.root = root.toRealPath();
            this.start = this.root.resolve(start);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    BareWorkspace with(String path, String content) {
        try {
            Files.createDirectories(root.resolve(path).getParent());
            Files.writeString(root.resolve(path), content);
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    String read(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public Path start() {
        return start;
    }

    @Override
    public Resolved resolve(String path) {
        Path real = (path.startsWith(SEEN_AS) ? root.resolve("." + path.substring(SEEN_AS.length())) : start.resolve(path))
                .normalize();
        try {
            Path followed = real.startsWith(root) && Files.exists(real) ? real.toRealPath() : real;
            return followed.startsWith(root)
                    ? new Resolved.Inside(followed, root.relativize(followed).toString())
                    : new Resolved.Outside(path + " lies outside");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Snapshot snapshot() {
        return new Snapshot.Unchanged();
    }

    @Override
    public void restore(String commit) {
        throw new AssertionError("no tool restores");
    }

    @Override
    public void undo() {
        throw new AssertionError("no tool undoes");
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
        assert Files.exists(root);
    }
}

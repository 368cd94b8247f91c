package dev.relais.deploy.crash;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.worker.workspace.TextChange;
import dev.relais.worker.workspace.Touched;
import dev.relais.worker.workspace.Workspace;

/** A working tree whose push passes the fuse while git is at it. */
record FusedWorkspace(Workspace workspace, Fuse fuse) implements Workspace {
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
    public Snapshot snapshot() {
        return workspace.snapshot();
    }

    @Override
    public Snapshot snapshot(Touched touched) {
        return workspace.snapshot(touched);
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
        var pushed = new CountDownLatch(1);
        Thread watch = Thread.ofPlatform().daemon().start(() -> {
            while (pushed.getCount() > 0) {
                if (isPushing()) {
                    fuse.pass(CrashPoint.DURING_PUSH);
                    return;
                }
                Thread.onSpinWait();
            }
            // So quick that nobody saw it: the branch is there, its conclusion is not.
            fuse.pass(CrashPoint.DURING_PUSH);
        });
        try {
            return workspace.publish(round, author, message);
        } finally {
            pushed.countDown();
            join(watch);
        }
    }

    private static boolean isPushing() {
        return ProcessHandle.current().children()
                .anyMatch(child -> child.info().arguments().filter(words -> List.of(words).contains("push")).isPresent());
    }

    private static void join(Thread watch) {
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        workspace.close();
    }
}

package dev.relais.deploy.crash;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.schemas.event.TaskId;
import dev.relais.worker.workspace.TextChange;
import dev.relais.worker.workspace.Touched;
import dev.relais.worker.workspace.Workspace;

/**
 * A working tree whose publication passes the fuse while the remote's hook stands in the middle of the push, and once the branch is there.
 *
 * @param run task and epoch
 * @param slow the remote, where it has such a hook
 */
record FusedWorkspace(Workspace workspace, Run run, Optional<SlowPush> slow, Fuse fuse) implements Workspace {
    private static final int LOOK_MILLIS = 2;

    record Run(TaskId task, int epoch) {}

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
        Publication published = slow.isPresent()
                ? watched(slow.get(), round, author, message)
                : workspace.publish(round, author, message);
        fuse.pass(CrashPoint.AFTER_PUSH);
        return published;
    }

    private Publication watched(SlowPush remote, int round, AgentName author, String message) {
        String push = run.task() + "-" + round + "." + run.epoch();
        var pushed = new CountDownLatch(1);
        remote.watch(push);
        Thread watch = Thread.ofPlatform().daemon().start(() -> watch(remote, push, pushed));
        try {
            return workspace.publish(round, author, message);
        } finally {
            pushed.countDown();
            join(watch);
            remote.letGo(push);
        }
    }

    private void watch(SlowPush remote, String push, CountDownLatch pushed) {
        try {
            while (!pushed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (remote.isSeen(push)) {
                    fuse.pass(CrashPoint.DURING_PUSH);
                    remote.letGo(push);
                    return;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
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

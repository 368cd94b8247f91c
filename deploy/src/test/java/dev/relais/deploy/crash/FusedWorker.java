package dev.relais.deploy.crash;

import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.relais.worker.Seams;
import dev.relais.worker.Worker;
import dev.relais.worker.WorkerMain;

/** A composition root: the worker as it ships, with a fuse in its seams. */
final class FusedWorker {
    private FusedWorker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(WorkerMain.run(System.getenv(), seams(Fuse.ofThisProcess())));
    }

    static Seams seams(Fuse fuse) {
        return new Seams(inbox -> FusedInbox.of(inbox, fuse), UnaryOperator.identity(), runs -> new FusedRuns(runs, fuse),
                workspaces -> (task, epoch, source, snapshot) -> new FusedWorkspace(
                        workspaces.open(task, epoch, source, snapshot), new FusedWorkspace.Run(task, epoch),
                        Optional.ofNullable(source).flatMap(from -> SlowPush.of(from.repository())), fuse),
                Worker::messagesApi);
    }
}

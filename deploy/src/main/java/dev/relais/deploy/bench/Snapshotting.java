package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.workspace.GitWorkspaces;
import dev.relais.worker.workspace.Quota;
import dev.relais.worker.workspace.Touched;
import dev.relais.worker.workspace.Workspace;

/**
 * What a snapshot of three changed files costs, to the default remote: after file tools, whose paths are known, and after a command, which may have
 * changed anything; beside {@code git add -A -f && git write-tree} on a tree of its own, in turn.
 */
final class Snapshotting {
    private static final int BEFORE = 10;
    private static final long QUOTA = 1L << 30;

    private final Plan plan;
    private final Told told;

    Snapshotting(Plan plan, Told told) {
        this.plan = plan;
        this.told = told;
    }

    void measure(Path directory) throws IOException, InterruptedException {
        measure(directory, 1_000, 10, 20);
        if (plan.isWhole()) {
            measure(directory, 50_000, 20, 200);
        }
    }

    private void measure(Path directory, int files, double known, double anything) throws IOException, InterruptedException {
        Path place = Files.createDirectories(directory.resolve(Integer.toString(files)));
        told.progress("snapshots in a workspace of " + files + " files");
        var setup = new GitWorkspaces.Setup(place.resolve("data"), new WorkerId("bench.1"), Optional.empty(),
                Quota.ofBytes(QUOTA), GitWorkspaces.Commands.WALLED);
        try (Workspace workspace = new GitWorkspaces(setup).open(new TaskId("bench"), 1, null, null)) {
            var mine = SampleTree.make(workspace.root(), files);
            told.figure(Figure.of(Part.SNAPSHOT, files + " files, the first of all",
                    timed(() -> take(workspace, new Touched.Anything())), "ms"));
            Path work = Files.createDirectories(place.resolve("git"));
            var gits = SampleTree.make(work, files);
            LocalGit.run(work, "init", "-q");
            LocalGit.run(work, "add", "-A", "-f");
            var times = new Times(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < BEFORE + plan.snapshots(); i++) {
                one(workspace, mine, i, i < BEFORE ? Times.NONE : times);
                git(work, gits, i, i < BEFORE ? Times.NONE : times);
            }
            report(files, times, known, anything);
        }
    }

    private record Times(List<Double> known, List<Double> anything, List<Double> git) {
        static final Times NONE = new Times(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    private static void one(Workspace workspace, SampleTree tree, int round, Times times)
            throws IOException, InterruptedException {
        List<String> changed = tree.change(2 * round + 1);
        times.known().add(timed(() -> take(workspace, new Touched.Paths(new HashSet<>(changed)))));
        tree.change(2 * round + 2);
        times.anything().add(timed(() -> take(workspace, new Touched.Anything())));
    }

    private static void git(Path work, SampleTree tree, int round, Times times) throws IOException, InterruptedException {
        tree.change(2 * round + 1);
        times.git().add(timed(() -> {
            LocalGit.run(work, "add", "-A", "-f");
            LocalGit.run(work, "write-tree");
        }));
    }

    private static void take(Workspace workspace, Touched touched) {
        if (!(workspace.snapshot(touched) instanceof Workspace.Snapshot.Taken)) {
            throw new BenchFailed("no snapshot was taken of a workspace that had changed");
        }
    }

    private void report(int files, Times times, double known, double anything) {
        Spread git = Spread.of(times.git());
        Spread ofKnown = Spread.of(times.known());
        Spread ofAnything = Spread.of(times.anything());
        figure(files, "after Write and Edit alone", ofKnown, "ms", new Target.AtMost(known));
        figure(files, "after Bash", ofAnything, "ms", new Target.AtMost(anything));
        figure(files, "git add -A -f && git write-tree", git, "ms", new Target.None());
        figure(files, "after Write and Edit, of git's time", Spread.one(ofKnown.median() / git.median()), "x", new Target.None());
        figure(files, "after Bash, of git's time", Spread.one(ofAnything.median() / git.median()), "x", new Target.None());
    }

    private void figure(int files, String what, Spread spread, String unit, Target target) {
        told.figure(new Figure(Part.SNAPSHOT, files + " files, " + what, spread, unit, target));
    }

    /** What is timed. */
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** In milliseconds. */
    static double timed(Work work) throws IOException, InterruptedException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }
}

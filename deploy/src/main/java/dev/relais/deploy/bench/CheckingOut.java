package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested.Source;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.workspace.GitWorkspaces;
import dev.relais.worker.workspace.Quota;
import dev.relais.worker.workspace.Workspace;

/** What a run's checkout of a repository costs that this worker has a mirror of, beside {@code git worktree add}, in turn. */
final class CheckingOut {
    /** Of so many one more comes before them, to warm up. */
    private static final int PER_WARM_UP = 5;
    private static final long QUOTA = 1L << 30;

    private final Plan plan;
    private final Told told;

    CheckingOut(Plan plan, Told told) {
        this.plan = plan;
        this.told = told;
    }

    void measure(Path directory) throws IOException, InterruptedException {
        measure(directory, 1_000, plan.checkouts());
        if (plan.isWhole()) {
            // Git alone takes seconds for one of them.
            measure(directory, 10_000, plan.checkouts() / 5);
        }
    }

    private void measure(Path directory, int files, int times) throws IOException, InterruptedException {
        Path place = Files.createDirectories(directory.resolve(Integer.toString(files)));
        told.progress("checkouts of a repository of " + files + " files");
        Path repository = Files.createDirectories(place.resolve("repository"));
        SampleTree.make(repository, files);
        LocalGit.run(repository, "init", "-q", "-b", "main");
        LocalGit.run(repository, "add", "-A");
        LocalGit.run(repository, "commit", "-qm", "first");
        LocalGit.run(place, "clone", "-q", "--bare", "file://" + repository, "cached.git");
        var source = new Source("file://" + repository, "main", null);
        var setup = new GitWorkspaces.Setup(place.resolve("data"), new WorkerId("bench.1"), Optional.empty(),
                Quota.ofBytes(QUOTA), GitWorkspaces.Commands.WALLED);
        var workspaces = new GitWorkspaces(setup);
        told.figure(Figure.of(Part.CHECKOUT, files + " files, the first, which makes the mirror", checkout(workspaces, source, 0),
                "ms"));
        var mine = new ArrayList<Double>();
        var gits = new ArrayList<Double>();
        int before = Math.ceilDiv(times, PER_WARM_UP);
        for (int i = 1; i <= before + times; i++) {
            double own = checkout(workspaces, source, i);
            double git = worktree(place, i);
            if (i > before) {
                mine.add(own);
                gits.add(git);
            }
        }
        report(files, mine, gits);
    }

    private static double checkout(GitWorkspaces workspaces, Source source, int round) throws IOException, InterruptedException {
        try (Workspace workspace = workspaces.open(new TaskId("bench-" + round), 1, source, null)) {
            return Snapshotting.timed(() -> made(workspace));
        }
    }

    private static void made(Workspace workspace) {
        if (!Files.isDirectory(workspace.root())) {
            throw new BenchFailed("no checkout was made");
        }
    }

    private static double worktree(Path place, int round) throws IOException, InterruptedException {
        Path cached = place.resolve("cached.git");
        String tree = place.resolve("worktree" + round).toString();
        double millis = Snapshotting.timed(() -> LocalGit.run(cached, "worktree", "add", "-q", "--detach", tree, "main"));
        LocalGit.run(cached, "worktree", "remove", "--force", tree);
        return millis;
    }

    private void report(int files, List<Double> mine, List<Double> gits) {
        Spread own = Spread.of(mine);
        Spread git = Spread.of(gits);
        told.figure(new Figure(Part.CHECKOUT, files + " files, from the mirror", own, "ms", new Target.None()));
        told.figure(new Figure(Part.CHECKOUT, files + " files, git worktree add", git, "ms", new Target.None()));
        told.figure(Figure.of(Part.CHECKOUT, files + " files, of git's time", own.median() / git.median(), "x"));
    }
}

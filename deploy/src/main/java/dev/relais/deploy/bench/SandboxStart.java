package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.sandbox.Sandbox;
import dev.relais.worker.sandbox.Sandboxes;
import dev.relais.worker.sandbox.Unsandboxed;

/** What the walls add to a command's own time: the same empty command as a bare process, without walls and behind them, in turns. */
final class SandboxStart {
    private static final double MOST_MILLIS = 15;
    private static final long QUOTA = 1L << 30;
    private static final int WARM_UPS = 20;
    private static final String NOTHING = "true";

    private final Plan plan;
    private final Told told;

    SandboxStart(Plan plan, Told told) {
        this.plan = plan;
        this.told = told;
    }

    private int commands() {
        return plan.isWhole() ? 200 : 20;
    }

    private interface Start {
        void run() throws IOException, InterruptedException;
    }

    /** @param directory that is empty, or is not there yet */
    void measure(Path directory) throws IOException, InterruptedException {
        Path workspace = Files.createDirectories(directory.resolve("workspace"));
        var worker = new WorkerId("bench");
        var wish = new Sandboxes.Wish(Sandboxes.Mode.BWRAP, System.getenv(), directory, List.of(), QUOTA);
        if (!(Sandboxes.choose(wish, worker) instanceof Sandboxes.Chosen.Walled walled)) {
            told.progress("bubblewrap does not work here: the sandbox is not measured");
            return;
        }
        walled.runAs().owner().take(workspace);
        told.progress("Bash in the sandbox: " + walled.told());
        var bare = new ArrayList<Double>();
        var behind = new ArrayList<Double>();
        var open = new ArrayList<Double>();
        Sandbox without = new Unsandboxed(Map.of("PATH", System.getenv().getOrDefault("PATH", "/bin")));
        for (int i = 0; i < WARM_UPS + commands(); i++) {
            List<Double> own = i < WARM_UPS ? new ArrayList<>() : bare;
            own.add(millis(SandboxStart::bare));
            (i < WARM_UPS ? own : behind).add(millis(() -> in(walled.sandbox(), workspace)));
            (i < WARM_UPS ? own : open).add(millis(() -> in(without, workspace)));
        }
        figures(bare, behind, open);
    }

    private void figures(List<Double> bare, List<Double> behind, List<Double> open) {
        var over = new ArrayList<Double>();
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < bare.size(); i++) {
            over.add(behind.get(i) - bare.get(i));
            ratios.add(behind.get(i) / bare.get(i));
        }
        figure("bash -c true, p50", Spread.of(bare), "ms", new Target.None());
        figure("behind the walls, p50", Spread.of(behind), "ms", new Target.None());
        figure("RELAIS_SANDBOX=none, p50", Spread.of(open), "ms", new Target.None());
        figure("the walls over the command, p50", Spread.of(over), "ms", new Target.AtMost(MOST_MILLIS));
        figure("the walls over the command, ratio", Spread.of(ratios), "x", new Target.None());
    }

    private void figure(String what, Spread spread, String unit, Target target) {
        told.figure(new Figure(Part.SANDBOX, what, spread, unit, target));
    }

    private static double millis(Start start) throws IOException, InterruptedException {
        long began = System.nanoTime();
        start.run();
        return (System.nanoTime() - began) / 1e6;
    }

    private static void bare() throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", "--noprofile", "--norc", "-c", NOTHING).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        process.waitFor();
    }

    private static void in(Sandbox sandbox, Path workspace) throws InterruptedException {
        var ended = sandbox.run(new Sandbox.Command(NOTHING, workspace, workspace, Duration.ofMinutes(1)));
        if (!(ended instanceof Sandbox.Ended.Exited(int code, Sandbox.Output _) && code == 0)) {
            throw new BenchFailed("a command that does nothing ended as " + ended);
        }
    }
}

package dev.relais.deploy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.relais.deploy.bench.Bench;
import dev.relais.deploy.bench.BenchFailed;
import dev.relais.deploy.bench.Machine;
import dev.relais.deploy.bench.Part;
import dev.relais.deploy.bench.Plan;

/** What it costs, on this machine. */
@Command(name = "bench", description = "Measures Relais beside the raw limit of a broker of its own: every part in a JVM of its own, on this machine.", footer = {
        "%nExamples:",
        "  relais bench",
        "  relais bench throughput latency --repetitions 3",
        "  relais bench --quick --json figures.jsonl",
        "  relais bench endurance --judge"})
final class BenchVerb implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();
    @Parameters(paramLabel = "PART", description = "raw, latency, throughput, conversation, memory, kill, snapshot, checkout, sandbox, endurance, grep. Default: all but endurance, which takes 25 minutes, and grep, which needs rg.")
    private List<Part> parts = new ArrayList<>();
    @Option(names = "--quick", description = "Small numbers, under a minute: whether it runs, not what it costs.")
    private boolean quick;
    @Option(names = "--repetitions", paramLabel = "N", description = "Of raw limit and throughput, interleaved. Default: 5, with --quick 1.")
    private int repetitions;
    @Option(names = "--json", paramLabel = "FILE", description = "Gets a JSON line for every figure. Default: a new file, which is named at the end.")
    private @Nullable Path json;
    @Option(names = "--data", paramLabel = "DIR", description = "Gets data and logs of the parts; must be empty. Default: a new one, which goes with its end.")
    private @Nullable Path data;
    @Option(names = "--record", description = "Every part leaves a flight recording in the data directory; needs --data.")
    private boolean record;

    @Option(names = "--judge", description = "End with 1 where a figure misses its target.")
    private boolean judge;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (record && data == null) {
            throw new Failure(ExitCode.USAGE, "--record leaves recordings in the data directory: name it with --data");
        }
        Plan plan = quick ? Plan.QUICK : Plan.FULL;
        Set<Part> wanted = parts.isEmpty() ? EnumSet.complementOf(EnumSet.of(Part.ENDURANCE, Part.GREP)) : EnumSet.copyOf(parts);
        Path lines = json == null ? Files.createTempFile("relais-bench-", ".jsonl") : json;
        Path directory = data == null ? Files.createTempDirectory("relais-bench-") : Files.createDirectories(data);
        var screen = Screen.of(spec);
        var table = new BenchTable(screen, Machine.here(), lines);
        try {
            new Bench(repetitions > 0 ? plan.repeated(repetitions) : plan, table).run(wanted, directory.toAbsolutePath(), record);
        } catch (BenchFailed e) {
            table.print();
            throw new Failure(ExitCode.FAILED, e.getMessage() + "; the logs are in " + directory, e);
        }
        table.print();
        screen.remark("figures: " + lines);
        if (data == null) {
            delete(directory);
        }
        return judge && table.hasMissed() ? ExitCode.FAILED.value() : ExitCode.OK.value();
    }

    private static void delete(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

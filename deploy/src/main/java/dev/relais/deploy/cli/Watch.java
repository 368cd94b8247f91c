package dev.relais.deploy.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.relais.deploy.cli.Screen.Tint;
import dev.relais.schemas.event.TaskId;

/** Follows text and tools live. */
@Command(name = "watch", description = "Follows a task, its text and tools, turn by turn to its end; without a task, all of them from now on.", footer = {
        "%nExamples:",
        "  relais watch stock-42",
        "  relais watch stock-42 --json | jq .what",
        "  relais watch --timeout 10m"})
final class Watch implements Callable<Integer> {
    @Mixin
    private Connection connection = new Connection();
    @Spec
    private CommandSpec spec = CommandSpec.create();
    @Parameters(arity = "0..1", paramLabel = "TASK", description = "The task; without one, every task.")
    private @Nullable String task;
    @Option(names = "--timeout", paramLabel = "SPAN", converter = Spans.class, description = "At most so long. Default: 24h.")
    private Duration timeout = Duration.ofHours(24);
    @Option(names = "--brief", description = "One line a call instead of whole texts.")
    private boolean brief;
    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        var screen = Screen.of(spec);
        var patience = new Patience(InstantSource.system(), timeout);
        String named = task;
        try (Link link = connection.open()) {
            if (named == null) {
                return all(link, screen, patience).value();
            }
            TaskId id = Submission.id(named);
            var snapshot = new TaskBook(link).mustFind(id);
            var detail = brief ? Narration.Detail.BRIEF : Narration.Detail.FULL;
            return new Following(link, screen, json).toTheEnd(id, snapshot.submittedAt(), patience, detail).value();
        }
    }

    /** Everybody's news, each line with its task; ends with the time. */
    private ExitCode all(Link link, Screen screen, Patience patience) {
        var reader = link.reader().fromEnd(TopicReader.all(link.topics().journal(), link.partitions()));
        var tales = new HashMap<String, Narration>();
        while (!patience.isOver()) {
            for (Seen seen : reader.poll()) {
                var tale = tales.computeIfAbsent(seen.key(), _ -> new Narration(Narration.Detail.BRIEF));
                for (var line : tale.tell(seen)) {
                    screen.line(screen.tinted(Tint.FAINT, Screen.oneLine(seen.key(), 40)) + " "
                            + screen.tinted(line.tint(), line.text()));
                }
            }
        }
        return ExitCode.OK;
    }
}

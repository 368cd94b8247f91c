package dev.relais.deploy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import dev.relais.deploy.cli.Screen.Tint;
import dev.relais.deploy.local.LocalStack;
import dev.relais.schemas.wire.EventType;

/** The whole way of a task, on this machine. */
@Command(name = "demo", description = "Starts broker, coordinator and worker in this process, submits a sample task and shows it turn by turn to its deliverable.", footer = {
        "%nExamples:",
        "  relais demo",
        "  ANTHROPIC_API_KEY=… relais demo --live"})
final class Demo implements Callable<Integer> {
    private static final String SAMPLE = "/playbooks/sample-task.json";

    @Mixin
    private Stack stack = new Stack();
    @Spec
    private CommandSpec spec = CommandSpec.create();
    @Option(names = "--timeout", paramLabel = "SPAN", converter = Spans.class, description = "At most so long. Default: 15m.")
    private Duration timeout = Duration.ofMinutes(15);

    @Override
    public Integer call() throws IOException {
        var screen = Screen.of(spec);
        Path data = data();
        var patience = new Patience(InstantSource.system(), timeout);
        screen.line("Relais demo: a Kafka broker, the coordinator and a worker start in this process; data in " + data);
        try (LocalStack running = stack.start(screen, 0, data)) {
            screen.line(screen.tinted(Tint.FAINT, "ready after " + Spans.text(patience.waited()) + ", broker at "
                    + running.settings().bootstrapServers()));
            return run(screen, running, patience).value();
        }
    }

    private static Path data() throws IOException {
        String named = System.getenv("RELAIS_DATA_DIR");
        return named == null || named.isBlank()
                ? Files.createTempDirectory("relais-demo-")
                : Files.createDirectories(Path.of(named));
    }

    private static ExitCode run(Screen screen, LocalStack running, Patience patience) throws IOException {
        try (Link link = Link.open(running.settings())) {
            var data = Submission.object(sample(), SAMPLE);
            data.put("taskId", "demo-" + UUID.randomUUID().toString().substring(0, 8));
            var submission = Submission.of(data, link.codec());
            var start = InstantSource.system().instant();
            link.send(submission.task().value(), submission.eventId(), EventType.TASK_REQUESTED, submission.value());
            screen.line("submitted " + screen.tinted(Tint.STRONG, submission.task().value()) + ": "
                    + Screen.oneLine(submission.request().request(), 160));
            var ended = new Following(link, screen, false).toTheEnd(submission.task(), start, patience, Narration.Detail.BRIEF);
            screen.line("");
            screen.line(screen.tinted(Tint.FAINT, "done, " + Spans.text(patience.waited()) + " after the start"));
            return ended;
        }
    }

    private static String sample() throws IOException {
        try (InputStream stream = Demo.class.getResourceAsStream(SAMPLE)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks " + SAMPLE);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

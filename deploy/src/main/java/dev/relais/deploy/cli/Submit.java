package dev.relais.deploy.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.relais.deploy.cli.Screen.Tint;
import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.wire.EventType;
import dev.relais.schemas.wire.Json;

/** Asks for a unit of work. */
@Command(name = "submit", description = "Asks an agent for a unit of work, and says whether the coordinator took it.", footer = {
        "%nExamples:",
        "  relais submit \"Add a health endpoint\" --mode 2 --wait",
        "  relais submit --file request.json --id stock-42",
        "  relais submit \"Review the schema\" --project shop --title \"Schema review\" --json"})
final class Submit implements Callable<Integer> {
    @Mixin
    private Connection connection = new Connection();
    @Spec
    private CommandSpec spec = CommandSpec.create();
    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "The wish, in prose.")
    private @Nullable String text;
    @Option(names = "--file", paramLabel = "JSON", description = "The data of dev.relais.task.requested.v1; options win over it.")
    private @Nullable Path file;
    @Option(names = "--id", paramLabel = "TASK", description = "The task's id. The same id and content again is the same task.")
    private @Nullable String id;
    @Option(names = "--agent", paramLabel = "AGENT", description = "Who shall do it. Default: backend-dev.")
    private @Nullable String agent;
    @Option(names = "--mode", paramLabel = "1|2|3", description = "1 a person approves, 2 automatic, 3 key steps only. Default: the project's, else 1.")
    private @Nullable Integer mode;
    @Option(names = "--project", paramLabel = "NAME", description = "The project, whose mode holds where none is given.")
    private @Nullable String project;
    @Option(names = "--title", paramLabel = "TITLE", description = "A short name for lists.")
    private @Nullable String title;
    @Option(names = "--wait", description = "Follow the task turn by turn to its end.")
    private boolean wait;
    @Option(names = "--timeout", paramLabel = "SPAN", converter = Spans.class, description = "With --wait: at most so long. Default: 24h.")
    private Duration timeout = Duration.ofHours(24);
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var screen = Screen.of(spec);
        try (Link link = connection.open()) {
            var submission = Submission.of(data(), link.codec());
            var lookout = new Fate.Lookout(link, submission.task());
            var start = InstantSource.system().instant();
            var sent = link.send(submission.task().value(), submission.eventId(), EventType.TASK_REQUESTED, submission.value());
            var fate = lookout.await(sent, Duration.ofSeconds(6), screen);
            ExitCode taken = report(screen, link, submission, fate);
            if (!wait || taken != ExitCode.OK) {
                return taken.value();
            }
            return new Following(link, screen, json)
                    .toTheEnd(submission.task(), start, new Patience(InstantSource.system(), timeout))
                    .value();
        }
    }

    private ObjectNode data() {
        Path named = file;
        if (named == null && text == null) {
            throw new Failure(ExitCode.USAGE, "say what is wanted: relais submit \"…\", or relais submit --file request.json");
        }
        ObjectNode data = named == null ? Json.mapper().createObjectNode() : Submission.file(named);
        put(data, "request", text);
        put(data, "taskId", id);
        put(data, "agent", agent);
        put(data, "project", project);
        put(data, "title", title);
        if (mode != null) {
            data.put("mode", mode);
        }
        return data;
    }

    private static void put(ObjectNode data, String name, @Nullable String value) {
        if (value != null) {
            data.put(name, value);
        }
    }

    private ExitCode report(Screen screen, Link link, Submission submission, Fate fate) {
        return switch (fate) {
            case Fate.Taken(var snapshot) -> told(screen, submission, snapshot.state().name(), "taken");
            case Fate.Recorded(var input) -> told(screen, submission, input.standing(), "taken");
            case Fate.Buried(DeadLetter letter) -> {
                screen.remark(screen.tinted(Tint.BAD, "refused: " + letter.reason())
                        + (letter.where() == null ? "" : " at " + letter.where())
                        + ": " + Screen.plain(letter.detail()));
                yield ExitCode.FAILED;
            }
            case Fate.Unseen() -> new TaskBook(link).find(submission.task())
                    .map(known -> told(screen, submission, known.state().name(), "known already"))
                    .orElseGet(() -> {
                        screen.remark(
                                "task " + submission.task() + " is sent and durable, but no coordinator took it up within 6 s: "
                                        + "is one running at " + link.settings().bootstrapServers() + "? `relais show "
                                        + submission.task()
                                        + "` says more later");
                        return ExitCode.TIMEOUT;
                    });
        };
    }

    private ExitCode told(Screen screen, Submission submission, String state, String how) {
        if (json) {
            var line = new LinkedHashMap<String, Object>();
            line.put("taskId", submission.task());
            line.put("eventId", submission.eventId());
            line.put("state", state);
            screen.jsonLine(line);
        } else {
            screen.line("task " + screen.tinted(Tint.STRONG, submission.task().value()) + " " + how + ": " + state);
        }
        return ExitCode.OK;
    }
}

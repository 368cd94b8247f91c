package dev.relais.deploy.cli;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import dev.relais.deploy.cli.Screen.Tint;
import dev.relais.schemas.event.InputRecorded;
import dev.relais.schemas.event.RequestEvent;
import dev.relais.schemas.event.TaskId;

/** What the verbs share that say something to a task: who says it, how long the effect is waited for, and what became of it. */
final class Telling {
    @Mixin
    private Connection connection = new Connection();
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();
    @Option(names = "--by", paramLabel = "NAME", description = "Who says it. Default: $$USER.")
    private @Nullable String by = System.getenv("USER");
    @Option(names = "--within", paramLabel = "SPAN", converter = Spans.class, description = "Wait so long for the effect. Default: 10s.")
    private Duration within = Duration.ofSeconds(10);
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Nullable
    String by() {
        return by;
    }

    Link open() {
        return connection.open();
    }

    Screen screen() {
        return Screen.of(spec);
    }

    /** Sends the event and says what the coordinator made of it. */
    int tell(Link link, TaskId task, RequestEvent event) {
        var lookout = new Fate.Lookout(link, task);
        var sent = link.send(task.value(), event);
        return report(task, link, lookout.await(sent, within, screen())).value();
    }

    private ExitCode report(TaskId task, Link link, Fate fate) {
        Screen screen = screen();
        return switch (fate) {
            case Fate.Recorded(var input) -> recorded(screen, input);
            case Fate.Taken(var snapshot) -> {
                screen.line("task " + task + ": " + snapshot.state());
                yield ExitCode.OK;
            }
            case Fate.Buried(var letter) -> {
                screen.remark(screen.tinted(Tint.BAD, "refused: " + letter.reason()) + ": " + Screen.plain(letter.detail()));
                yield ExitCode.FAILED;
            }
            case Fate.Unseen() -> {
                screen.remark("it is sent and durable, but no effect was seen within " + Spans.text(within)
                        + ": is a coordinator running at " + link.settings().bootstrapServers() + "? `relais show " + task
                        + "` says more later");
                yield ExitCode.TIMEOUT;
            }
        };
    }

    private ExitCode recorded(Screen screen, InputRecorded input) {
        if (json) {
            screen.jsonLine(input);
        } else {
            String what = input.decision() == null ? input.kind() : input.kind() + " " + input.decision();
            screen.line(what + " on " + input.taskId() + ": " + input.standing() + meaning(input.standing()));
        }
        return switch (input.standing()) {
            case "applied", "pending" -> ExitCode.OK;
            default -> ExitCode.FAILED;
        };
    }

    private static String meaning(String standing) {
        return switch (standing) {
            case "pending" -> " (it will be heard when the run that goes on has ended)";
            case "stale" -> " (something else waits now; `relais show` says what)";
            case "repeated" -> " (it was judged or heard before)";
            case "late" -> " (the task has ended)";
            default -> "";
        };
    }
}

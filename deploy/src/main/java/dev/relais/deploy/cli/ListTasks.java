package dev.relais.deploy.cli;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import dev.relais.schemas.event.TaskSnapshot;
import dev.relais.schemas.event.TaskState;

/** Lists tasks. */
@Command(name = "list", description = "Lists tasks, the newest first.", footer = {
        "%nExamples:",
        "  relais list",
        "  relais list --state INPUT_REQUIRED",
        "  relais list --json | jq '.[].taskId'"})
final class ListTasks implements Callable<Integer> {
    @Mixin
    private Connection connection = new Connection();
    @Spec
    private CommandSpec spec = CommandSpec.create();
    @Option(names = "--state", paramLabel = "STATE", description = "Only tasks in this state: ${COMPLETION-CANDIDATES}.")
    private @Nullable TaskState state;
    @Option(names = "--project", paramLabel = "NAME", description = "Only tasks of this project.")
    private @Nullable String project;
    @Option(names = "--limit", paramLabel = "N", description = "At most so many; 0 for all. Default: 50.")
    private int limit = 50;
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var screen = Screen.of(spec);
        try (Link link = connection.open()) {
            var all = new TaskBook(link).all().stream()
                    .filter(task -> state == null || task.state() == state)
                    .filter(task -> project == null || project.equals(task.project()))
                    .sorted(Comparator.comparing(TaskSnapshot::submittedAt).reversed()).toList();
            var shown = limit == 0 ? all : all.stream().limit(limit).toList();
            if (json) {
                screen.json(shown);
                return ExitCode.OK.value();
            }
            screen.table(List.of("TASK", "STATE", "AGENT", "MODE", "ROUND", "TURNS", "COST", "UPDATED", "TITLE"),
                    shown.stream().map(ListTasks::row).toList());
            if (shown.size() < all.size()) {
                screen.remark((all.size() - shown.size()) + " more; --limit 0 shows all");
            }
            return ExitCode.OK.value();
        }
    }

    private static List<String> row(TaskSnapshot task) {
        String state = task.awaits() == null ? task.state().name() : task.state() + " (" + task.awaits() + ")";
        return List.of(task.taskId().value(), state, task.agent().value(), Integer.toString(task.mode()),
                Integer.toString(task.round()),
                Integer.toString(task.turns()), task.costUsd() == null ? "-" : Figures.cost(task.costUsd()),
                task.updatedAt().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString(),
                task.title() == null ? "" : Screen.oneLine(task.title(), 60));
    }
}

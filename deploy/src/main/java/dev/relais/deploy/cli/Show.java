package dev.relais.deploy.cli;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.relais.deploy.cli.Screen.Tint;
import dev.relais.schemas.event.TaskSnapshot;
import dev.relais.schemas.event.ValidationRequested;

/** Shows one task. */
@Command(name = "show", description = "Shows a task: its state, turns, what it waits for, its deliverable with files and branch, and what it cost.", footer = {
        "%nExamples:",
        "  relais show stock-42",
        "  relais show stock-42 --json | jq .outcome.branch"})
final class Show implements Callable<Integer> {
    @Mixin
    private Connection connection = new Connection();
    @Spec
    private CommandSpec spec = CommandSpec.create();
    @Parameters(paramLabel = "TASK", description = "The task.")
    private String task = "";
    @Option(names = "--full", description = "Whole texts and results of every turn.")
    private boolean full;
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var screen = Screen.of(spec);
        try (Link link = connection.open()) {
            var id = Submission.id(task);
            var snapshot = new TaskBook(link).mustFind(id);
            var watch = new TaskWatch(link, id, snapshot.submittedAt(), snapshot.agent());
            var teller = new TaskTeller(json ? screen.silent() : screen,
                    full ? Narration.Detail.FULL : Narration.Detail.BRIEF, false);
            if (!json) {
                head(screen, snapshot);
            }
            watch.history(teller);
            if (json) {
                asJson(screen, snapshot, watch, teller);
            } else {
                end(screen, snapshot, watch, teller);
            }
            return ExitCode.OK.value();
        }
    }

    private static void head(Screen screen, TaskSnapshot task) {
        screen.line(screen.tinted(Tint.STRONG, task.taskId().value()) + "  " + task.state()
                + (task.title() == null ? "" : "  " + Screen.oneLine(task.title(), 100)));
        screen.line("  agent " + task.agent() + ", mode " + task.mode()
                + (task.project() == null ? "" : ", project " + task.project())
                + ", round " + task.round() + ", epoch " + task.epoch()
                + (task.owner() == null ? "" : ", owner " + task.owner()));
        screen.line("  " + task.turns() + " turns, " + Figures.tokens(task.usage()) + ", " + Figures.cost(task.costUsd())
                + (task.wasted().total() == 0 ? "" : ", wasted by lost epochs: " + Figures.tokens(task.wasted())));
        screen.line("  submitted " + task.submittedAt() + ", updated " + task.updatedAt()
                + (task.reason() == null ? "" : ", " + Screen.oneLine(task.reason(), 200)));
        screen.line("");
    }

    private static void end(Screen screen, TaskSnapshot snapshot, TaskWatch watch, TaskTeller teller) {
        var view = new DeliverableView(screen);
        ValidationRequested waiting = teller.waiting();
        var outcome = watch.outcome();
        if (outcome.isPresent()) {
            view.show(outcome.get());
        } else if (snapshot.awaits() != null && waiting != null) {
            view.show(waiting.deliverable());
            teller.waysOn(snapshot);
        }
    }

    private static void asJson(Screen screen, TaskSnapshot snapshot, TaskWatch watch, TaskTeller teller) {
        var all = new LinkedHashMap<String, Object>();
        all.put("task", snapshot);
        if (!teller.missing().isEmpty()) {
            all.put("missing", teller.missing());
        }
        watch.outcome().ifPresent(outcome -> all.put("outcome", outcome));
        ValidationRequested waiting = teller.waiting();
        if (waiting != null) {
            all.put("validation", waiting);
        }
        screen.json(all);
    }
}

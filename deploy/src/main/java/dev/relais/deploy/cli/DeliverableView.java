package dev.relais.deploy.cli;

import dev.relais.deploy.cli.Screen.Tint;
import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.OutcomeEvent;
import dev.relais.schemas.event.TaskCanceled;
import dev.relais.schemas.event.TaskFailed;
import dev.relais.schemas.event.TaskRejected;

/** Shows how a task ended: the deliverable with what was verified, or the reason. */
final class DeliverableView {
    private final Screen screen;

    DeliverableView(Screen screen) {
        this.screen = screen;
    }

    void show(OutcomeEvent outcome) {
        switch (outcome) {
            case DeliverablePublished deliverable -> show(deliverable);
            case TaskFailed failed -> {
                screen.line(screen.tinted(Tint.BAD, "failed: " + failed.reason()) + "  " + Screen.plain(failed.detail()));
                if (failed.snapshot() != null) {
                    screen.line("  last snapshot of the workspace: " + failed.snapshot());
                }
            }
            case TaskCanceled canceled ->
                screen.line(screen.tinted(Tint.WAITING, "canceled") + because(canceled.reason()) + by(canceled.by()));
            case TaskRejected rejected ->
                screen.line(screen.tinted(Tint.BAD, "rejected") + because(rejected.reason()) + by(rejected.by()));
        }
    }

    /** @param deliverable with its text, banner first and block last */
    void show(DeliverablePublished deliverable) {
        screen.line("");
        Screen.plain(deliverable.text()).strip().lines().forEach(screen::line);
        screen.line("");
        Tint tint = deliverable.statusVerified().equals(DeliverablePublished.COMPLETED) ? Tint.GOOD : Tint.WAITING;
        screen.line(screen.tinted(Tint.STRONG, "Deliverable of " + deliverable.taskId() + ", round " + deliverable.round() + ": ")
                + screen.tinted(tint, deliverable.statusVerified()) + " (claimed: " + deliverable.statusClaimed() + ")");
        files(deliverable);
        deliverable.evidence().forEach(line -> screen.line("  checked   " + Screen.oneLine(line, 200)));
        screen.line("  spent     " + deliverable.turns() + " turns, " + Figures.tokens(deliverable.usage()) + ", "
                + Figures.cost(deliverable.costUsd()) + ", " + Spans.text(deliverable.duration()) + ", " + deliverable.model());
        screen.line("  digest    " + deliverable.digest());
        place(deliverable);
    }

    private void files(DeliverablePublished deliverable) {
        if (deliverable.files().isEmpty()) {
            screen.line("  files     none");
        }
        for (var file : deliverable.files()) {
            String remark = switch (file.change()) {
                case "none" -> screen.tinted(Tint.BAD, "  claimed, but not changed");
                default -> file.claimed() ? "" : screen.tinted(Tint.WAITING, "  not claimed");
            };
            screen.line(String.format("  %-9s %s", file.change(), Screen.oneLine(file.path(), 200)) + remark);
        }
    }

    private void place(DeliverablePublished deliverable) {
        if (deliverable.repository() == null || deliverable.branch() == null) {
            return;
        }
        String repository = Screen.oneLine(deliverable.repository(), 300);
        String branch = Screen.oneLine(deliverable.branch(), 300);
        screen.line("  branch    " + branch + " in " + repository);
        screen.line("  look      git clone -b " + quoted(branch) + " " + quoted(repository) + " relais-deliverable");
    }

    /** For a shell, where it needs it. */
    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:@%+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static String because(@org.jspecify.annotations.Nullable String reason) {
        return reason == null ? "" : ": " + Screen.oneLine(reason, 300);
    }

    private static String by(@org.jspecify.annotations.Nullable String by) {
        return by == null ? "" : " (by " + Screen.oneLine(by, 80) + ")";
    }
}

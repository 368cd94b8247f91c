package dev.relais.worker.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.worker.persona.Language;
import dev.relais.worker.persona.Phrase;

/** The task's acceptance commands: which calls they are, what their results mean, what the persona is told of a failure. */
public final class AcceptanceRule {
    /** The tool that runs them: no persona has it. */
    public static final String TOOL = "Acceptance";
    /** How often a failure goes back to the persona before the deliverable is published as it is. */
    public static final int MOST_RETURNS = 2;

    private static final String ID = "worker/acceptance/";
    private static final String NOT_RUN = "not run: ";
    private static final int SHOWN = 4_000;

    private AcceptanceRule() {}

    public static String id(int command) {
        return ID + command;
    }

    /** Whether these are results of the acceptance commands and not of the persona's calls. */
    public static boolean isOf(List<ToolOutcome> results) {
        return !results.isEmpty() && results.getFirst().toolUseId().startsWith(ID);
    }

    /** The text of a command that could not be run at all: no fault of the persona's. */
    public static String notRun(String reason) {
        return NOT_RUN + reason;
    }

    /** Whether some command ran and failed. What was not run is nothing to send back. */
    public static boolean failed(List<ToolOutcome> results) {
        return results.stream().anyMatch(result -> result.isError() && !result.content().startsWith(NOT_RUN));
    }

    public static boolean passed(List<ToolOutcome> results) {
        return !results.isEmpty() && results.stream().noneMatch(ToolOutcome::isError);
    }

    /** The commands that passed. */
    public static List<String> passing(List<String> commands, List<ToolOutcome> results) {
        var passing = new ArrayList<String>();
        for (int i = 0; i < Math.min(commands.size(), results.size()); i++) {
            if (!results.get(i).isError()) {
                passing.add(commands.get(i));
            }
        }
        return passing;
    }

    /** To the persona, in its language. */
    public static String toPersona(List<String> commands, List<ToolOutcome> results, int returned, Language language) {
        var text = new StringBuilder(language.say(Phrase.ACCEPTANCE_FAILED)).append('\n');
        for (int i = 0; i < Math.min(commands.size(), results.size()); i++) {
            ToolOutcome result = results.get(i);
            text.append("\n### `").append(commands.get(i)).append("`\n")
                    .append(language.say(result.isError() ? Phrase.COMMAND_FAILED : Phrase.COMMAND_PASSED)).append('\n');
            if (result.isError()) {
                text.append("```\n").append(tail(result.content())).append("\n```\n");
            }
        }
        int left = MOST_RETURNS - returned;
        return text.append('\n').append(language.say(Phrase.ACCEPTANCE_MEND)).append(' ')
                .append(language.say(left > 1 ? Phrase.ONE_MORE_TRY : Phrase.LAST_TRY)).toString();
    }

    /** One line a command, for the deliverable. */
    public static List<String> evidence(List<String> commands, List<ToolOutcome> results) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < Math.min(commands.size(), results.size()); i++) {
            ToolOutcome result = results.get(i);
            String ended = result.content().lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
            lines.add("acceptance: `" + commands.get(i).lines().collect(Collectors.joining("; ")) + "` "
                    + (result.isError() ? "failed (" + ended + ")" : "passed"));
        }
        return lines;
    }

    /** What fails is said last. */
    private static String tail(String text) {
        int from = Math.max(0, text.length() - SHOWN);
        return (from == 0 ? "" : "[…] ") + text.substring(from);
    }
}

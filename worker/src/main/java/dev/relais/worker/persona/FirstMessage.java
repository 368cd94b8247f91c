package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.workspace.Workspace;

/**
 * The request as the persona's hand-off protocol expects it, in the persona's language: context, constraints and expected deliverables in the order of its
 * file, place and validation mode.
 */
public final class FirstMessage {
    private final Persona persona;
    private final TaskRequested request;
    private final int mode;
    private final List<String> parts = new ArrayList<>();

    private FirstMessage(WorkDispatched work, Persona persona) {
        this.persona = persona;
        this.request = work.request();
        this.mode = work.mode();
    }

    public static String render(WorkDispatched work, Persona persona) {
        return new FirstMessage(work, persona).text();
    }

    private String text() {
        parts.add(isBlank(request.title()) ? say(Phrase.TASK) : say(Phrase.TASK_TITLED, text(request.title())));
        if (!isBlank(request.project())) {
            parts.add(say(Phrase.PROJECT, text(request.project())));
        }
        parts.add(say(Phrase.REQUEST) + "\n" + request.request().strip());
        for (HandOffOrder.Part part : HandOffOrder.of(persona.systemText())) {
            switch (part) {
                case CONTEXT -> section(Phrase.CONTEXT, context());
                case CONSTRAINTS -> section(Phrase.CONSTRAINTS, constraints(request.constraints()));
                case EXPECTED -> section(Phrase.EXPECTED, request.expected().stream().map(FirstMessage::item).toList());
            }
        }
        section(Phrase.ACCEPTANCE, acceptance(request.acceptance()));
        section(Phrase.WORKSPACE, workspace());
        section(Phrase.VALIDATION, List.of(say(modePhrase()), say(Phrase.END_WITH, persona.name())));
        return String.join("\n\n", parts) + "\n";
    }

    private List<String> context() {
        TaskRequested.Context context = request.context();
        var lines = new ArrayList<String>();
        if (context != null) {
            named(lines, Phrase.API_CONTRACT, context.apiContract());
            named(lines, Phrase.DB_SCHEMA, context.dbSchema());
            listed(lines, Phrase.DECISIONS, context.decisions());
            named(lines, Phrase.NOTES, context.notes());
        }
        Blocking.missing(request, persona).forEach(missing -> lines.add(say(missing.phrase())));
        return lines;
    }

    private List<String> constraints(TaskRequested.@Nullable Constraints constraints) {
        var lines = new ArrayList<String>();
        if (constraints != null) {
            named(lines, Phrase.FRAMEWORK, constraints.framework());
            named(lines, Phrase.PERFORMANCE, constraints.performance());
            listed(lines, Phrase.STACK, constraints.stack());
            listed(lines, Phrase.OTHER, constraints.other());
        }
        return lines;
    }

    private List<String> acceptance(List<String> commands) {
        var lines = new ArrayList<String>();
        if (!commands.isEmpty()) {
            lines.add(say(Phrase.ACCEPTANCE_RUNS));
            commands.forEach(command -> lines.add(item("`" + command.strip() + "`")));
        }
        return lines;
    }

    private List<String> workspace() {
        var lines = new ArrayList<String>();
        TaskRequested.Source source = request.workspace();
        if (TaskRequested.OPEN.equals(request.network())) {
            lines.add(say(Phrase.NETWORK_OPEN));
        }
        if (source == null) {
            lines.add(say(Phrase.WORKSPACE_EMPTY, Workspace.SEEN_AS));
            return lines;
        }
        lines.add(say(Phrase.WORKSPACE_OF, Workspace.SEEN_AS, source.repository()));
        named(lines, Phrase.REFERENCE, source.ref());
        named(lines, Phrase.SUBDIRECTORY, source.subdirectory());
        return lines;
    }

    /** What a validation mode means for the persona. */
    private Phrase modePhrase() {
        return switch (mode) {
            case 2 -> Phrase.MODE_2;
            case 3 -> Phrase.MODE_3;
            default -> Phrase.MODE_1;
        };
    }

    private void section(Phrase heading, List<String> lines) {
        if (!lines.isEmpty()) {
            parts.add(say(heading) + "\n" + String.join("\n", lines));
        }
    }

    /** A text of several lines (a contract, a schema) stands below its name, as it was written. */
    private void named(List<String> lines, Phrase name, @Nullable String value) {
        if (isBlank(value)) {
            return;
        }
        String text = text(value);
        lines.add(say(Phrase.NAMED, say(name)) + (text.contains("\n") ? "\n\n" + text + "\n" : " " + text));
    }

    private void listed(List<String> lines, Phrase name, List<String> values) {
        if (!values.isEmpty()) {
            lines.add(say(Phrase.NAMED, say(name)));
            values.forEach(value -> lines.add("  " + item(value)));
        }
    }

    private String say(Phrase phrase, Object... values) {
        return persona.language().say(phrase, values);
    }

    private static String item(String value) {
        return "- " + value.strip().replace("\n", "\n    ");
    }

    private static boolean isBlank(@Nullable String value) {
        return text(value).isEmpty();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}

package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.workspace.Workspace;

/** The request as the persona's hand-off protocol expects it: context, constraints, expected deliverables, place and validation mode. */
public final class FirstMessage {
    private FirstMessage() {}

    public static String render(WorkDispatched work, Persona persona) {
        TaskRequested request = work.request();
        var parts = new ArrayList<String>();
        parts.add("# " + (isBlank(request.title()) ? "Tâche" : "Tâche : " + text(request.title())));
        if (!isBlank(request.project())) {
            parts.add("Projet : " + text(request.project()));
        }
        parts.add("## Demande\n" + request.request().strip());
        section(parts, "## Contexte", context(request, persona));
        section(parts, "## Contraintes", constraints(request.constraints()));
        section(parts, "## Livrables attendus", request.expected().stream().map(FirstMessage::item).toList());
        section(parts, "## Acceptation", acceptance(request.acceptance()));
        section(parts, "## Espace de travail", workspace(request));
        section(parts, "## Validation",
                List.of(ModeText.of(work.mode()), "- Termine par le bloc « 📦 LIVRABLE — " + persona.name() + " »."));
        return String.join("\n\n", parts) + "\n";
    }

    private static List<String> context(TaskRequested request, Persona persona) {
        TaskRequested.Context context = request.context();
        var lines = new ArrayList<String>();
        if (context != null) {
            named(lines, "Contrat d'API", context.apiContract());
            named(lines, "Schéma BDD", context.dbSchema());
            listed(lines, "Décisions architecturales (ADR)", context.decisions());
            named(lines, "Notes", context.notes());
        }
        Blocking.missing(request, persona).forEach(missing -> lines.add(missing.french()));
        return lines;
    }

    private static List<String> constraints(TaskRequested.@Nullable Constraints constraints) {
        var lines = new ArrayList<String>();
        if (constraints != null) {
            named(lines, "Framework imposé", constraints.framework());
            named(lines, "Performances cibles", constraints.performance());
            listed(lines, "Stack existante", constraints.stack());
            listed(lines, "Autres", constraints.other());
        }
        return lines;
    }

    private static List<String> acceptance(List<String> commands) {
        var lines = new ArrayList<String>();
        if (!commands.isEmpty()) {
            lines.add("Ces commandes seront exécutées sur ton livrable et doivent réussir :");
            commands.forEach(command -> lines.add(item("`" + command.strip() + "`")));
        }
        return lines;
    }

    private static List<String> workspace(TaskRequested request) {
        var lines = new ArrayList<String>();
        TaskRequested.Source source = request.workspace();
        if (TaskRequested.OPEN.equals(request.network())) {
            lines.add("- Réseau : ouvert pour les commandes (Bash)");
        }
        if (source == null) {
            lines.add("- " + Workspace.SEEN_AS + ", vide au départ");
            return lines;
        }
        lines.add("- " + Workspace.SEEN_AS + ", tiré du dépôt " + source.repository());
        named(lines, "Référence", source.ref());
        named(lines, "Sous-répertoire de travail", source.subdirectory());
        return lines;
    }

    private static void section(List<String> parts, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            parts.add(heading + "\n" + String.join("\n", lines));
        }
    }

    /** A text of several lines (a contract, a schema) stands below its name, as it was written. */
    private static void named(List<String> lines, String name, @Nullable String value) {
        if (isBlank(value)) {
            return;
        }
        String text = text(value);
        lines.add("- **" + name + "** :" + (text.contains("\n") ? "\n\n" + text + "\n" : " " + text));
    }

    private static void listed(List<String> lines, String name, List<String> values) {
        if (!values.isEmpty()) {
            lines.add("- **" + name + "** :");
            values.forEach(value -> lines.add("  " + item(value)));
        }
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

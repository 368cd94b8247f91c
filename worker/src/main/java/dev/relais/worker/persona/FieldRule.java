package dev.relais.worker.persona;

import java.util.Comparator;
import java.util.Optional;

import dev.relais.schemas.event.AgentName;
import dev.relais.worker.persona.FrontMatter.Field;
import dev.relais.worker.persona.FrontMatter.Shape;

/** What the plain fields of the front matter must be. */
final class FieldRule {
    private FieldRule() {}

    static void names(FrontMatter matter, Findings findings) {
        matter.fields().values().stream().sorted(Comparator.comparingInt(Field::line)).forEach(field -> {
            if (KnownFields.of(field.name()) instanceof KnownFields.Unknown) {
                findings.warn(field, "no field of a persona, passed over");
            }
            KnownFields.withoutEffect(field.name()).ifPresent(reason -> findings.warn(field, "has no effect here: " + reason));
        });
    }

    static String name(FrontMatter matter, Findings findings) {
        String name = required(matter, "name", "name: backend-dev", findings);
        Field field = matter.field("name").orElse(null);
        if (field == null || name.isEmpty()) {
            return name;
        }
        if (name.contains(":") || name.startsWith("-")) {
            findings.refuse(field, "a name holds no \":\" and does not begin with \"-\"",
                    "write small letters, digits and hyphens");
        } else if (!isSlug(name)) {
            findings.warn(field,
                    "\"" + name + "\" is no agent's name ([a-z0-9-], at most 64); tasks name their agent apart from it");
        }
        return name;
    }

    static String description(FrontMatter matter, Findings findings) {
        String text = required(matter, "description", "description: when to give this persona a task", findings);
        if (!text.contains("\\n")) {
            return text;
        }
        matter.field("description").ifPresent(field -> findings.mended(field, "\"\\n\" is read as the end of a line"));
        return text.replace("\\n", "\n");
    }

    private static String required(FrontMatter matter, String name, String example, Findings findings) {
        Optional<Field> field = matter.field(name);
        if (field.isEmpty()) {
            findings.refuse(1, 1, "the front matter has no " + name, "add a line \"" + example + "\"");
            return "";
        }
        if (field.get().shape() != Shape.TEXT || field.get().text().isEmpty()) {
            findings.refuse(field.get(), name + " is not a text", "write \"" + example + "\"");
        }
        return field.get().text();
    }

    private static boolean isSlug(String name) {
        try {
            return new AgentName(name).value().equals(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

package dev.relais.worker.persona;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import dev.relais.worker.persona.FrontMatter.Field;
import dev.relais.worker.persona.FrontMatter.Shape;

/**
 * What a persona's {@code model} means, by a dated data file.
 *
 * @param inherited the model of a persona that names none: a worker has no parent session to inherit from
 * @param retiring full ids that still serve, by their last day
 * @param retired full ids that a server refuses, by the alias that takes their place
 */
record ModelNames(String inherited, Map<String, String> aliases, Map<String, String> retiring, Map<String, String> retired) {
    private static final String FILE = "models-2026-11-23.yaml";
    private static final ModelNames SHIPPED = read();

    ModelNames {
        aliases = Map.copyOf(aliases);
        retiring = Map.copyOf(retiring);
        retired = Map.copyOf(retired);
    }

    static ModelNames shipped() {
        return SHIPPED;
    }

    private static ModelNames read() {
        Object root = new Load(LoadSettings.builder().setLabel(FILE).build()).loadFromString(Resource.text(FILE));
        Map<?, ?> file = root instanceof Map<?, ?> map ? map : Map.of();
        return new ModelNames(String.valueOf(file.get("inherit")), texts(file.get("aliases")), texts(file.get("retiring")),
                texts(file.get("retired")));
    }

    String resolve(FrontMatter matter, Findings findings) {
        Optional<Field> field = matter.field("model").filter(written -> !written.text().isEmpty());
        if (field.isEmpty()) {
            return inherited;
        }
        String written = field.get().text();
        if (field.get().shape() != Shape.TEXT || written.chars().anyMatch(Character::isWhitespace)) {
            findings.refuse(field.get(), "\"" + written + "\" is no model's name",
                    "write a full id (claude-sonnet-4-6), or sonnet, opus, haiku, fable, inherit");
            return inherited;
        }
        String id = aliases.getOrDefault(written, written.equals("inherit") ? inherited : written);
        String successor = retired.get(id);
        if (successor != null) {
            String now = aliases.getOrDefault(successor, inherited);
            findings.warn(field.get(), id + " was retired from service and answers no more: " + now + " takes its place");
            return now;
        }
        String end = retiring.get(id);
        if (end != null) {
            findings.warn(field.get(), id + " ends its service on " + end + "; name a newer one");
        }
        return id;
    }

    private static Map<String, String> texts(@Nullable Object map) {
        var texts = new HashMap<String, String>();
        if (map instanceof Map<?, ?> entries) {
            entries.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }
}

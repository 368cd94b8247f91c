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
 * @param retiring full ids by their last day or, where none is known, {@code retired}
 */
record ModelNames(String inherited, Map<String, String> aliases, Map<String, String> retiring) {
    private static final String FILE = "models-2026-11-23.yaml";

    ModelNames {
        aliases = Map.copyOf(aliases);
        retiring = Map.copyOf(retiring);
    }

    static ModelNames shipped() {
        Object root = new Load(LoadSettings.builder().setLabel(FILE).build()).loadFromString(Resource.text(FILE));
        Map<?, ?> file = root instanceof Map<?, ?> map ? map : Map.of();
        return new ModelNames(String.valueOf(file.get("inherit")), texts(file.get("aliases")), texts(file.get("retiring")));
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
        String end = retiring.get(id);
        if (end != null) {
            findings.warn(field.get(), id + " ends or ended its service (" + end + "); name a newer one");
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

package dev.relais.worker.persona;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The fields of the format, what each does here, and what people write in their place. */
final class KnownFields {
    private static final Set<String> READ = Set.of("name", "description", "tools", "disallowedTools", "model");

    /** Fields that Claude Code gives a meaning which has none in a worker, by the reason. */
    private static final Map<String, String> WITHOUT_EFFECT = Map.ofEntries(
            Map.entry("permissionMode", "nobody is there to be asked: the tools are the permissions"),
            Map.entry("maxTurns", "the task's envelope limits the turns"),
            Map.entry("skills", "a worker has no skills to load"),
            Map.entry("mcpServers", "a worker starts no MCP server"),
            Map.entry("hooks", "a worker runs no hooks"),
            Map.entry("memory", "a run remembers its task's journal and nothing else"),
            Map.entry("background", "every run is in the background"),
            Map.entry("effort", "the model's default is asked for"),
            Map.entry("isolation", "every run has a checkout of its own"),
            Map.entry("initialPrompt", "the task's request is the first message"),
            Map.entry("color", "nothing is drawn"),
            Map.entry("prompt", "the body is the system prompt"),
            Map.entry("criticalSystemReminder_EXPERIMENTAL", "the body is the whole system prompt"),
            Map.entry("autoCompactWindow", "a worker does not compact"),
            Map.entry("omitClaudeMd", "a worker reads no CLAUDE.md by itself"),
            Map.entry("observer", "every run is journaled"),
            Map.entry("observerMessage", "every run is journaled"));

    /** Fields of other programs and collections, which are no slips of the pen. */
    private static final Set<String> FOREIGN = Set.of("emoji", "vibe", "category", "author", "version", "tags", "license",
            "metadata", "title", "id", "type", "role", "priority", "examples", "keywords", "date", "created", "updated",
            "services", "handoffs", "target", "argument-hint", "temperature", "globs", "alwaysapply");

    /** Written for another field often enough to be meant; leaving them out would set an agent free. */
    private static final Map<String, String> LOOK_ALIKES = Map.ofEntries(Map.entry("allowedtools", "tools"),
            Map.entry("allowed-tools", "tools"), Map.entry("allowed_tools", "tools"), Map.entry("allowtools", "tools"),
            Map.entry("tool", "tools"), Map.entry("toolset", "tools"), Map.entry("toolsets", "tools"),
            Map.entry("enabledtools", "tools"),
            Map.entry("availabletools", "tools"), Map.entry("outils", "tools"), Map.entry("deniedtools", "disallowedTools"),
            Map.entry("denytools", "disallowedTools"), Map.entry("blockedtools", "disallowedTools"),
            Map.entry("excludedtools", "disallowedTools"), Map.entry("excludetools", "disallowedTools"),
            Map.entry("forbiddentools", "disallowedTools"), Map.entry("disallow", "disallowedTools"),
            Map.entry("permissions", "permissionMode"), Map.entry("modele", "model"), Map.entry("modèle", "model"),
            Map.entry("nom", "name"), Map.entry("desc", "description"), Map.entry("turns", "maxTurns"));

    private KnownFields() {}

    /** How a key is to be taken. */
    sealed interface Key {}

    /** @param name as the format spells it */
    record Known(String name) implements Key {}

    /** @param meant the field that it was probably written for */
    record Slip(String meant) implements Key {}

    record Unknown() implements Key {}

    static Key of(String key) {
        String small = key.toLowerCase(Locale.ROOT);
        Optional<String> known = names().filter(key::equalsIgnoreCase).findFirst();
        if (known.isPresent()) {
            return new Known(known.get());
        }
        if (FOREIGN.contains(small)) {
            return new Unknown();
        }
        String alike = LOOK_ALIKES.get(small);
        if (alike != null) {
            return new Slip(alike);
        }
        return Nearness.nearest(small, names().toList()).<Key>map(Slip::new).orElseGet(Unknown::new);
    }

    static boolean isForeign(String key) {
        return FOREIGN.contains(key.toLowerCase(Locale.ROOT));
    }

    /** Why a known field does nothing here; empty for one that does. */
    static Optional<String> withoutEffect(String name) {
        return Optional.ofNullable(WITHOUT_EFFECT.get(name));
    }

    /** Fields that decide what an agent may do: an indented one is never taken for prose. */
    static boolean isGuard(String name) {
        return name.equals("tools") || name.equals("disallowedTools") || name.equals("model");
    }

    static List<String> read() {
        return READ.stream().sorted().toList();
    }

    private static Stream<String> names() {
        return Stream.concat(READ.stream(), WITHOUT_EFFECT.keySet().stream()).sorted();
    }
}

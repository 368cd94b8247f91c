package dev.relais.deploy.cli;

import java.util.List;
import java.util.stream.Collectors;

import dev.relais.deploy.cli.Screen.Tint;
import dev.relais.worker.compiled.CompiledPersona;
import dev.relais.worker.compiled.HandOff;
import dev.relais.worker.compiled.ProseRule;
import dev.relais.worker.persona.Finding;
import dev.relais.worker.persona.Repair;

/** A compiled persona for a reader. */
final class PersonaView {
    private static final int WIDE = 110;

    private final Screen screen;

    PersonaView(Screen screen) {
        this.screen = screen;
    }

    void show(CompiledPersona persona) {
        screen.line(screen.tinted(Tint.STRONG, Screen.oneLine(persona.name(), WIDE)) + "  "
                + Screen.oneLine(persona.description(), WIDE));
        field("language", persona.language());
        field("model", persona.model());
        field("hash", persona.hash());
        field("tools", String.join(", ", persona.tools().tools()) + " and " + String.join(", ", persona.tools().added()));
        persona.tools().commands().forEach(pattern -> field("  Bash", pattern));
        lines("banner", persona.banner());
        lines("block", persona.block());
        heading("validation");
        persona.validation().modes().forEach(mode -> item("mode " + mode.mode(), mode.effect()));
        item("request", persona.validation().request());
        heading("statuses");
        persona.statuses().forEach(status -> item(status.label(), status.status() + ": " + status.effect()
                + (status.meaning().isEmpty() ? "" : " (" + status.meaning() + ")")));
        heading("escalation");
        persona.routes().forEach(route -> item(route.situation(), route.to().stream()
                .map(PersonaView::receiver).collect(Collectors.joining(", "))));
        handOff(persona.handOff());
        heading("rules");
        persona.rules().forEach(this::rule);
        notes(persona);
    }

    private static String receiver(CompiledPersona.Receiver to) {
        return to.agent() + " on " + to.topic()
                + (to.known() ? "" : " (unknown: neither in RELAIS_AGENTS nor in RELAIS_FOREIGN_AGENTS)");
    }

    private void handOff(HandOff handOff) {
        points("takes over", handOff.incoming());
        points("hands back", handOff.outgoing());
        points("keeps in an escalation", handOff.preserved());
    }

    private void points(String title, List<HandOff.Field> fields) {
        if (!fields.isEmpty()) {
            heading(title);
            fields.forEach(each -> item(each.name(), each.text()));
        }
    }

    private void rule(ProseRule rule) {
        Tint tint = switch (rule.standing()) {
            case ENFORCED -> Tint.GOOD;
            case WATCHED -> Tint.WAITING;
            case ADVISORY -> Tint.FAINT;
        };
        screen.line("  " + screen.tinted(tint, String.format("%-9s", rule.standing().word())) + "  "
                + Screen.oneLine(rule.text(), WIDE));
        if (!rule.by().isEmpty()) {
            screen.line("             " + screen.tinted(Tint.FAINT, rule.by()));
        }
    }

    private void notes(CompiledPersona persona) {
        List<String> repairs = persona.repairs().stream().map(Repair::message).toList();
        if (!repairs.isEmpty()) {
            heading("repairs");
            repairs.forEach(each -> screen.line("  " + Screen.oneLine(each, WIDE)));
        }
        if (!persona.findings().isEmpty()) {
            heading("findings");
            persona.findings().stream().map(Finding::message).forEach(each -> screen.line("  " + Screen.plain(each)));
        }
    }

    private void heading(String title) {
        screen.line("");
        screen.line(screen.tinted(Tint.STRONG, title));
    }

    private void field(String name, String value) {
        screen.line(String.format("%-10s", name) + "  " + Screen.oneLine(value, WIDE));
    }

    private void lines(String name, List<String> lines) {
        heading(name);
        lines.forEach(line -> screen.line("  " + Screen.plain(line)));
    }

    private void item(String name, String text) {
        screen.line("  " + (name.isEmpty() ? "" : Screen.plain(name) + ": ") + Screen.plain(text));
    }
}

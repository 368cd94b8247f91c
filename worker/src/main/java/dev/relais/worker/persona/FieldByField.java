package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.relais.worker.persona.FieldReader.Reading;
import dev.relais.worker.persona.FrontMatter.Field;
import dev.relais.worker.persona.KnownFields.Known;
import dev.relais.worker.persona.KnownFields.Slip;

/** Front matter that is no YAML: cut where a field's name stands, and each piece read by itself, strictly first and then as it stands. */
final class FieldByField {
    private final Layout layout;
    private final Findings findings;
    private final List<Piece> pieces = new ArrayList<>();
    private boolean isInExample;

    private FieldByField(Layout layout, Findings findings) {
        this.layout = layout;
        this.findings = findings;
    }

    /**
     * A field's lines.
     *
     * @param at its first line within the front matter, from 0
     */
    private record Piece(String name, int at, FieldLine start, List<String> lines) {
        /** Lines below may be of any form. */
        boolean isProse() {
            return name.equals("description") || name.equals("initialPrompt") || name.equals("prompt");
        }

        boolean isBlock() {
            String value = lines.getFirst().substring(Math.min(start.value(), lines.getFirst().length())).strip();
            return value.startsWith("|") || value.startsWith(">");
        }

        boolean nests() {
            return name.equals("hooks") || name.equals("mcpServers") || name.equals("metadata");
        }
    }

    /** @param why strict YAML did not do */
    static Map<String, Field> read(Layout layout, Finding why, Findings findings) {
        var reader = new FieldByField(layout, findings);
        for (int at = 0; at < layout.matter().size(); at++) {
            reader.line(at, layout.matter().get(at));
        }
        if (reader.pieces.isEmpty()) {
            findings.refuse(why.line(), why.column(), why.problem(), why.mend());
            return Map.of();
        }
        findings.mended(why.line(), why.column(), why.problem() + "; it is read field by field (" + why.mend() + ")");
        return reader.fields();
    }

    private void line(int at, String line) {
        findings.effort().spend(1L + line.length());
        Optional<FieldLine> start = isInExample ? Optional.empty() : FieldLine.of(line);
        boolean begins = start.isPresent() && begins(start.get(), line, at);
        isInExample = (isInExample || line.contains(FieldLine.EXAMPLE)) && !line.contains(FieldLine.EXAMPLE_END);
        if (begins) {
            String name = KnownFields.of(start.get().name()) instanceof Known(String known) ? known : start.get().name();
            var lines = new ArrayList<String>();
            lines.add(line);
            pieces.add(new Piece(name, at, start.get(), lines));
        } else if (!pieces.isEmpty()) {
            pieces.getLast().lines().add(line);
        } else if (!line.isBlank() && !line.startsWith("#")) {
            findings.mended(layout.firstLine() + at, 1, "this line belongs to no field and is left out");
        }
    }

    private boolean begins(FieldLine start, String line, int at) {
        @Nullable
        Piece open = pieces.isEmpty() ? null : pieces.getLast();
        KnownFields.Key key = KnownFields.of(start.name());
        if (start.indent() == 0) {
            boolean isMeant = key instanceof Known || key instanceof Slip || KnownFields.isForeign(start.name());
            return isMeant || open == null || !open.isProse();
        }
        if (open == null || open.isBlock() || open.nests()) {
            return false;
        }
        boolean isTabbed = line.charAt(0) == '\t' && key instanceof Known;
        boolean guards = (key instanceof Known(String name) && KnownFields.isGuard(name)) || key instanceof Slip;
        if (isTabbed || guards) {
            findings.mended(layout.firstLine() + at, 1 + layout.indent(),
                    "\"" + start.name() + "\" is indented" + (isTabbed ? " with tabs" : "") + " and read as a field");
        }
        return isTabbed || guards;
    }

    private Map<String, Field> fields() {
        var fields = new LinkedHashMap<String, Field>();
        for (Piece piece : pieces) {
            Field field = field(piece);
            if (fields.putIfAbsent(field.name(), field) != null) {
                findings.refuse(field.keyLine(), 1, "\"" + field.name() + "\" stands twice", "keep one of the two");
            }
        }
        return new HashMap<>(fields);
    }

    private Field field(Piece piece) {
        int line = layout.firstLine() + piece.at();
        Reading strict = FieldReader.read(flush(piece), line, layout.indent() + piece.start().indent(), findings.effort());
        if (strict instanceof Reading.Fields(Map<String, Field> fields) && fields.size() == 1) {
            return fields.values().iterator().next();
        }
        return LenientField.read(piece.start(), piece.lines(), line, layout.indent());
    }

    /** A field that is indented itself begins at the margin, as YAML wants it. */
    private static List<String> flush(Piece piece) {
        int indent = piece.start().indent();
        if (indent == 0) {
            return piece.lines();
        }
        var lines = new ArrayList<>(piece.lines());
        lines.set(0, lines.getFirst().substring(indent));
        return lines;
    }
}

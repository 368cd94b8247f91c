package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.relais.worker.persona.FrontMatter.Field;
import dev.relais.worker.persona.FrontMatter.Shape;

/** A field that is no YAML even by itself, taken as it stands: everything after the colon, and the lines below. */
final class LenientField {
    private LenientField() {}

    static Field read(FieldLine start, List<String> lines, int line, int indent) {
        String first = lines.getFirst().substring(Math.min(start.value(), lines.getFirst().length()));
        int column = start.value() + 1 + first.length() - first.stripLeading().length() + indent;
        List<String> below = lines.subList(1, lines.size()).stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
        boolean isList = first.isBlank() && !below.isEmpty() && below.stream().allMatch(text -> text.startsWith("-"));
        if (isList) {
            List<String> items = below.stream().map(text -> unquoted(text.substring(1).strip())).toList();
            return new Field(start.name(), line, line, column, Shape.LIST, items);
        }
        String header = first.strip();
        boolean isBlock = header.length() <= 3 && (header.startsWith("|") || header.startsWith(">"));
        var texts = new ArrayList<String>();
        texts.add(isBlock ? "" : header);
        texts.addAll(below);
        String text = texts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("\n"));
        return new Field(start.name(), line, line, column, Shape.TEXT, List.of(unquoted(unbracketed(text))));
    }

    private static String unquoted(String text) {
        boolean isQuoted = text.length() > 1 && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(text.length() - 1) == text.charAt(0);
        return isQuoted ? text.substring(1, text.length() - 1).replace("\\\"", "\"") : text;
    }

    /** A flow list that is none because of what one of its items holds. */
    private static String unbracketed(String text) {
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1).strip() : text;
    }
}

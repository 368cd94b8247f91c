package dev.relais.deploy.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

import dev.relais.schemas.wire.Json;

/** What a verb prints: answers on standard output, remarks on standard error; colours only on a terminal, and none where NO_COLOR is set. */
final class Screen {
    /** How a text is shown where colours are. */
    enum Tint {
        STRONG("1"),
        FAINT("2"),
        GOOD("32"),
        BAD("31"),
        WAITING("33"),
        ACTION("36");

        private final String code;

        Tint(String code) {
            this.code = code;
        }
    }

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean isColoured;

    private Screen(PrintWriter out, PrintWriter err, boolean isColoured) {
        this.out = out;
        this.err = err;
        this.isColoured = isColoured;
    }

    static Screen of(CommandSpec spec) {
        CommandLine command = spec.commandLine();
        return new Screen(command.getOut(), command.getErr(), Ansi.AUTO.enabled());
    }

    /** Says nothing on standard output. */
    Screen silent() {
        return new Screen(new PrintWriter(Writer.nullWriter()), err, false);
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void remark(String text) {
        err.println(text);
        err.flush();
    }

    String tinted(Tint tint, String text) {
        return isColoured ? "\u001b[" + tint.code + "m" + text + "\u001b[0m" : text;
    }

    /** Compact, one value a line: for values that come one after the other. */
    void jsonLine(Object value) {
        try {
            line(Json.mapper().writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("events are always writable as JSON", e);
        }
    }

    void json(Object value) {
        try {
            line(Json.mapper().writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("events are always writable as JSON", e);
        }
    }

    /** A table with columns as wide as their widest cell; the last column is not padded. */
    void table(List<String> titles, List<List<String>> rows) {
        var all = new ArrayList<List<String>>();
        all.add(titles);
        all.addAll(rows);
        int[] widths = new int[titles.size()];
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        line(tinted(Tint.STRONG, padded(titles, widths)));
        rows.forEach(row -> line(padded(row, widths)));
    }

    private static String padded(List<String> row, int[] widths) {
        var text = new StringBuilder();
        for (int i = 0; i < widths.length - 1; i++) {
            text.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
        }
        return text.append(row.getLast()).toString();
    }

    /** A text of a model or a stranger, without the control characters that would move a terminal's cursor or worse. */
    static String plain(String text) {
        var kept = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isHarmless(c)) {
                kept.appendCodePoint(c);
            } else if (c != '\r') {
                kept.append('\ufffd');
            }
        });
        return kept.toString();
    }

    /** The zero-width joiner is a format character that emoji need; others reverse or hide what is written. */
    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\t';
            case Character.FORMAT -> c == 0x200d;
            default -> true;
        };
    }

    static String oneLine(String text, int most) {
        String line = plain(text).strip().lines().findFirst().orElse("");
        return line.length() <= most ? line : line.substring(0, most - 1) + "…";
    }
}

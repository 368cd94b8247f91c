package dev.relais.worker.toolkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.params.provider.Arguments;

import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * A table of what a tool does, as its text files hold it: blocks apart by empty lines, of which the first line is {@code # fact}, the others
 * {@code key: value}. Values know \n, \r, \t, \0, \\, \xHH for a byte, and {@code (text*number)} for repetition.
 *
 * <p>Keys: {@code file NAME [encoding]}, {@code dir NAME}, {@code link NAME}, {@code pipe NAME} make the workspace; {@code seen NAME} is what the
 * conversation has read of a file before, {@code part NAME} what it has read in part; {@code in} is the call's input, in which single quotes stand for
 * double ones; {@code out} the whole result, {@code err} a part of an error's text, {@code has} and {@code not} parts of a result; {@code then NAME} a
 * file's content afterwards, {@code reads} how the call counts for a later Edit.
 */
record ToolTable(String fact, List<Map.Entry<String, String>> rows) {
    @Override
    public String toString() {
        return fact;
    }

    static Stream<Arguments> read(String name) throws IOException {
        try (InputStream file = ToolTable.class.getResourceAsStream(name)) {
            String text = new String(java.util.Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\n\n+", -1)).filter(block -> block.startsWith("# ")).map(ToolTable::block)
                    .map(table -> arguments(table));
        }
    }

    private static ToolTable block(String block) {
        String[] lines = block.strip().split("\n", -1);
        var rows = new ArrayList<Map.Entry<String, String>>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String value = lines[i].substring(colon + 1);
            rows.add(Map.entry(lines[i].substring(0, colon), value.startsWith(" ") ? value.substring(1) : value));
        }
        return new ToolTable(lines[0].substring(2), rows);
    }

    /** Of rows whose key has a name: by name. */
    Map<String, String> named(String key) {
        var named = new TreeMap<String, String>();
        rows.stream().filter(row -> row.getKey().startsWith(key + " "))
                .forEach(row -> named.put(row.getKey().substring(key.length() + 1), row.getValue()));
        return named;
    }

    List<String> all(String key) {
        return rows.stream().filter(row -> row.getKey().equals(key)).map(Map.Entry::getValue).toList();
    }

    void make(Path dir) throws IOException, InterruptedException {
        for (Map.Entry<String, String> file : named("file").entrySet()) {
            String[] words = file.getKey().split(" \\[", 2);
            Path path = dir.resolve(words[0]);
            Files.createDirectories(path.getParent());
            Files.write(path, bytes(file.getValue(), words.length > 1 ? words[1].replace("]", "") : "UTF-8"));
        }
        for (String path : named("dir").keySet()) {
            Files.createDirectories(dir.resolve(path));
        }
        for (Map.Entry<String, String> link : named("link").entrySet()) {
            Files.createSymbolicLink(dir.resolve(link.getKey()), Path.of(link.getValue()));
        }
        for (String path : named("pipe").keySet()) {
            if (new ProcessBuilder("mkfifo", dir.resolve(path).toString()).start().waitFor() != 0) {
                throw new IOException("mkfifo does not work here");
            }
        }
    }

    static byte[] bytes(String value, String charset) {
        return charset.equals("bytes")
                ? text(value).getBytes(StandardCharsets.ISO_8859_1)
                : text(value).getBytes(Charset.forName(charset));
    }

    static String text(String value) {
        var text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each == '(' && value.indexOf("*", i) > 0 && value.substring(i).matches("(?s)\\([^()*]+\\*[0-9]+\\).*")) {
                int star = value.indexOf('*', i);
                int end = value.indexOf(')', star);
                text.append(text(value.substring(i + 1, star)).repeat(Integer.parseInt(value.substring(star + 1, end))));
                i = end;
            } else if (each == '\\' && i + 1 < value.length()) {
                i++;
                text.append(switch (value.charAt(i)) {
                    case 'n' -> "\n";
                    case 'r' -> "\r";
                    case 't' -> "\t";
                    case '0' -> "\0";
                    case 'x' -> {
                        i += 2;
                        yield Character.toString(Integer.parseInt(value.substring(i - 1, i + 1), 16));
                    }
                    default -> String.valueOf(value.charAt(i));
                });
            } else {
                text.append(each);
            }
        }
        return text.toString();
    }
}

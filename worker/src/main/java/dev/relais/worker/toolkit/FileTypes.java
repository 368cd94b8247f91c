package dev.relais.worker.toolkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** File types by name, as ripgrep has them, and a few more. */
final class FileTypes {
    private static final Map<String, List<String>> GLOBS = read();

    private FileTypes() {}

    private static Map<String, List<String>> read() {
        try (InputStream file = FileTypes.class.getResourceAsStream("file-types.txt")) {
            if (file == null) {
                throw new IllegalStateException("file-types.txt is missing");
            }
            var types = new TreeMap<String, List<String>>();
            new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        int colon = line.indexOf(':');
                        types.put(line.substring(0, colon), List.of(line.substring(colon + 1).strip().split(", ", -1)));
                    });
            return types;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return empty for an unknown type */
    static List<String> globs(String type) {
        return GLOBS.getOrDefault(type, List.of());
    }

    static String known() {
        return String.join(", ", GLOBS.keySet());
    }
}

package dev.relais.worker.workspace;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * File names as the bytes that the system keeps. Java decodes them by the process's locale: under {@code LANG=C} every accent is lost, and a
 * name that is no UTF-8 always is. A path made from a URI keeps its bytes, so that is the way round. Where bytes are meant they are held as a
 * string with one character a byte: "raw".
 */
public final class FileNames {
    private static final String PLAIN_MARKS = "/._-";
    private static final char LOST = '\uFFFD';

    private FileNames() {}

    /** The last name of a path, raw. */
    public static String raw(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.indexOf(LOST) < 0) {
            return raw(name);
        }
        String raw = withoutEnd(file.toUri().getRawPath(), "/");
        return decode(raw.substring(raw.lastIndexOf('/') + 1));
    }

    /** A whole path, raw. */
    static String rawPath(Path file) {
        String text = file.toString();
        return text.indexOf(LOST) < 0 ? raw(text) : decode(withoutEnd(file.toUri().getRawPath(), "/"));
    }

    /** In bytes. */
    static int length(Path file) {
        return rawPath(file).length();
    }

    /** A path below a directory, from a raw one with '/' between names; the directory itself for the empty one. */
    static Path below(Path directory, String raw) {
        Path file = directory;
        for (String name : raw.isEmpty() ? new String[0] : raw.split("/", -1)) {
            file = child(file, name);
        }
        return file;
    }

    /** As a person or a model reads it. */
    public static String text(Path file) {
        return text(raw(file));
    }

    public static String text(String raw) {
        return new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    public static String raw(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    public static Path child(Path directory, String raw) {
        try {
            return directory.resolve(utf8(raw));
        } catch (CharacterCodingException | InvalidPathException e) {
            String base = directory.toUri().toString();
            return Path.of(URI.create(withoutEnd(base, "/") + "/" + encode(raw)));
        }
    }

    /** Where a symbolic link points to, raw. */
    static String rawTarget(Path target) {
        String text = target.toString();
        if (text.indexOf(LOST) < 0) {
            return raw(text);
        }
        String raw = withoutEnd(target.toUri().getRawPath(), "/");
        String here = Path.of("").toUri().getRawPath();
        return decode(target.isAbsolute() ? raw : raw.substring(here.length()));
    }

    static Path target(String raw) {
        try {
            return Path.of(utf8(raw));
        } catch (CharacterCodingException | InvalidPathException e) {
            Path absolute = Path.of(URI.create("file:///" + encode(raw)));
            return raw.startsWith("/") ? absolute : absolute.subpath(0, absolute.getNameCount());
        }
    }

    private static String utf8(String raw) throws CharacterCodingException {
        byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    private static String withoutEnd(String text, String end) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }

    private static String encode(String raw) {
        var text = new StringBuilder();
        for (byte each : raw.getBytes(StandardCharsets.ISO_8859_1)) {
            if (each > 0 && (PLAIN_MARKS.indexOf(each) >= 0 || Character.isLetterOrDigit(each))) {
                text.append((char) each);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return text.toString();
    }

    private static String decode(String raw) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%') {
                bytes.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(raw.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}

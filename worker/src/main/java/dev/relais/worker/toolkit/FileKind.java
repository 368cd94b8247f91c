package dev.relais.worker.toolkit;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a file that is no text is, by how it begins. */
final class FileKind {
    private static final int LOOK = 16;

    private FileKind() {}

    private record Beginning(String bytes, String kind) {}

    private static final List<Beginning> BEGINNINGS = List.of(new Beginning("\u0089PNG", "a PNG image"),
            new Beginning("\u00FF\u00D8\u00FF", "a JPEG image"),
            new Beginning("GIF8", "a GIF image"), new Beginning("BM", "a BMP image"),
            new Beginning("RIFF", "a RIFF file (WebP, WAV or AVI)"),
            new Beginning("\0\0\1\0", "an icon"), new Beginning("%PDF", "a PDF document"),
            new Beginning("PK\3\4", "a ZIP archive (or JAR, DOCX, XLSX)"),
            new Beginning("\u001F\u008B", "gzip data"), new Beginning("\u007FELF", "an ELF program"),
            new Beginning("\u00CA\u00FE\u00BA\u00BE", "a Java class"),
            new Beginning("SQLite format 3", "an SQLite database"), new Beginning("wOF", "a font"));

    /** Why it cannot be read, and what can be done; empty where it is text. */
    static String refusal(String seenAs, Content content) {
        byte[] bytes = content.bytes();
        String begin = new String(bytes, 0, Math.min(bytes.length, LOOK), StandardCharsets.ISO_8859_1);
        boolean pdf = begin.startsWith("%PDF");
        if (!content.isBinary() && !pdf) {
            return "";
        }
        String kind = BEGINNINGS.stream().filter(each -> begin.startsWith(each.bytes())).map(Beginning::kind).findFirst()
                .orElse("a binary file");
        String size = seenAs + " is " + kind + " (" + bytes.length + " bytes) and cannot be read as text. ";
        if (kind.endsWith("image")) {
            return size + "Images cannot be shown here: go by its name, or ask Bash for its properties (file, identify).";
        }
        return pdf
                ? size + "Convert it with Bash, if a converter is installed: pdftotext."
                : size + "Look at it with Bash, e.g. file or xxd.";
    }
}

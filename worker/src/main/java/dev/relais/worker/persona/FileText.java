package dev.relais.worker.persona;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A file's bytes as text: what is hashed and framed. The same file is the same persona, whatever editor, checkout or chat it went through.
 *
 * @param text LF line ends, no byte order mark, each character once encoded
 */
record FileText(String text, List<Repair> repairs) {
    private static final String MARK = "\uFEFF";

    FileText {
        repairs = List.copyOf(repairs);
    }

    static FileText of(byte[] bytes, Effort effort) {
        var repairs = new ArrayList<Repair>();
        effort.spend(bytes.length);
        return of(decoded(bytes, repairs), repairs, effort);
    }

    static FileText of(String text, Effort effort) {
        return of(text, new ArrayList<>(), effort);
    }

    private static FileText of(String text, List<Repair> repairs, Effort effort) {
        effort.spend(text.length());
        String lf = text.replace("\r\n", "\n").replace('\r', '\n');
        if (lf.length() != text.length() || text.indexOf('\r') >= 0) {
            repairs.add(new Repair(Repair.Kind.LINE_ENDS, 1, 1, "CR or CR LF", "LF"));
        }
        DoubleEncoding.Undone undone = DoubleEncoding.undo(withoutMark(lf, repairs), effort);
        repairs.addAll(undone.repairs());
        return new FileText(undone.text(), repairs);
    }

    static String withoutMark(String text, List<Repair> repairs) {
        int start = 0;
        while (text.startsWith(MARK, start)) {
            start++;
        }
        if (start > 0) {
            repairs.add(new Repair(Repair.Kind.BYTE_ORDER_MARK, 1, 1, "a byte order mark", "nothing"));
        }
        return text.substring(start);
    }

    private static String decoded(byte[] bytes, List<Repair> repairs) {
        Charset wide = wide(bytes);
        if (wide != null) {
            repairs.add(new Repair(Repair.Kind.ENCODING, 1, 1, wide.name(), "UTF-8"));
            return new String(bytes, wide);
        }
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        try {
            return strict.decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return legacy(bytes, repairs);
        }
    }

    /** What is not UTF-8 was saved by an old editor on Windows; it hardly ever says so. */
    private static String legacy(byte[] bytes, List<Repair> repairs) {
        CharBuffer sound = CharBuffer.allocate(bytes.length + 1);
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes), sound,
                true);
        String before = sound.flip().toString();
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        repairs.add(new Repair(Repair.Kind.ENCODING, line, column, "a byte that is not UTF-8", "the file read as windows-1252"));
        return new String(bytes, Charset.forName("windows-1252"));
    }

    private static @Nullable Charset wide(byte[] bytes) {
        if (bytes.length < 4 || bytes.length % 2 != 0) {
            return null;
        }
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        if ((first == 0xFF && second == 0xFE) || (second == 0 && bytes[3] == 0 && first != 0)) {
            return StandardCharsets.UTF_16LE;
        }
        boolean isBig = (first == 0xFE && second == 0xFF) || (first == 0 && bytes[2] == 0 && second != 0);
        return isBig ? StandardCharsets.UTF_16BE : null;
    }
}

package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of one character of a text that was encoded twice: what leads it and what is left of its continuation.
 *
 * @param bytes the first leads; none where there is nothing that can
 * @param end in the text, behind the last
 */
record Utf8Run(List<Integer> bytes, int end) {
    private static final char REPLACEMENT = '\uFFFD';
    /** With more of them lost, anything could have stood there. */
    private static final int MOST_LOST = 2;
    private static final int LONGEST = 4;

    Utf8Run {
        bytes = List.copyOf(bytes);
    }

    /** A replacement character stands for a byte that the converter did not drop in silence. */
    static Utf8Run read(String text, int start, Codepage codepage) {
        var bytes = new ArrayList<Integer>();
        int lead = codepage.byteOf(text.charAt(start));
        int at = start + 1;
        if (length(lead) == 0) {
            return new Utf8Run(List.of(), at);
        }
        bytes.add(lead);
        while (at < text.length() && bytes.size() <= LONGEST) {
            int next = codepage.byteOf(text.charAt(at));
            boolean isLost = text.charAt(at) == REPLACEMENT;
            if (!isLost && (next < 0x80 || next > 0xBF)) {
                break;
            }
            if (!isLost) {
                bytes.add(next);
            }
            at++;
        }
        return new Utf8Run(bytes, at);
    }

    Optional<Integer> exact() {
        return !bytes.isEmpty() && bytes.size() == length(bytes.getFirst()) ? character(bytes) : Optional.empty();
    }

    /** Every assigned character that these bytes can be left of. */
    List<Integer> candidates(List<Integer> droppable) {
        int lost = bytes.isEmpty() ? 0 : length(bytes.getFirst()) - bytes.size();
        if (lost < 1 || lost > MOST_LOST || (lost == MOST_LOST && bytes.size() < 2)) {
            return List.of();
        }
        List<List<Integer>> completed = List.of(bytes);
        for (int i = 0; i < lost; i++) {
            completed = completed.stream().flatMap(some -> oneMore(some, droppable).stream()).distinct().toList();
        }
        return completed.stream().flatMap(all -> character(all).stream()).filter(Utf8Run::isWritten).distinct().toList();
    }

    private static List<List<Integer>> oneMore(List<Integer> some, List<Integer> droppable) {
        var more = new ArrayList<List<Integer>>();
        for (int place = 1; place <= some.size(); place++) {
            for (int each : droppable) {
                var with = new ArrayList<>(some);
                with.add(place, each);
                more.add(with);
            }
        }
        return more;
    }

    private static boolean isWritten(int character) {
        return Character.isDefined(character) && !Character.isISOControl(character)
                && Character.getType(character) != Character.PRIVATE_USE;
    }

    private static int length(int lead) {
        if (lead >= 0xC2 && lead <= 0xDF) {
            return 2;
        }
        return lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? LONGEST : 0;
    }

    private static Optional<Integer> character(List<Integer> bytes) {
        int length = bytes.size();
        int value = bytes.getFirst() & (0x7F >> length);
        for (int each : bytes.subList(1, length)) {
            value = (value << 6) | (each & 0x3F);
        }
        int smallest = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
        boolean isSurrogate = value >= 0xD800 && value <= 0xDFFF;
        return value < smallest || value > Character.MAX_CODE_POINT || isSurrogate ? Optional.empty() : Optional.of(value);
    }
}

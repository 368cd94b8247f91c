package dev.relais.worker.persona;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A Windows codepage as a way from characters back to bytes. Bytes that it leaves undefined stand for their C1 controls, as browsers read them. */
final class Codepage {
    /** The likelier first. */
    static final List<Codepage> ALL = List.of(new Codepage("windows-1252"), new Codepage("windows-1254"));

    private static final char REPLACEMENT = '\uFFFD';

    private final String label;
    private final Map<Character, Integer> bytes;
    private final List<Integer> undefined;

    private Codepage(String label) {
        this.label = label;
        Charset charset = Charset.forName(label);
        var read = new HashMap<Character, Integer>();
        for (int value = 0x80; value <= 0xFF; value++) {
            char c = charset.decode(ByteBuffer.wrap(new byte[]{(byte) value})).charAt(0);
            read.put(c == REPLACEMENT ? (char) value : c, value);
        }
        bytes = Map.copyOf(read);
        undefined = IntStream.rangeClosed(0x80, 0x9F).filter(value -> read.getOrDefault((char) value, -1) == value).boxed()
                .toList();
    }

    String label() {
        return label;
    }

    /** The byte that reads as this character, or -1. */
    int byteOf(char c) {
        return c < 0x80 ? c : bytes.getOrDefault(c, -1);
    }

    /** The bytes that mean nothing here, which most converters drop. */
    List<Integer> undefined() {
        return undefined;
    }
}

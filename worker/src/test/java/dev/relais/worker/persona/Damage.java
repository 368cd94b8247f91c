package dev.relais.worker.persona;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What a careless tool does to a UTF-8 file. */
public final class Damage {
    private Damage() {}

    /** Its bytes read in the codepage, those that mean nothing there dropped. */
    public static String encodedTwice(String text, String codepage) {
        var damaged = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            CharSequence read = each >= 0
                    ? Character.toString(each)
                    : Charset.forName(codepage).decode(ByteBuffer.wrap(new byte[]{each}));
            damaged.append("\uFFFD".contentEquals(read) ? "" : read);
        }
        return damaged.toString();
    }
}

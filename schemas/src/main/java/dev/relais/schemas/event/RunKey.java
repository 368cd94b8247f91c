package dev.relais.schemas.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Eight bytes of hash that stand for a (task, epoch) in beats and on the control topic, where lists of thousands travel each second. */
public record RunKey(long bits) {
    public static RunKey of(TaskId task, int epoch) {
        return new RunKey(ByteBuffer.wrap(Sha256.of((task.value() + "@" + epoch).getBytes(StandardCharsets.UTF_8))).getLong());
    }

    public static RunKey parse(String hex) {
        return new RunKey(HexFormat.fromHexDigitsToLong(hex));
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(bits);
    }
}

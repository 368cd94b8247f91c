package dev.relais.schemas.event;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a verdict judges: {@code sha256:<hex>} over task, round, tree and deliverable block. */
public record Digest(@JsonValue String value) {
    private static final Pattern SHAPE = Pattern.compile("sha256:[0-9a-f]{64}");

    @JsonCreator
    public Digest {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("a digest is \"sha256:\" and 64 hexadecimal digits, not \"" + value + "\"");
        }
    }

    /** @param tree the git tree id of the workspace, or the empty string where the run touched none */
    public static Digest of(TaskId task, int round, String tree, String block) {
        String text = task.value() + "\n" + round + "\n" + tree + "\n" + block;
        return new Digest("sha256:" + HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public String toString() {
        return value;
    }
}

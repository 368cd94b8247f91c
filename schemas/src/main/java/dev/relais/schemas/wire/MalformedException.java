package dev.relais.schemas.wire;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/** Carries a {@link Decoded.Malformed} out of the reading; it never leaves this package. */
final class MalformedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;
    private final transient Decoded.Malformed malformed;

    MalformedException(String reason, String detail, @Nullable String where) {
        super(detail, null, false, false);
        this.malformed = new Decoded.Malformed(reason, detail, where);
    }

    Decoded.Malformed malformed() {
        return malformed;
    }
}

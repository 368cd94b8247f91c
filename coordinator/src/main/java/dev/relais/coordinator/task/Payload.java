package dev.relais.coordinator.task;

import java.util.Arrays;

/** A record's value that is copied and never parsed (rule 1). Equal by content. */
public final class Payload {
    private final byte[] bytes;

    /** @param bytes not copied: a record's value is nobody else's */
    public Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}

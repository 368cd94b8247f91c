package dev.relais.coordinator.streams;

/**
 * Whether anything was written since a record was taken. Where nothing was, a record that met a fault of ours can be buried and passed over;
 * where something was, half a decision would be committed with it.
 */
final class Writes {
    private boolean any;

    void begin() {
        any = false;
    }

    void mark() {
        any = true;
    }

    boolean any() {
        return any;
    }
}

package dev.relais.worker.regex;

/** Asked now and then during long work; it throws what ends the work. */
@FunctionalInterface
public interface Patience {
    /** As long as it takes. */
    Patience ENDLESS = () -> {};

    void check();
}

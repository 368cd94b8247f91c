package dev.relais.worker.persona;

/** How much a reading looked at, in characters and steps: what must not grow faster than the file. */
final class Effort {
    private long spent;

    void spend(long steps) {
        spent += steps;
    }

    long spent() {
        return spent;
    }
}

package dev.relais.worker.persona;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What was read from a text, for the next one who asks of the same: a worker's tasks are framed with the same file, many kilobytes of which hundreds of
 * tasks a second would read word by word.
 */
final class Remembered<T> {
    private final Function<String, T> reading;
    private volatile @Nullable Read<T> last;

    private record Read<T>(String text, T value) {}

    /** @param reading of a text alone; its values are shared */
    Remembered(Function<String, T> reading) {
        this.reading = reading;
    }

    T of(String text) {
        Read<T> known = last;
        if (known == null || !known.text().equals(text)) {
            known = new Read<>(text, reading.apply(text));
            last = known;
        }
        return known.value();
    }
}

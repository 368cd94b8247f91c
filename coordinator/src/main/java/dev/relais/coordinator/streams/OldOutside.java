package dev.relais.coordinator.streams;

import java.util.function.Consumer;

import dev.relais.coordinator.streams.Outside.Owned;
import dev.relais.coordinator.streams.Outside.Standing;

/** What is outside, as version 1 stored it: standing work and runs in a region each, with all that is known of them. Read once, then gone. */
final class OldOutside {
    private final Region standing;
    private final Region runs;
    private final StateCodec codec;
    private boolean some;

    OldOutside(Region standing, Region runs, StateCodec codec) {
        this.standing = standing;
        this.runs = runs;
        this.codec = codec;
    }

    void read(Consumer<Standing> stands, Consumer<Owned> run) {
        standing.each((_, bytes) -> {
            some = true;
            stands.accept(codec.read(bytes, Standing.class));
        });
        runs.each((_, bytes) -> {
            some = true;
            run.accept(codec.read(bytes, Owned.class));
        });
    }

    /** Once it is written as this release does. */
    void clear() {
        if (some) {
            standing.clear();
            runs.clear();
            some = false;
        }
    }
}

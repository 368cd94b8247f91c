package dev.relais.coordinator.streams;

import java.util.Optional;
import java.util.function.BiConsumer;

import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one kind within the shard's one store (coordinator/docs/0004). Keys order as their UTF-8 bytes; a key that is ranged over holds no
 * character after '}'.
 */
final class Region {
    private final KeyValueStore<String, byte[]> store;
    private final String prefix;
    private final Writes writes;

    /** @param name no other region's beginning */
    Region(KeyValueStore<String, byte[]> store, String name, Writes writes) {
        this.store = store;
        this.prefix = name + "/";
        this.writes = writes;
    }

    byte @Nullable [] get(String key) {
        return store.get(prefix + key);
    }

    void put(String key, byte[] value) {
        writes.mark();
        store.put(prefix + key, value);
    }

    /** Something of this region has changed that is written later, before the record is done with. */
    void changes() {
        writes.mark();
    }

    /** @return what was there */
    byte @Nullable [] delete(String key) {
        writes.mark();
        return store.delete(prefix + key);
    }

    void each(BiConsumer<String, byte[]> visitor) {
        each("", "~", visitor);
    }

    /** Both ends belong to it. The visitor must not write. */
    void each(String from, String to, BiConsumer<String, byte[]> visitor) {
        try (var range = store.range(prefix + from, prefix + to)) {
            range.forEachRemaining(entry -> visitor.accept(entry.key.substring(prefix.length()), entry.value));
        }
    }

    /** A key and its value. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Found(String key, byte[] value) {}

    Optional<Found> first(String from, String to) {
        try (var range = store.range(prefix + from, prefix + to)) {
            if (!range.hasNext()) {
                return Optional.empty();
            }
            var entry = range.next();
            return Optional.of(new Found(entry.key.substring(prefix.length()), entry.value));
        }
    }
}

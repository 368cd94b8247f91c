package dev.relais.coordinator.streams;

import java.util.ArrayList;
import java.util.function.BiConsumer;

import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one kind within the shard's one store (coordinator/docs/0004). Keys order as their UTF-8 bytes; a key that is ranged over holds no
 * character after '}'.
 */
final class Region {
    /** Of the largest number. */
    private static final int DIGITS = 19;

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
        byte[] before = store.get(prefix + key);
        if (before != null) {
            // What is not there leaves no tombstone in the changelog.
            erase(key);
        }
        return before;
    }

    /** What is known to be there: Kafka Streams' own delete reads it first. */
    void erase(String key) {
        writes.mark();
        store.put(prefix + key, null);
    }

    void clear() {
        var keys = new ArrayList<String>();
        each((key, _) -> keys.add(key));
        keys.forEach(this::erase);
    }

    /** A number that is not negative, as text that orders as the number does. */
    static String ordered(long number) {
        String digits = Long.toString(number);
        return "0".repeat(DIGITS - digits.length()) + digits;
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

    /** The first of a range, in its order. The visitor must not write. */
    void first(String from, String to, int most, BiConsumer<String, byte[]> visitor) {
        try (var range = store.range(prefix + from, prefix + to)) {
            for (int left = most; left > 0 && range.hasNext(); left--) {
                var entry = range.next();
                visitor.accept(entry.key.substring(prefix.length()), entry.value);
            }
        }
    }
}

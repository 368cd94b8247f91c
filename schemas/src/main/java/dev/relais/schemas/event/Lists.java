package dev.relais.schemas.event;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Absent collections on the wire are empty ones in the records. */
final class Lists {
    private Lists() {}

    static <T> List<T> copyOrEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    static <K, V> Map<K, V> copyOrEmpty(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : Map.copyOf(map);
    }
}

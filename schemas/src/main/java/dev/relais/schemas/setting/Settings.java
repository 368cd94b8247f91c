package dev.relais.schemas.setting;

import java.util.Map;

/** Validated settings of one process: every {@code RELAIS_*} name is known, or the start is refused. */
public record Settings(Map<String, String> values) {
    public Settings {
        values = Map.copyOf(values);
    }
}

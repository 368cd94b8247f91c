package dev.relais.deploy.simulation;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A shard's store as its changelog has it: what was not committed is as if it had never been. */
final class ShardStore implements KeyValueStore<String, byte[]> {
    private static final Pattern LAST_BEAT = Pattern.compile("\"lastBeat\":(-?\\d+)");

    private final TreeMap<String, byte[]> map = new TreeMap<>();
    private final Map<String, Optional<byte[]>> undo = new HashMap<>();

    void commit() {
        undo.clear();
    }

    void rollBack() {
        undo.forEach((key, before) -> before.ifPresentOrElse(value -> map.put(key, value), () -> map.remove(key)));
        undo.clear();
    }

    /** As if the worker had beaten in the tick before: its next beat counts. */
    boolean forgetsBeat(String worker) {
        byte[] seen = map.get("worker/" + worker);
        if (seen == null) {
            return false;
        }
        String bent = LAST_BEAT.matcher(new String(seen, StandardCharsets.UTF_8))
                .replaceFirst(beat -> "\"lastBeat\":" + (Long.parseLong(beat.group(1)) - 1));
        put("worker/" + worker, bent.getBytes(StandardCharsets.UTF_8));
        return true;
    }

    @Override
    public void put(String key, byte @Nullable [] value) {
        undo.putIfAbsent(key, Optional.ofNullable(map.get(key)));
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(String key, byte[] value) {
        byte[] before = map.get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<String, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte @Nullable [] delete(String key) {
        undo.putIfAbsent(key, Optional.ofNullable(map.get(key)));
        return map.remove(key);
    }

    @Override
    public byte @Nullable [] get(String key) {
        return map.get(key);
    }

    @Override
    public KeyValueIterator<String, byte[]> range(String from, String to) {
        return new Range(List.copyOf(map.subMap(from, true, to, true).entrySet()).iterator());
    }

    @Override
    public KeyValueIterator<String, byte[]> all() {
        return new Range(List.copyOf(map.entrySet()).iterator());
    }

    private record Range(Iterator<Map.Entry<String, byte[]>> entries) implements KeyValueIterator<String, byte[]> {
        @Override
        public void close() {
            // Nothing is held open.
        }

        @Override
        public String peekNextKey() {
            throw new UnsupportedOperationException("shards do not peek");
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public KeyValue<String, byte[]> next() {
            Map.Entry<String, byte[]> entry = entries.next();
            return new KeyValue<>(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public long approximateNumEntries() {
        return map.size();
    }

    @Override
    public String name() {
        return "shard";
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        // Nothing to prepare.
    }

    @Override
    @SuppressWarnings("deprecation") // StateStore asks for it as long as it has it.
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        // It outlives its shard, as a changelog does.
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}

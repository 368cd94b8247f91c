package dev.relais.coordinator.streams;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store in memory, as far as regions use one; it counts what is asked of it. */
final class MapStore implements KeyValueStore<String, byte[]> {
    private final TreeMap<String, byte[]> map = new TreeMap<>();
    private int ranges;
    private int writes;
    private int reads;
    private long written;

    int ranges() {
        return ranges;
    }

    /** Of single keys. */
    int reads() {
        return reads;
    }

    /** Puts and deletes. */
    int writes() {
        return writes;
    }

    /** Bytes of the values that were put. */
    long written() {
        return written;
    }

    /** That begin so. */
    List<String> keys(String prefix) {
        return map.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    @Override
    public void put(String key, byte @Nullable [] value) {
        writes++;
        if (value == null) {
            map.remove(key);
        } else {
            written += value.length;
            map.put(key, value);
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(String key, byte[] value) {
        return map.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<String, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte @Nullable [] delete(String key) {
        writes++;
        return map.remove(key);
    }

    @Override
    public byte @Nullable [] get(String key) {
        reads++;
        return map.get(key);
    }

    @Override
    public KeyValueIterator<String, byte[]> range(String from, String to) {
        ranges++;
        return iterator(new ArrayList<>(map.subMap(from, true, to, true).entrySet().stream()
                .map(entry -> new KeyValue<>(entry.getKey(), entry.getValue())).toList()));
    }

    @Override
    public KeyValueIterator<String, byte[]> all() {
        return range("", "~");
    }

    private static KeyValueIterator<String, byte[]> iterator(List<KeyValue<String, byte[]>> entries) {
        Iterator<KeyValue<String, byte[]>> inner = entries.iterator();
        return new KeyValueIterator<>() {
            @Override
            public void close() {
                // Nothing is held open.
            }

            @Override
            public String peekNextKey() {
                throw new UnsupportedOperationException("regions do not peek");
            }

            @Override
            public boolean hasNext() {
                return inner.hasNext();
            }

            @Override
            public KeyValue<String, byte[]> next() {
                return inner.next();
            }
        };
    }

    @Override
    public long approximateNumEntries() {
        return map.size();
    }

    @Override
    public String name() {
        return "map";
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
        map.clear();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}

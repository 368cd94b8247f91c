package dev.relais.coordinator.streams;

import java.util.Map;

import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One bound for the memory of all shards of the process: by default each store takes up to 98 MB outside the heap, and how many there are depends
 * on which other coordinators live.
 */
public final class BoundedRocks implements RocksDBConfigSetter {
    private static final long CACHE_BYTES = 96L << 20;
    private static final long WRITE_BYTES = 32L << 20;
    /** Index and filter blocks are kept before data. */
    private static final double HIGH_PRIORITY = 0.2;
    private static final int ONE_BUFFER_BYTES = 8 << 20;
    private static final int MOST_BUFFERS = 2;

    // For the whole process, and never closed: a store that comes later uses them again.
    private static final Cache CACHE = new LRUCache(CACHE_BYTES, -1, false, HIGH_PRIORITY);
    private static final WriteBufferManager WRITES = new WriteBufferManager(WRITE_BYTES, CACHE);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(WRITES);
        options.setWriteBufferSize(ONE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(MOST_BUFFERS);
    }

    @Override
    public void close(String storeName, Options options) {
        // What is shared stays: the next store of this process uses it.
    }
}

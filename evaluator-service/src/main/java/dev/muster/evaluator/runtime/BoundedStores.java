package dev.muster.evaluator.runtime;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/// One bound for the memory of all stores of the process, where each of RocksDB's defaults is for one store alone: a
/// dozen stores times a dozen partitions would take gigabytes outside the heap.
public final class BoundedStores implements RocksDBConfigSetter {

    /// Name of the setting: megabytes for all stores together.
    public static final String MEGABYTES = "muster.store.memory";

    private static final long MEGABYTE = 1024 * 1024;

    static {
        RocksDB.loadLibrary();
    }

    private record Memory(Cache cache, WriteBufferManager writes) {

        static Memory of(long bytes) {
            var cache = new LRUCache(bytes, -1, false, 0.1);
            return new Memory(cache, new WriteBufferManager(bytes / 2, cache));
        }
    }

    private static final class Shared {
        @SuppressWarnings("NullAway.Init")
        private static Memory memory;

        static synchronized Memory of(long bytes) {
            if (memory == null) {
                memory = Memory.of(bytes);
            }
            return memory;
        }
    }

    @Override
    public void setConfig(String store, Options options, Map<String, Object> config) {
        var setting = config.get(MEGABYTES);
        var shared = Shared.of(Long.parseLong(setting == null ? "96" : setting.toString()) * MEGABYTE);
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(shared.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        table.setFilterPolicy(new BloomFilter());
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(shared.writes());
        options.setWriteBufferSize(4 * MEGABYTE);
        options.setMaxWriteBufferNumber(2);
    }

    @Override
    public void close(String store, Options options) {
        // The memory is shared and lives as long as the process.
    }
}

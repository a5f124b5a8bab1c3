package dev.muster.schemas;

import java.time.Duration;
import java.util.Map;

/// How long a topic keeps its records, and how large they may be.
public sealed interface Retention {

    /// Largest batch that the topic takes, in bytes after compression.
    int maxMessageBytes();

    /// Settings of the topic under Kafka's names.
    Map<String, String> config();

    /// Keeps every record for a time.
    ///
    /// @param time since the record's own timestamp
    record Delete(Duration time, int maxMessageBytes) implements Retention {
        @Override
        public Map<String, String> config() {
            return Map.of(
                    "cleanup.policy",
                    "delete",
                    "retention.ms",
                    Long.toString(time.toMillis()),
                    "compression.type",
                    "zstd",
                    "max.message.bytes",
                    Integer.toString(maxMessageBytes));
        }
    }

    /// Keeps the newest record of every key for ever, and a tombstone for a time; with a history, every record for a
    /// time.
    ///
    /// @param tombstones how long who reads from the beginning has to come by to learn of a deletion
    /// @param history how long a record stays although there is a newer one of its key; zero for no time
    record Compact(Duration tombstones, Duration history, int maxMessageBytes) implements Retention {

        /// Kafka's name of how long a record stays although there is a newer one.
        public static final String HISTORY = "min.compaction.lag.ms";

        @Override
        public Map<String, String> config() {
            return Map.of(
                    "cleanup.policy",
                    "compact",
                    "delete.retention.ms",
                    Long.toString(tombstones.toMillis()),
                    HISTORY,
                    Long.toString(history.toMillis()),
                    "compression.type",
                    "zstd",
                    "max.message.bytes",
                    Integer.toString(maxMessageBytes));
        }
    }
}

package dev.muster.evaluator.runtime;

import dev.muster.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/// Settings of Kafka Streams whose defaults are wrong here, each with its reason.
///
/// @param stateDir where stores live
/// @param threads stream threads
/// @param standbyReplicas warm copies of each store
/// @param instanceId stable name of the instance, or null
/// @param groupProtocol of the consumer group
/// @param commitInterval how long what was decided waits for its transaction
/// @param storeMemory megabytes for all stores
public record StreamsSettings(
        Path stateDir,
        int threads,
        int standbyReplicas,
        @Nullable String instanceId,
        String groupProtocol,
        Duration commitInterval,
        int storeMemory) {

    /// A register of a fact at its largest, with room to spare.
    private static final int LARGEST_STATE = 16 * 1024 * 1024;

    public Map<String, Object> toMap() {
        var all = new LinkedHashMap<String, Object>();
        // One transaction for what was read, kept and told: a crash leaves no half of it.
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // A store or topic with a made-up name would be lost with the next change of the topology.
        all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // The default is in the temp folder, which is cleaned.
        all.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbyReplicas);
        // The newer protocol has no standby settings, warm-up or static members yet.
        all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, groupProtocol);
        // A result waits for two commits, one a stage; the default of 100 ms each, and waiting as long for input, would
        // use up half of what a person may wait.
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        all.put(StreamsConfig.POLL_MS_CONFIG, Math.max(5, commitInterval.toMillis() / 2));
        // Stores are read by range and prefix; a cache in front of them would only delay what the changelog learns.
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedStores.class.getName());
        all.put(BoundedStores.MEGABYTES, storeMemory);
        errors(all);
        clients(all);
        return all;
    }

    @SuppressWarnings("deprecation") // deprecated at birth: a switch until 5.0, when it is always on
    private static void errors(Map<String, Object> all) {
        // The defaults stop at a bad record, or lose it.
        var handler = IntoDeadLetters.class.getName();
        all.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        all.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        all.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, AnyTimestamp.class.getName());
    }

    private void clients(Map<String, Object> all) {
        // Many small answers cost the broker and us more than the few milliseconds in which they become one.
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 64 * 1024);
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), (int)
                Math.max(5, commitInterval.toMillis() / 2));
        // A transaction's worth of results in few requests, and in few pieces to compress: each of those takes 128 kB.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 * 1024);
        // A producer switches idempotence off in silence on conflicting settings, unless it is set.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG), true);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        all.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // The largest dead letter, and registers of facts with many items.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topics.MAX_RECORD);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 2L * Topics.MAX_RECORD);
        all.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), Integer.toString(LARGEST_STATE));
        // A dead instance is noticed after ten seconds and not after 45.
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 3_000);
        // Small rounds: the clock and the transaction are looked at between them.
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 500);
        if (instanceId != null) {
            all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceId);
        }
    }
}

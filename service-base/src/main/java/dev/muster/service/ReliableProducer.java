package dev.muster.service;

import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Writes records and says honestly whether they are written, within bounds that a waiting sender can stand.
///
/// **Promises.** A future that completes normally means that all replicas in sync have the record, once and in order
/// (`acks=all`, idempotent). A future that fails does so with [RecordNotAcknowledgedException] when Kafka or the schema
/// registry is at fault (sending again may help), and with a [SerializationException] or [RecordTooLargeException] when
/// the record is. With the defaults no send takes longer than 6 s, of which 2 s may block the caller.
/// After trouble it goes on by itself.
///
/// A record that says nothing of its trace gets the one of the work that sends it; see [Traces].
public final class ReliableProducer implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);

    private final Producer<byte[], byte[]> producer;
    private final Traces traces;

    ReliableProducer(Producer<byte[], byte[]> producer, Traces traces) {
        this.producer = producer;
        this.traces = traces;
    }

    /// @param connection how to reach the brokers; what makes the producer reliable is set over it
    static ReliableProducer open(Map<String, Object> connection, ProducerSettings settings, Traces traces) {
        var client =
                new KafkaProducer<>(config(connection, settings), new ByteArraySerializer(), new ByteArraySerializer());
        return new ReliableProducer(client, traces);
    }

    static Map<String, Object> config(Map<String, Object> connection, ProducerSettings settings) {
        var config = new HashMap<>(connection);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        // Set explicitly, or Kafka switches it off in silence when another setting is in its way.
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, ProducerSettings.LINGER.toMillis());
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.maxBlock().toMillis());
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int)
                settings.deliveryTimeout().toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                settings.requestTimeout().toMillis());
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, settings.bufferMemory().toBytes());
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        return config;
    }

    /// Writes a typed record.
    public <K, V extends SpecificRecord> CompletableFuture<RecordMetadata> send(
            Topic<K, V> topic, K key, @Nullable V value, Headers headers) {
        byte[] keyBytes;
        byte[] valueBytes;
        try {
            keyBytes = topic.key().serializer().serialize(topic.name(), headers, key);
            valueBytes = topic.value().serializer().serialize(topic.name(), headers, value);
        } catch (KafkaException e) {
            return CompletableFuture.failedFuture(named(topic.name(), e));
        }
        return send(new ProducerRecord<>(topic.name(), null, keyBytes, valueBytes, headers));
    }

    /// Writes bytes.
    public CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        var result = new CompletableFuture<RecordMetadata>();
        try {
            traces.mark(record.headers());
            var _ = producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    result.complete(metadata);
                } else {
                    result.completeExceptionally(named(record.topic(), failure));
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            result.completeExceptionally(named(record.topic(), e));
        }
        return result;
    }

    /// Writes a typed record and waits for the acknowledgement.
    ///
    /// @throws RecordNotAcknowledgedException and the others of [#send]
    public <K, V extends SpecificRecord> RecordMetadata sendAndWait(
            Topic<K, V> topic, K key, @Nullable V value, Headers headers) {
        return await(send(topic, key, value, headers));
    }

    /// Writes bytes and waits for the acknowledgement.
    ///
    /// @throws RecordNotAcknowledgedException and the others of [#send]
    public RecordMetadata sendAndWait(ProducerRecord<byte[], byte[]> record) {
        return await(send(record));
    }

    private static RecordMetadata await(CompletableFuture<RecordMetadata> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static Exception named(String topic, Exception failure) {
        return failure instanceof RecordTooLargeException || failure instanceof SerializationException
                ? failure
                : new RecordNotAcknowledgedException(topic, failure);
    }

    /// For metrics of the client.
    Producer<byte[], byte[]> client() {
        return producer;
    }

    /// Waits for what is on its way, 8 s at most.
    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}

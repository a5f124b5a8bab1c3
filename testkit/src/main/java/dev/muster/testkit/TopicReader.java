package dev.muster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Reads topics as a stranger would who knows Kafka, Avro and Confluent's wire format, and none of our classes.
///
/// @param registryUrl base of Confluent's REST API
public record TopicReader(String bootstrapServers, String registryUrl) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PREFIX = 5;
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
    private static final GenericData AVRO = new GenericData();

    static {
        AVRO.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        AVRO.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    }

    /// One committed record.
    ///
    /// @param value null for a tombstone
    /// @param headers the last one of each name, as UTF-8
    public record Message(
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            @Nullable GenericRecord value,
            Map<String, String> headers,
            Instant timestamp) {

        /// A field of the value as text; empty when it is null or there is no value.
        public Optional<String> text(String field) {
            return Optional.ofNullable(value).map(record -> record.get(field)).map(Object::toString);
        }
    }

    /// Every committed record of the topic, from its beginning to its end as of this call, by partition and
    /// offset. What a transaction still holds open is not waited for.
    public List<Message> read(String topic) {
        var messages = new ArrayList<Message>();
        try (var consumer = new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic, PATIENCE).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions, PATIENCE);
            var deadline = Instant.now().plus(PATIENCE);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("the end of " + topic + " was not reached");
                }
                consumer.poll(Duration.ofMillis(100)).forEach(found -> messages.add(message(found)));
            }
        }
        messages.sort((a, b) -> a.partition() == b.partition()
                ? Long.compare(a.offset(), b.offset())
                : Integer.compare(a.partition(), b.partition()));
        return messages;
    }

    /// The newest record of each key, tombstones left out: a compacted topic as a table.
    public Map<String, Message> table(String topic) {
        var table = new LinkedHashMap<String, Message>();
        for (var message : read(topic)) {
            var key = message.key() == null ? "" : message.key();
            if (message.value() == null) {
                table.remove(key);
            } else {
                table.put(key, message);
            }
        }
        return table;
    }

    private Message message(ConsumerRecord<byte[], byte[]> found) {
        var headers = new LinkedHashMap<String, String>();
        found.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        return new Message(
                found.topic(),
                found.partition(),
                found.offset(),
                found.key() == null ? null : text(found.key()),
                found.value() == null ? null : decoded(found.value()),
                headers,
                Instant.ofEpochMilli(found.timestamp()));
    }

    private GenericRecord decoded(byte[] bytes) {
        if (bytes.length < PREFIX || bytes[0] != 0) {
            throw new IllegalArgumentException("not in Confluent's wire format");
        }
        var schema = schema(ByteBuffer.wrap(bytes, 1, 4).getInt());
        try {
            var decoder = DecoderFactory.get().binaryDecoder(bytes, PREFIX, bytes.length - PREFIX, null);
            return new GenericDatumReader<GenericRecord>(schema, schema, AVRO).read(null, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Schema schema(int id) {
        return SCHEMAS.computeIfAbsent(registryUrl + "/schemas/ids/" + id, url -> {
            var answer = Http.at(url).get("");
            if (answer.status() != 200) {
                throw new IllegalStateException("schema %d: the registry answered %d".formatted(id, answer.status()));
            }
            return new Schema.Parser().parse(answer.json().path("schema").asString());
        });
    }

    private Properties settings() {
        var settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "test-" + UUID.randomUUID());
        return settings;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

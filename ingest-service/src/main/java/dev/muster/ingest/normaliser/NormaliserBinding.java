package dev.muster.ingest.normaliser;

import dev.muster.service.DeadRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;
import org.springframework.util.backoff.ExponentialBackOff;

/// Binds the [Normaliser] to the journal, batch by batch. Offsets are committed after it returns; when it
/// throws, the batch comes again until it succeeds, however long Kafka takes.
@Configuration(proxyBeanMethods = false)
class NormaliserBinding {

    @Bean
    Consumer<Message<List<byte[]>>> normalise(Normaliser normaliser) {
        return message -> normaliser.accept(records(message));
    }

    @Bean
    ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> retryForEver() {
        return (container, destination, group) -> {
            var backOff = new ExponentialBackOff(200, 2);
            backOff.setMaxInterval(5_000);
            container.setCommonErrorHandler(new DefaultErrorHandler(backOff));
        };
    }

    private static List<DeadRecord> records(Message<? extends List<?>> message) {
        var headers = message.getHeaders();
        var topics = list(headers.get(KafkaHeaders.RECEIVED_TOPIC));
        var partitions = list(headers.get(KafkaHeaders.RECEIVED_PARTITION));
        var offsets = list(headers.get(KafkaHeaders.OFFSET));
        var timestamps = list(headers.get(KafkaHeaders.RECEIVED_TIMESTAMP));
        var keys = list(headers.get(KafkaHeaders.RECEIVED_KEY));
        var converted = list(headers.get(KafkaHeaders.BATCH_CONVERTED_HEADERS));
        var records = new ArrayList<DeadRecord>();
        for (var i = 0; i < message.getPayload().size(); i++) {
            records.add(DeadRecord.of(new ConsumerRecord<>(
                    (String) topics.get(i),
                    (Integer) partitions.get(i),
                    (Long) offsets.get(i),
                    (Long) timestamps.get(i),
                    TimestampType.CREATE_TIME,
                    ConsumerRecord.NULL_SIZE,
                    ConsumerRecord.NULL_SIZE,
                    bytes(keys, i),
                    bytes(message.getPayload(), i),
                    headers(converted, i),
                    Optional.empty())));
        }
        return records;
    }

    private static List<?> list(@Nullable Object header) {
        return header instanceof List<?> list ? list : List.of();
    }

    private static byte @Nullable [] bytes(List<?> values, int i) {
        return i < values.size() && values.get(i) instanceof byte[] bytes ? bytes : null;
    }

    private static Headers headers(List<?> converted, int i) {
        var headers = new RecordHeaders();
        if (i < converted.size() && converted.get(i) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                var header = DeadRecord.header(String.valueOf(name), value);
                if (header != null) {
                    headers.add(String.valueOf(name), header);
                }
            });
        }
        return headers;
    }
}

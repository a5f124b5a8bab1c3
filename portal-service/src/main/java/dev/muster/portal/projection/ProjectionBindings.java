package dev.muster.portal.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;
import org.springframework.util.backoff.ExponentialBackOff;

/// Hangs the [Projector] into Spring Cloud Stream. `application.yml` names the topics of the two bindings.
@Configuration(proxyBeanMethods = false)
class ProjectionBindings {

    private final CatchUp catchUp;

    ProjectionBindings(CatchUp catchUp) {
        this.catchUp = catchUp;
    }

    @Bean
    java.util.function.Consumer<Message<List<?>>> projectReadiness(Projector projector) {
        return batch -> project(Part.READINESS, projector, batch);
    }

    @Bean
    java.util.function.Consumer<Message<List<?>>> projectTrail(Projector projector) {
        return batch -> project(Part.TRAIL, projector, batch);
    }

    /// A batch that fails is tried again for ever: only a broken machine makes it fail, and skipping would leave a
    /// hole.
    @Bean
    ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> neverSkip() {
        return (container, _, _) -> {
            var backOff = new ExponentialBackOff(200, 2);
            backOff.setMaxInterval(10_000);
            backOff.setMaxElapsedTime(Long.MAX_VALUE);
            backOff.setMaxAttempts(Long.MAX_VALUE);
            container.setCommonErrorHandler(new DefaultErrorHandler(backOff));
        };
    }

    @EventListener
    void nothingToRead(ListenerContainerIdleEvent event) {
        // The listener's id names the topics; only the group tells which of the two it is.
        var consumer = event.getConsumer();
        var group = consumer.groupMetadata().groupId();
        for (var part : Part.values()) {
            if (group.endsWith(part.label())) {
                catchUp.progressed(part, consumer);
            }
        }
    }

    private void project(Part part, Projector projector, Message<List<?>> batch) {
        projector.project(records(batch));
        if (batch.getHeaders().get(KafkaHeaders.CONSUMER) instanceof Consumer<?, ?> consumer) {
            catchUp.progressed(part, consumer);
        }
    }

    private static List<Recorded<byte[]>> records(Message<List<?>> batch) {
        var topics = column(batch, KafkaHeaders.RECEIVED_TOPIC);
        var partitions = column(batch, KafkaHeaders.RECEIVED_PARTITION);
        var offsets = column(batch, KafkaHeaders.OFFSET);
        var timestamps = column(batch, KafkaHeaders.RECEIVED_TIMESTAMP);
        var keys = column(batch, KafkaHeaders.RECEIVED_KEY);
        var headers = column(batch, KafkaHeaders.BATCH_CONVERTED_HEADERS);
        var values = batch.getPayload();
        var records = new ArrayList<Recorded<byte[]>>(values.size());
        for (int i = 0; i < values.size(); i++) {
            records.add(new Recorded<>(
                    (String) topics.get(i),
                    (Integer) partitions.get(i),
                    (Long) offsets.get(i),
                    Instant.ofEpochMilli((Long) timestamps.get(i)),
                    keys.get(i) instanceof byte[] key ? key : null,
                    values.get(i) instanceof byte[] value ? value : null,
                    headers(headers.get(i))));
        }
        return records;
    }

    private static List<?> column(Message<?> batch, String header) {
        return (List<?>) Objects.requireNonNull(batch.getHeaders().get(header), () -> "no header " + header);
    }

    private static Map<String, byte[]> headers(Object headers) {
        var kept = new HashMap<String, byte[]>();
        if (headers instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value instanceof byte[] bytes) {
                    kept.put(String.valueOf(name), bytes);
                }
            });
        }
        return kept;
    }
}

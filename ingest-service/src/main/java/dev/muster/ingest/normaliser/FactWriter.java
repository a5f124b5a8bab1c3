package dev.muster.ingest.normaliser;

import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.service.ReliableProducer;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.springframework.stereotype.Component;

/// Writes the facts that follow from a delivery.
@Component
public final class FactWriter {

    private final ReliableProducer producer;
    private final Topics topics;

    FactWriter(ReliableProducer producer, Topics topics) {
        this.producer = producer;
        this.topics = topics;
    }

    /// Begins to write.
    ///
    /// @param index number of these facts among all that follow from the delivery: the same for the same facts
    /// @return see [ReliableProducer#send]
    public CompletableFuture<RecordMetadata> write(FactsObserved facts, int index) {
        var origin = facts.getOrigin();
        var headers = CloudEventHeaders.of(
                origin.getConnection() + "/" + origin.getDeliveryId() + "/" + index,
                "/muster/ingest/" + origin.getConnection(),
                "dev.muster.facts.observed.v1",
                facts.getReceivedAt(),
                facts.getSubject(),
                origin.getDeliveryId());
        return producer.send(topics.facts(), facts.getSubject(), facts, headers);
    }
}

package dev.muster.portal.projection;

import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jooq.DSLContext;
import org.springframework.cloud.stream.binder.kafka.KafkaBindingRebalanceListener;
import org.springframework.stereotype.Component;

/// Starts each partition where the rows end. An empty read model is therefore filled from the beginning, and
/// rows of a topic that was deleted and made anew are emptied first.
@Component
class SeekToPositions implements KafkaBindingRebalanceListener {

    private final DSLContext sql;
    private final Positions positions;
    private final Projector projector;
    private final CatchUp catchUp;
    private final Admin admin;

    SeekToPositions(DSLContext sql, Positions positions, Projector projector, CatchUp catchUp, Admin admin) {
        this.sql = sql;
        this.positions = positions;
        this.projector = projector;
        this.catchUp = catchUp;
        this.admin = admin;
    }

    @Override
    public void onPartitionsAssigned(
            String binding, Consumer<?, ?> consumer, Collection<TopicPartition> partitions, boolean initial) {
        if (!partitions.isEmpty()) {
            identify(partitions);
        }
        for (var partition : partitions) {
            var next = positions.find(sql, partition);
            consumer.seek(partition, next.orElse(0));
        }
        catchUp.assigned(Part.ofBinding(binding), consumer, partitions);
    }

    private void identify(Collection<TopicPartition> partitions) {
        var topics = partitions.stream().map(TopicPartition::topic).collect(toSet());
        try {
            admin.describeTopics(topics)
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .forEach((topic, description) ->
                            projector.identify(topic, description.topicId().toString()));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot ask Kafka which topics these are: " + topics, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while starting", e);
        }
    }
}

package dev.muster.benchmarks;

import dev.muster.schemas.Topic;
import dev.muster.schemas.v1.FactsObserved;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Measures how fast a topology works off a backlog: it is frozen while the records are written, so that all of them
/// wait for it, and goes on as warm as it was.
final class Drain implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Workload workload;
    private final Topic<String, FactsObserved> facts;
    private final KafkaProducer<byte[], byte[]> producer;

    Drain(Workload workload, Topic<String, FactsObserved> facts, String bootstrapServers) {
        this.workload = workload;
        this.facts = facts;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        128 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /// Writes at once, for what has to be there beforehand.
    void write(List<FactsObserved> all) throws InterruptedException, ExecutionException {
        var sent = new ArrayList<Future<?>>();
        for (var one : all) {
            sent.add(producer.send(Workload.record(facts, facts.name(), one)));
        }
        for (var one : sent) {
            one.get();
        }
    }

    /// How fast a backlog was worked off.
    ///
    /// @param perSecond committed results a second
    /// @param cpuMicros processor time of the process for one record, in microseconds
    record Speed(double perSecond, double cpuMicros) {}

    /// Writes a backlog into `topic` and waits until the frozen process has worked it off.
    ///
    /// @param first number of the first delivery in the [Workload]
    /// @throws IllegalStateException when a record has no result in the end
    Speed measure(Committed results, String topic, long pid, String run, int first, int count)
            throws InterruptedException, ExecutionException {
        var arrivals = results.expect(run, count);
        // All work beforehand, because who is frozen for long is taken for dead.
        var records = new ArrayList<org.apache.kafka.clients.producer.ProducerRecord<byte[], byte[]>>(count);
        for (var i = 0; i < count; i++) {
            records.add(Workload.record(facts, topic, workload.facts(first + i, arrivals.deliveryId(i))));
        }
        var sent = new ArrayList<Future<?>>(count);
        try (var _ = Frozen.freeze(List.of(pid))) {
            for (var record : records) {
                sent.add(producer.send(record));
            }
            for (var one : sent) {
                one.get();
            }
        }
        var before = ProcessorTime.of(pid);
        var missing = arrivals.await(PATIENCE);
        if (missing > 0) {
            throw new IllegalStateException("%d of %d records of %s have no result after %d s"
                    .formatted(missing, count, run, PATIENCE.toSeconds()));
        }
        return new Speed(arrivals.rate(), ProcessorTime.of(pid).minus(before).toNanos() / 1e3 / count);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}

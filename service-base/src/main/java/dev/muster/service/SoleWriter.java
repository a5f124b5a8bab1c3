package dev.muster.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/// Writes what follows from what it has read, while no other instance writes in between.
///
/// A transactional id stands for the right to write. Who takes it takes it from everybody else: what the one before has
/// not committed is undone, and what it writes from then on is refused. So whoever takes the right, then reads, then
/// writes with success knows that nobody wrote in between, whatever the instances, their pauses and their clocks do.
///
/// Not for several threads at once.
public final class SoleWriter implements AutoCloseable {

    private final String right;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private @Nullable Producer<byte[], byte[]> producer;

    /// @param right name of it, for messages
    /// @param producers makes producers of the transactional id
    SoleWriter(String right, Supplier<Producer<byte[], byte[]>> producers) {
        this.right = right;
        this.producers = producers;
    }

    /// Takes the right unless this instance has it, as far as it knows.
    ///
    /// @return true when it was taken now: what was read before is not to be relied on
    /// @throws RecordNotAcknowledgedException when Kafka does not answer
    public boolean take() {
        if (producer != null) {
            return false;
        }
        var taking = producers.get();
        try {
            taking.initTransactions();
        } catch (KafkaException e) {
            taking.close(Duration.ZERO);
            throw new RecordNotAcknowledgedException(right, e);
        }
        producer = taking;
        return true;
    }

    /// Writes all of it or nothing.
    ///
    /// @return where it stands; empty when another instance has the right by now: then nothing is written, and the
    /// right is to be taken, and all to be read and decided anew
    /// @throws RecordTooLargeException when one of the records is too large; nothing is written
    /// @throws RecordNotAcknowledgedException when Kafka does not answer; whether it is written is not known
    public Optional<List<RecordMetadata>> write(List<ProducerRecord<byte[], byte[]>> records) {
        if (producer == null) {
            throw new IllegalStateException("the right to write is not taken");
        }
        try {
            return Optional.of(write(producer, records));
        } catch (KafkaException e) {
            var tooLarge = cause(e, RecordTooLargeException.class);
            if (tooLarge.isPresent() && undone(producer)) {
                throw tooLarge.get();
            }
            // What may be left open is undone when the right is taken the next time, by whomever.
            close();
            if (isLost(e)) {
                return Optional.empty();
            }
            throw new RecordNotAcknowledgedException(right, e);
        }
    }

    private static List<RecordMetadata> write(
            Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
        producer.beginTransaction();
        var sent = new ArrayList<Future<RecordMetadata>>(records.size());
        for (var record : records) {
            sent.add(producer.send(record));
        }
        producer.commitTransaction(); // fails when one of them did
        return sent.stream().map(Future::resultNow).toList();
    }

    private static boolean undone(Producer<byte[], byte[]> producer) {
        try {
            producer.abortTransaction();
            return true;
        } catch (KafkaException _) {
            return false;
        }
    }

    /// Whether another instance has the right, or the broker has forgotten that this one had it.
    private static boolean isLost(KafkaException e) {
        return cause(e, ProducerFencedException.class).isPresent()
                || cause(e, InvalidProducerEpochException.class).isPresent()
                || cause(e, InvalidPidMappingException.class).isPresent();
    }

    private static <E extends Throwable> Optional<E> cause(Throwable e, Class<E> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    /// Gives up the right, at once.
    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}

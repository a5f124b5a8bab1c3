package dev.muster.evaluator.runtime;

import dev.muster.records.UnusableRecordException;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.TopicNames;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What Kafka Streams does with a record that cannot be used: it becomes a dead letter in the same transaction, and its
/// neighbours go on (KIP-1033, KIP-1034).
///
/// When it is not the record that is at fault but something that the machine needs, such as the registry or a store,
/// nothing is given up: the thread fails, its transaction is undone, and another thread begins again.
public final class IntoDeadLetters
        implements DeserializationExceptionHandler, ProcessingExceptionHandler, ProductionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(IntoDeadLetters.class);

    private @Nullable DeadLetterRecords letters;

    @Override
    public void configure(Map<String, ?> config) {
        letters = new DeadLetterRecords(AvroSerdes.from(config));
    }

    /// Bytes that do not read. A global table sends no dead letters by itself and reads plain bytes, so none comes from
    /// there.
    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception error) {
        if (!isAtFault(error)) {
            return DeserializationExceptionHandler.Response.fail();
        }
        var letter = letter(context, DeadLetterReason.UNREADABLE, error);
        return DeserializationExceptionHandler.Response.resume(List.of(letter));
    }

    /// A step that broke. Without a record it was the clock that made it run.
    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception error) {
        if (!isAtFault(error)) {
            return ProcessingExceptionHandler.Response.fail();
        }
        var reason = error instanceof UnusableRecordException unusable
                ? unusable.reason()
                : DeadLetterReason.PROCESSING_FAILED;
        return ProcessingExceptionHandler.Response.resume(List.of(letter(context, reason, error)));
    }

    /// A record that the broker does not take. Only one that is too large is given up, and never one of a changelog or
    /// between stages: without it the state would not be what the log says.
    @Override
    public ProductionExceptionHandler.Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception error) {
        if (!(error instanceof RecordTooLargeException) || isInternal(record.topic())) {
            return ProductionExceptionHandler.Response.fail();
        }
        return ProductionExceptionHandler.Response.resume(List.of(letter(context, DeadLetterReason.TOO_LARGE, error)));
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kafka declares it
    public ProductionExceptionHandler.Response handleSerializationError(
            ErrorHandlerContext context, ProducerRecord record, Exception error, SerializationExceptionOrigin origin) {
        if (!isAtFault(error) || isInternal(record.topic())) {
            return ProductionExceptionHandler.Response.fail();
        }
        return ProductionExceptionHandler.Response.resume(
                List.of(letter(context, DeadLetterReason.PROCESSING_FAILED, error)));
    }

    private ProducerRecord<byte[], byte[]> letter(
            ErrorHandlerContext context, DeadLetterReason reason, Exception error) {
        LOG.warn(
                "Given up: {} {}-{}@{} in {}: {}",
                reason,
                context.topic(),
                context.partition(),
                context.offset(),
                context.processorNodeId(),
                error.toString());
        if (letters == null) {
            throw new IllegalStateException("the handler was not configured");
        }
        return letters.of(context, reason, error);
    }

    private static boolean isInternal(String topic) {
        return !topic.startsWith("muster.") || topic.equals(TopicNames.DEAD_LETTERS);
    }

    /// True when the record is to blame; false when Kafka, a store or the registry is.
    static boolean isAtFault(@Nullable Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof KafkaException && !(cause instanceof SerializationException)) {
                return false;
            }
        }
        return true;
    }
}

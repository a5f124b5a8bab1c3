package dev.muster.evaluator.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.records.UnusableRecordException;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.TopicNames;
import dev.muster.schemas.v1.DeadLetter;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntoDeadLettersTest {

    private static final Map<String, String> CONFIG = Map.of("schema.registry.url", "mock://dead-letters");
    private static final ConsumerRecord<byte[], byte[]> RECORD =
            new ConsumerRecord<>(TopicNames.FACTS, 3, 17, "key".getBytes(UTF_8), "value".getBytes(UTF_8));

    private final IntoDeadLetters handler = new IntoDeadLetters();

    @BeforeEach
    void configure() {
        handler.configure(CONFIG);
    }

    @Test
    void keepsWhatDoesNotReadWithAllThatIsKnown() {
        var answer = handler.handleError(new Place(TopicNames.FACTS), RECORD, new SerializationException("not Avro"));

        assertThat(answer.result()).isEqualTo(DeserializationExceptionHandler.Result.RESUME);
        var sent = answer.deadLetterQueueRecords().getFirst();
        assertThat(sent.topic()).isEqualTo(TopicNames.DEAD_LETTERS);
        assertThat(sent.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(CloudEventHeaders.correlationId(sent.headers())).isEqualTo("d1");
        assertThat(CloudEventHeaders.traceParent(sent.headers())).isEqualTo("t1");
        var letter = letter(sent);
        assertThat(letter.getTopic()).isEqualTo(TopicNames.FACTS);
        assertThat(letter.getPartition()).isEqualTo(3);
        assertThat(letter.getOffset()).isEqualTo(17);
        assertThat(letter.getReason()).isEqualTo("UNREADABLE");
        assertThat(letter.getStage()).isEqualTo("subjects");
        assertThat(letter.getMessage()).isEqualTo("not Avro");
        assertThat(letter.getHeaders()).containsKey("correlation-id");
    }

    @Test
    void blamesNoRecordWhenTheMachineIsBroken() {
        assertThat(handler.handleError(new Place(TopicNames.FACTS), RECORD, new TimeoutException("registry"))
                        .result())
                .isEqualTo(DeserializationExceptionHandler.Result.FAIL);
        var broken = new RuntimeException("store", new ProcessorStateException("disk"));
        assertThat(process(broken).result()).isEqualTo(ProcessingExceptionHandler.Result.FAIL);
    }

    @Test
    void namesTheReasonOfWhatIsUnusable() {
        var answer = process(new UnusableRecordException(DeadLetterReason.TOO_LARGE, "too many items"));

        assertThat(answer.result()).isEqualTo(ProcessingExceptionHandler.Result.RESUME);
        assertThat(letter(answer.deadLetterQueueRecords().getFirst()).getReason())
                .isEqualTo("TOO_LARGE");
    }

    @Test
    void keepsWhatBrokeWithoutARecord() {
        var answer = handler.handleError(
                new Place(null),
                (org.apache.kafka.streams.processor.api.Record<?, ?>) null,
                new IllegalStateException());

        var letter = letter(answer.deadLetterQueueRecords().getFirst());
        assertThat(letter.getTopic()).isEmpty();
        assertThat(letter.getReason()).isEqualTo("PROCESSING_FAILED");
        assertThat(letter.getMessage()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void neverGivesUpARecordOfItsOwnState() {
        var large = new RecordTooLargeException("large");
        assertThat(produce("muster-evaluator-results-changelog", large))
                .isEqualTo(ProductionExceptionHandler.Result.FAIL);
        assertThat(produce(TopicNames.DEAD_LETTERS, large)).isEqualTo(ProductionExceptionHandler.Result.FAIL);
        assertThat(produce(TopicNames.RESULTS, new TimeoutException("broker")))
                .isEqualTo(ProductionExceptionHandler.Result.FAIL);
        assertThat(produce(TopicNames.RESULTS, large)).isEqualTo(ProductionExceptionHandler.Result.RESUME);
    }

    private ProductionExceptionHandler.Result produce(String topic, Exception error) {
        return handler.handleError(
                        new Place(TopicNames.FACTS), new ProducerRecord<>(topic, new byte[0], new byte[0]), error)
                .result();
    }

    private ProcessingExceptionHandler.Response process(Exception error) {
        return handler.handleError(
                new Place(TopicNames.FACTS),
                new org.apache.kafka.streams.processor.api.Record<>("key", "value", 0),
                error);
    }

    private static DeadLetter letter(ProducerRecord<byte[], byte[]> sent) {
        return AvroSerdes.from(CONFIG).of(DeadLetter.class).deserializer().deserialize(sent.topic(), sent.value());
    }

    private record Place(String topic) implements ErrorHandlerContext {
        @Override
        public int partition() {
            return 3;
        }

        @Override
        public long offset() {
            return 17;
        }

        @Override
        public Headers headers() {
            return new RecordHeaders()
                    .add("correlation-id", "d1".getBytes(UTF_8))
                    .add("traceparent", "t1".getBytes(UTF_8));
        }

        @Override
        public String processorNodeId() {
            return "subjects";
        }

        @Override
        public TaskId taskId() {
            return new TaskId(0, 3);
        }

        @Override
        public long timestamp() {
            return -1;
        }

        @Override
        public byte[] sourceRawKey() {
            return topic == null ? null : RECORD.key();
        }

        @Override
        public byte[] sourceRawValue() {
            return topic == null ? null : RECORD.value();
        }
    }
}

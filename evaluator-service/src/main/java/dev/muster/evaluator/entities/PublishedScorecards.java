package dev.muster.evaluator.entities;

import static java.util.Objects.requireNonNull;

import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.Topic;
import dev.muster.schemas.v1.Scorecard;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/// All scorecards, on every instance: a global table that also keeps what was deleted, and where on the topic each
/// definition stood.
///
/// The offset is the order of definitions. Without it, an instance whose table lags could not tell a deletion that it
/// has yet to see from a scorecard that it has yet to see, and a partition that moves to it would go back in time.
///
/// A definition that does not read is given up and the one before it stays. The thread that keeps global tables writes
/// outside of transactions, so such a dead letter can come once an instance.
public final class PublishedScorecards {

    static final String STORE = "scorecards";

    /// Takes what does not read.
    @FunctionalInterface
    public interface Refused {
        void accept(
                String topic,
                int partition,
                long offset,
                Record<String, byte[]> record,
                DeadLetterReason reason,
                String message);
    }

    private final Topic<String, Scorecard> topic;
    private final Refused refused;
    private final AtomicLong news = new AtomicLong();

    public PublishedScorecards(Topic<String, Scorecard> topic, Refused refused) {
        this.topic = topic;
        this.refused = refused;
    }

    public void addTo(StreamsBuilder builder) {
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                topic.name(),
                Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("scorecards-published"),
                Keeper::new);
    }

    /// Rises with every change: who has seen this number has seen the table.
    long news() {
        return news.get();
    }

    /// Reads a definition as it stood on the topic.
    ///
    /// @throws SerializationException when it is not a scorecard
    Scorecard read(byte[] definition) {
        return topic.value().deserializer().deserialize(topic.name(), definition);
    }

    /// A definition at its place on the topic.
    ///
    /// @param definition as it stood there, null when it was deleted
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Published(long offset, byte @Nullable [] definition) {

        /// One byte that tells the form, the offset, the definition.
        byte[] toBytes() {
            var form = (byte) (definition == null ? 0 : 1);
            var buffer = ByteBuffer.allocate(9 + (definition == null ? 0 : definition.length));
            buffer.put(form).putLong(offset);
            if (definition != null) {
                buffer.put(definition);
            }
            return buffer.array();
        }

        static Published of(byte[] bytes) {
            var buffer = ByteBuffer.wrap(bytes);
            var deleted = buffer.get() == 0;
            var offset = buffer.getLong();
            if (deleted) {
                return new Published(offset, null);
            }
            var definition = new byte[buffer.remaining()];
            buffer.get(definition);
            return new Published(offset, definition);
        }
    }

    private final class Keeper implements Processor<String, byte[], Void, Void> {

        private @Nullable ProcessorContext<Void, Void> context;
        private @Nullable KeyValueStore<String, byte[]> store;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            this.context = context;
            this.store = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<String, byte[]> record) {
            var place = requireNonNull(context).recordMetadata().orElseThrow();
            if (record.key() == null) {
                refuse(record, DeadLetterReason.INVALID, "a scorecard has no key");
                return;
            }
            try {
                if (record.value() != null) {
                    var name = read(record.value()).getName();
                    if (!name.equals(record.key())) {
                        refuse(record, DeadLetterReason.INVALID, "the key is not the name, " + name);
                        return;
                    }
                }
            } catch (SerializationException e) {
                refuse(record, DeadLetterReason.UNREADABLE, String.valueOf(e.getMessage()));
                return;
            }
            var published = new Published(place.offset(), record.value());
            requireNonNull(store).put(record.key(), published.toBytes());
            news.incrementAndGet();
        }

        private void refuse(Record<String, byte[]> record, DeadLetterReason reason, String message) {
            var place = requireNonNull(context).recordMetadata().orElseThrow();
            refused.accept(place.topic(), place.partition(), place.offset(), record, reason, message);
        }
    }
}

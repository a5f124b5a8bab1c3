package dev.muster.benchmarks;

import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.Transition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/// What passes through [BareTopology]. Of one thread.
interface Cargo {

    /// Names of the files with what the evaluator wrote.
    String RESULTS = "results";

    String TRANSITIONS = "transitions";

    /// What goes on to the second stage of what came in.
    byte[] handedOver(byte[] facts);

    /// It came to the second stage.
    void received(byte[] facts);

    /// The next result, for its store and its topic.
    byte[] result();

    /// The next transition, for its topic.
    byte[] transition();

    /// By the setting `records`: records when it is true, otherwise bytes.
    static Supplier<Cargo> of(Properties settings, Path folder) throws IOException {
        var results = Samples.read(folder.resolve(RESULTS));
        var transitions = Samples.read(folder.resolve(TRANSITIONS));
        if (!Boolean.parseBoolean(settings.getProperty("records"))) {
            return () -> new OfBytes(results.copy(), transitions.copy());
        }
        var topics =
                new Topics(AvroSerdes.from(Map.of("schema.registry.url", settings.getProperty("schema.registry.url"))));
        var readResults = read(topics.results(), results);
        var readTransitions = read(topics.transitions(), transitions);
        return () -> new OfRecords(
                topics.facts(),
                new Written<>(topics.results(), readResults),
                new Written<>(topics.transitions(), readTransitions));
    }

    private static <V extends SpecificRecord> List<V> read(Topic<String, V> topic, Samples samples) {
        return samples.all().stream()
                .map(it -> topic.value().deserializer().deserialize(topic.name(), it))
                .toList();
    }

    /// Bytes that nobody looks into.
    record OfBytes(Samples results, Samples transitions) implements Cargo {

        @Override
        public byte[] handedOver(byte[] facts) {
            return facts;
        }

        @Override
        public void received(byte[] facts) {}

        @Override
        public byte[] result() {
            return results.next();
        }

        @Override
        public byte[] transition() {
            return transitions.next();
        }
    }

    /// Records of the evaluator's topics, read and written with their serdes: what comes in is read, written for the
    /// second stage and read there; a result is written once for its store and its topic.
    record OfRecords(Topic<String, FactsObserved> facts, Written<Result> results, Written<Transition> transitions)
            implements Cargo {

        @Override
        public byte[] handedOver(byte[] bytes) {
            return facts.value().serializer().serialize(facts.name(), read(bytes));
        }

        @Override
        public void received(byte[] bytes) {
            read(bytes);
        }

        private FactsObserved read(byte[] bytes) {
            return facts.value().deserializer().deserialize(facts.name(), bytes);
        }

        @Override
        public byte[] result() {
            return results.next();
        }

        @Override
        public byte[] transition() {
            return transitions.next();
        }
    }

    /// Records to write in turn.
    final class Written<V extends SpecificRecord> {

        private final Topic<String, V> topic;
        private final List<V> records;
        private int next;

        private Written(Topic<String, V> topic, List<V> records) {
            this.topic = topic;
            this.records = records;
        }

        private byte[] next() {
            next = (next + 1) % records.size();
            return topic.value().serializer().serialize(topic.name(), records.get(next));
        }
    }
}

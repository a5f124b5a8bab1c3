package dev.muster.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// The ceiling for the evaluator: what it cannot avoid and nothing else.
///
/// ```
/// facts ── subjects ──(by entity)──┬── entities ── results
///          [subject-facts]         │   [entity-facts] [results]
///                                  └── transitions
/// ```
///
/// What comes in goes on, and stores and topics take what the evaluator wrote into its own, given as files. It gets
/// nothing from its stores, decides nothing, and has no clock and no claims. Guarantee, threads, partitions and commit
/// interval are the evaluator's. What passes through it are [Cargo]'s bytes or records.
final class BareTopology {

    static final String SUBJECT_FACTS = "subject-facts";
    static final String ENTITY_FACTS = "entity-facts";

    /// Added to the name of the topic of results, that of transitions.
    static final String TRANSITIONS = ".transitions";

    private static final String RESULTS = "results";

    private BareTopology() {}

    /// Rows that the evaluator wrote, of many entities: equal ones would pack too well.
    record Rows(Samples subjectFacts, Samples entityFacts) {}

    /// Runs until its parent ends or it is asked to.
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var settings = new Properties();
        try (var file = Files.newBufferedReader(folder.resolve("bare.properties"))) {
            settings.load(file);
        }
        var topology = topology(
                settings.getProperty("in"),
                settings.getProperty("out"),
                Integer.parseInt(settings.getProperty("partitions")),
                new Rows(Samples.read(folder.resolve(SUBJECT_FACTS)), Samples.read(folder.resolve(ENTITY_FACTS))),
                Cargo.of(settings, folder));
        var streams = new KafkaStreams(topology, streams(settings, folder));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(java.time.Duration.ofSeconds(10))));
        ProcessHandle.current().parent().ifPresent(it -> it.onExit().thenRun(() -> System.exit(0)));
        streams.setUncaughtExceptionHandler(
                _ -> org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse
                        .SHUTDOWN_CLIENT);
        streams.start();
        Thread.currentThread().join();
    }

    static Topology topology(String in, String out, int partitions, Rows rows, Supplier<Cargo> cargo) {
        var builder = new StreamsBuilder();
        var learned = builder.stream(
                        in, Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("facts"))
                .process(
                        step(() -> new Subjects(rows.subjectFacts().copy(), cargo.get()), SUBJECT_FACTS),
                        Named.as("subjects"))
                .repartition(Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                        .withName("entity-facts-input")
                        .withNumberOfPartitions(partitions));
        learned.process(
                        step(() -> new Entities(rows.entityFacts().copy(), cargo.get()), ENTITY_FACTS, RESULTS),
                        Named.as("entities"))
                .to(out, Produced.with(Serdes.String(), Serdes.ByteArray()).withName("results"));
        learned.process(step(() -> new Transitions(cargo.get())), Named.as("changes"))
                .to(
                        out + TRANSITIONS,
                        Produced.with(Serdes.String(), Serdes.ByteArray()).withName("transitions"));
        return builder.build();
    }

    private static Properties streams(Properties settings, Path folder) {
        var all = new Properties();
        all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.getProperty("bootstrap.servers"));
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.getProperty("application.id"));
        all.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve("state").toString());
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.getProperty("threads"));
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.getProperty("commit.interval.ms"));
        all.put(StreamsConfig.POLL_MS_CONFIG, settings.getProperty("poll.ms"));
        // As in the evaluator: each change goes to the changelog.
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        all.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 64 * 1024);
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 500);
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 64 * 1024);
        all.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG),
                settings.getProperty("poll.ms"));
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        return all;
    }

    private static ProcessorSupplier<String, byte[], String, byte[]> step(
            Supplier<Processor<String, byte[], String, byte[]>> processor, String... stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, byte[], String, byte[]> get() {
                return processor.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(stores).stream()
                        .map(it -> Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(it), Serdes.String(), Serdes.ByteArray()))
                        .collect(java.util.stream.Collectors.toUnmodifiableSet());
            }
        };
    }

    private static final class Subjects extends ContextualProcessor<String, byte[], String, byte[]> {

        private final Samples rows;
        private final Cargo cargo;

        Subjects(Samples rows, Cargo cargo) {
            this.rows = rows;
            this.cargo = cargo;
        }

        @Override
        public void process(Record<String, byte[]> record) {
            KeyValueStore<String, byte[]> store = context().getStateStore(SUBJECT_FACTS);
            store.put(record.key() + "|vulnerabilities", rows.next());
            var name = record.key().substring(record.key().lastIndexOf('/') + 1);
            context().forward(record.withKey("component:default/" + name).withValue(cargo.handedOver(record.value())));
        }
    }

    private static final class Entities extends ContextualProcessor<String, byte[], String, byte[]> {

        private final Samples rows;
        private final Cargo cargo;

        Entities(Samples rows, Cargo cargo) {
            this.rows = rows;
            this.cargo = cargo;
        }

        @Override
        public void process(Record<String, byte[]> record) {
            KeyValueStore<String, byte[]> facts = context().getStateStore(ENTITY_FACTS);
            KeyValueStore<String, byte[]> results = context().getStateStore(RESULTS);
            cargo.received(record.value());
            facts.put(record.key() + "|vulnerabilities|repo", rows.next());
            var key = record.key() + "|" + Workload.SCORECARD;
            var result = cargo.result();
            results.put(key, result);
            context().forward(record.withKey(key).withValue(result));
        }
    }

    private static final class Transitions extends ContextualProcessor<String, byte[], String, byte[]> {

        private final Cargo cargo;

        Transitions(Cargo cargo) {
            this.cargo = cargo;
        }

        @Override
        public void process(Record<String, byte[]> record) {
            context().forward(record.withValue(cargo.transition()));
        }
    }
}

package dev.muster.evaluator;

import static dev.muster.evaluator.Known.NOON;

import dev.muster.evaluator.entities.Pace;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.evaluator.runtime.StreamsSettings;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.DeadLetter;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.schemas.v1.Transition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/// The whole topology in one thread, with a clock that tests move, and all that it told.
public final class Evaluation implements AutoCloseable {

    private static final AtomicInteger SCOPES = new AtomicInteger();
    private static final List<String> STORES = List.of(
            "claims",
            "subject-facts",
            "subject-claims",
            "whereabouts",
            "entities",
            "entity-facts",
            "results",
            "ended",
            "echoes",
            "timers",
            "sweep",
            "scorecards");

    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final List<String> refused = new ArrayList<>();
    private final Map<String, Object> config;
    private final Pace pace;
    private final LongSupplier nanoTime;
    private final Topics topics;
    private final TopologyTestDriver driver;
    private final Map<String, Result> results = new LinkedHashMap<>();
    private final List<Transition> transitions = new ArrayList<>();
    private final List<TestRecord<String, Result>> resultRecords = new ArrayList<>();
    private final List<FactsObserved> retold = new ArrayList<>();
    private final List<TestRecord<String, Transition>> transitionRecords = new ArrayList<>();
    private final List<Map.Entry<String, Optional<Scorecard>>> published = new ArrayList<>();
    private Instant now;

    public Evaluation() {
        this(new Pace(Duration.ofMillis(100), Duration.ofMillis(100), 50, Duration.ofMinutes(1)));
    }

    public Evaluation(Pace pace) {
        this(pace, () -> 0);
    }

    /// @param nanoTime tells how long work takes
    public Evaluation(Pace pace, LongSupplier nanoTime) {
        this(config(), pace, nanoTime, NOON);
    }

    private Evaluation(Map<String, Object> config, Pace pace, LongSupplier nanoTime, Instant now) {
        this.config = config;
        this.pace = pace;
        this.nanoTime = nanoTime;
        this.now = now;
        var avro = AvroSerdes.from(config);
        topics = new Topics(avro);
        var properties = new Properties();
        properties.putAll(config);
        driver = new TopologyTestDriver(topology(topics, avro, pace), properties, now);
    }

    private Topology topology(Topics topics, AvroSerdes avro, Pace pace) {
        var topology = new EvaluatorTopology(
                topics,
                avro,
                Known.CATALOGUE,
                6,
                pace,
                nanoTime,
                new EvaluatorMeters(meters),
                (topic, _, offset, _, reason, message) ->
                        refused.add("%s@%d %s: %s".formatted(topic, offset, reason, message)));
        return build(topology, topics, config);
    }

    static Topology build(EvaluatorTopology topology, Topics topics, Map<String, Object> config) {
        var properties = new Properties();
        properties.putAll(config);
        var builder = new StreamsBuilder();
        topology.addScorecards(builder);
        topology.connect(
                builder.stream(
                        topics.catalog().name(),
                        Consumed.with(topics.catalog().key(), topics.catalog().value())
                                .withName("catalog")),
                builder.stream(
                        topics.facts().name(),
                        Consumed.with(topics.facts().key(), topics.facts().value())
                                .withName("facts")));
        return builder.build(properties);
    }

    static Map<String, Object> config() {
        try {
            var folder = Files.createTempDirectory("evaluation");
            var settings = new StreamsSettings(folder, 1, 0, null, "classic", Duration.ofMillis(50), 96);
            var config = new HashMap<>(settings.toMap());
            config.put(StreamsConfig.APPLICATION_ID_CONFIG, "muster-evaluator");
            config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
            // The driver forgets what is sent before a record is processed, such as a dead letter, if it has to wait
            // for a transaction; EvaluatorApplicationTest has real ones.
            config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
            config.put("schema.registry.url", "mock://evaluation-" + SCOPES.incrementAndGet());
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same partition after a crash or a move: all stores, another driver.
    public Evaluation restart() {
        return restartLater(Duration.ZERO);
    }

    /// The same after it was down for some time: another driver with a copy of its stores.
    public Evaluation restartLater(Duration down) {
        var moved = new HashMap<>(config);
        moved.put(StreamsConfig.STATE_DIR_CONFIG, config.get(StreamsConfig.STATE_DIR_CONFIG) + "-next");
        var next = new Evaluation(moved, pace, nanoTime, now.plus(down));
        // Their topic is still there: what comes next has an offset behind all of it.
        published.forEach(it -> next.publish(it.getKey(), it.getValue().orElse(null)));
        for (var store : STORES) {
            KeyValueStore<Object, Object> from = driver.getKeyValueStore(store);
            KeyValueStore<Object, Object> to = next.driver.getKeyValueStore(store);
            try (var all = from.all()) {
                all.forEachRemaining(it -> to.put(it.key, it.value));
            }
        }
        next.results.putAll(results);
        next.transitions.addAll(transitions);
        close();
        return next;
    }

    // ---- in

    public Evaluation declare(Entity... entities) {
        for (var entity : entities) {
            pipe(topics.catalog(), entity.getRef(), entity);
        }
        return this;
    }

    public Evaluation delete(String entity) {
        pipe(topics.catalog(), entity, null);
        return this;
    }

    public Evaluation publish(Scorecard.Builder... scorecards) {
        for (var scorecard : scorecards) {
            publish(scorecard.getName(), scorecard.build());
        }
        return this;
    }

    public Evaluation withdraw(String scorecard) {
        publish(scorecard, null);
        return this;
    }

    private void publish(String name, Scorecard scorecard) {
        published.add(Map.entry(name, Optional.ofNullable(scorecard)));
        pipe(topics.scorecards(), name, scorecard);
    }

    public Evaluation observe(String subject, String deliveryId, FactChange... changes) {
        return observe(Known.observed(subject, deliveryId, changes));
    }

    public Evaluation observe(FactsObserved observed) {
        pipe(topics.facts(), observed.getSubject(), observed);
        return this;
    }

    public <V extends SpecificRecord> void pipe(Topic<String, V> topic, String key, V value) {
        pipe(topic, key, value, new RecordHeaders());
    }

    public <V extends SpecificRecord> void pipe(Topic<String, V> topic, String key, V value, Headers headers) {
        driver.createInputTopic(
                        topic.name(), topic.key().serializer(), topic.value().serializer())
                .pipeInput(new TestRecord<>(key, value, headers, now));
        collect();
    }

    public void pipeBytes(String topic, String key, byte[] value) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value, now);
        collect();
    }

    /// Time passes, in one leap.
    public Evaluation pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
        collect();
        return this;
    }

    /// Time passes in steps of a tick, which begin once what was done before is committed.
    public Evaluation tick(int times) {
        for (var i = 0; i < times; i++) {
            pass(Duration.ofMillis(1));
            pass(Duration.ofMillis(100));
        }
        return this;
    }

    // ---- out

    private void collect() {
        resultRecords.clear();
        transitionRecords.clear();
        retold.clear();
        driver
                .createOutputTopic(
                        topics.facts().name(),
                        topics.facts().key().deserializer(),
                        topics.facts().value().deserializer())
                .readRecordsToList()
                .stream()
                .map(TestRecord::value)
                .filter(it -> it.getMoved() != null)
                .forEach(retold::add);
        var told = driver.createOutputTopic(
                topics.results().name(),
                topics.results().key().deserializer(),
                topics.results().value().deserializer());
        told.readRecordsToList().forEach(it -> {
            resultRecords.add(it);
            if (it.value() == null) {
                results.remove(it.key());
            } else {
                results.put(it.key(), it.value());
            }
        });
        driver.createOutputTopic(
                        topics.transitions().name(),
                        topics.transitions().key().deserializer(),
                        topics.transitions().value().deserializer())
                .readRecordsToList()
                .forEach(it -> {
                    transitionRecords.add(it);
                    transitions.add(it.value());
                });
    }

    public Map<String, Result> results() {
        return results;
    }

    public Result result(String entity, String scorecard) {
        return results.get(entity + "|" + scorecard);
    }

    public List<Transition> transitions() {
        return transitions;
    }

    public Transition last() {
        return transitions.getLast();
    }

    /// Results told by the last step.
    public List<TestRecord<String, Result>> resultRecords() {
        return resultRecords;
    }

    /// Facts told again by the last step, of subjects that took the place of others.
    public List<FactsObserved> retold() {
        return retold;
    }

    /// Transitions told by the last step.
    public List<TestRecord<String, Transition>> transitionRecords() {
        return transitionRecords;
    }

    public List<TestRecord<String, DeadLetter>> deadLetters() {
        return driver.createOutputTopic(
                        topics.deadLetters().name(),
                        topics.deadLetters().key().deserializer(),
                        topics.deadLetters().value().deserializer())
                .readRecordsToList();
    }

    public static String header(Headers headers, String name) {
        return headers.lastHeader(name) == null
                ? null
                : new String(headers.lastHeader(name).value());
    }

    public <K, V> Map<K, V> store(String name) {
        KeyValueStore<K, V> store = driver.getKeyValueStore(name);
        var content = new LinkedHashMap<K, V>();
        try (var all = store.all()) {
            all.forEachRemaining(it -> content.put(it.key, it.value));
        }
        return content;
    }

    /// Keys of the rows that a store was given since this was asked last, and of those deleted.
    public List<String> written(String store) {
        return driver
                .createOutputTopic(
                        "muster-evaluator-" + store + "-changelog",
                        new StringDeserializer(),
                        new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(TestRecord::key)
                .toList();
    }

    public double count(String meter, String... tags) {
        var found = meters.find("muster.evaluator." + meter).tags(tags).counters();
        return found.stream().mapToDouble(it -> it.count()).sum();
    }

    public Topics topics() {
        return topics;
    }

    public Instant now() {
        return now;
    }

    @Override
    public void close() {
        driver.close();
    }
}

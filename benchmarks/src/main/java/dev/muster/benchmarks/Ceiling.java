package dev.muster.benchmarks;

import dev.muster.local.parts.Child;
import dev.muster.local.parts.Program;
import dev.muster.schemas.TopicNames;
import dev.muster.testkit.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/// [BareTopology] as a process beside the evaluator: the same JVM options, the same broker, topics of its own.
final class Ceiling implements AutoCloseable {

    /// What is moved, see [Cargo].
    enum Moved {
        BYTES,
        RECORDS;

        String in() {
            return "benchmark." + name().toLowerCase(Locale.ROOT) + ".facts";
        }

        String out() {
            return "benchmark." + name().toLowerCase(Locale.ROOT) + ".results";
        }
    }

    private static final String CHANGELOG = "muster-evaluator-%s-changelog";
    private static final Duration RECENT = Duration.ofSeconds(10);
    private static final int RECENT_RECORDS = 300;

    private final Child child;

    private Ceiling(Child child) {
        this.child = child;
        // Frozen, it would not notice that we end.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /// Starts it, with the values that the evaluator wrote last.
    static Ceiling start(Platform platform, Moved moved, int threads, Duration commitInterval)
            throws IOException, InterruptedException, ExecutionException {
        var folder = Files.createDirectories(folder(platform, moved));
        var partitions = createTopics(platform.bootstrapServers(), moved);
        for (var store : List.of(BareTopology.SUBJECT_FACTS, BareTopology.ENTITY_FACTS, Cargo.RESULTS)) {
            recent(platform.bootstrapServers(), CHANGELOG.formatted(store)).write(folder.resolve(store));
        }
        recent(platform.bootstrapServers(), TopicNames.TRANSITIONS).write(folder.resolve(Cargo.TRANSITIONS));
        var settings = new Properties();
        settings.setProperty("bootstrap.servers", platform.bootstrapServers());
        settings.setProperty("schema.registry.url", platform.registryUrl());
        settings.setProperty(
                "application.id", "muster-benchmark-" + moved.name().toLowerCase(Locale.ROOT));
        settings.setProperty("records", Boolean.toString(moved == Moved.RECORDS));
        settings.setProperty("in", moved.in());
        settings.setProperty("out", moved.out());
        settings.setProperty("partitions", Integer.toString(partitions));
        settings.setProperty("threads", Integer.toString(threads));
        settings.setProperty("commit.interval.ms", Long.toString(commitInterval.toMillis()));
        settings.setProperty("poll.ms", Long.toString(Math.max(5, commitInterval.toMillis() / 2)));
        try (var file = Files.newBufferedWriter(folder.resolve("bare.properties"))) {
            settings.store(file, null);
        }
        var command = new ArrayList<String>();
        command.add(Program.java());
        command.addAll(options(platform.pid("evaluator")));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), BareTopology.class.getName(), folder.toString()));
        return new Ceiling(Child.start(Program.of(
                folder.getFileName().toString(),
                command,
                Map.of(),
                platform.data().resolve("logs/" + folder.getFileName() + ".log"))));
    }

    /// The JVM options of a process, without those about its class archive.
    private static List<String> options(long pid) {
        var arguments = ProcessHandle.of(pid)
                .flatMap(it -> it.info().arguments())
                .orElseThrow(() ->
                        new IllegalStateException("the system does not tell how process " + pid + " was started"));
        return Arrays.stream(arguments)
                .takeWhile(it -> !it.equals("-jar") && !it.equals("-cp"))
                .filter(it -> it.startsWith("-") && !it.startsWith("-D") && !it.contains("SharedArchive"))
                .toList();
    }

    long pid() {
        return child.pid();
    }

    private static Path folder(Platform platform, Moved moved) {
        return platform.data().resolve("bare-" + moved.name().toLowerCase(Locale.ROOT));
    }

    /// How large the values are that it keeps and writes, in bytes, on average.
    static String sizes(Platform platform) throws IOException {
        var sizes = new ArrayList<String>();
        for (var name :
                List.of(BareTopology.SUBJECT_FACTS, BareTopology.ENTITY_FACTS, Cargo.RESULTS, Cargo.TRANSITIONS)) {
            sizes.add(Integer.toString(
                    Samples.read(folder(platform, Moved.BYTES).resolve(name)).size()));
        }
        return String.join(" + ", sizes);
    }

    Path log() {
        return child.log();
    }

    @Override
    public void close() {
        child.stop(Duration.ofSeconds(15));
    }

    /// As many partitions as the evaluator's topics have.
    private static int createTopics(String bootstrapServers, Moved moved)
            throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            var partitions = admin.describeTopics(List.of("muster.facts.v1"))
                    .allTopicNames()
                    .get()
                    .get("muster.facts.v1")
                    .partitions()
                    .size();
            admin.createTopics(Stream.of(moved.in(), moved.out(), moved.out() + BareTopology.TRANSITIONS)
                            .map(it -> new NewTopic(it, partitions, (short) 1))
                            .toList())
                    .all()
                    .get();
            return partitions;
        }
    }

    /// The last values of a topic that are of the size of the largest: of changelogs that hold small ones, too.
    private static Samples recent(String bootstrapServers, String topic) {
        try (var consumer = Committed.consumer(bootstrapServers)) {
            var partitions = Committed.partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.endOffsets(partitions)
                    .forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - RECENT_RECORDS)));
            var values = new ArrayList<byte[]>();
            var deadline = System.nanoTime() + RECENT.toNanos();
            while (System.nanoTime() < deadline) {
                var records = consumer.poll(Duration.ofSeconds(1));
                if (records.isEmpty() && !values.isEmpty()) {
                    break;
                }
                records.forEach(record -> {
                    if (record.value() != null) {
                        values.add(record.value());
                    }
                });
            }
            var largest = values.stream().mapToInt(it -> it.length).max().orElse(0);
            return new Samples(
                    values.stream().filter(it -> it.length > largest / 2).toList());
        }
    }
}

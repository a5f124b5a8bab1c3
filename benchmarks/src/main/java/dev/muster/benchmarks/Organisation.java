package dev.muster.benchmarks;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.TopicNames;
import dev.muster.schemas.Topics;
import dev.muster.testkit.Platform;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Measures a platform that holds an [Estate]: edits of its scorecard, its portal, and a backtest.
final class Organisation {

    /// Threads of the evaluator: as many as there are cores that bars are said for.
    static final int THREADS = 2;

    /// Megabytes of its stores, which is room for half of what it knows of so many entities.
    static final int STORE_MEMORY = 512;

    /// Heaps; a laptop's are too small for what so many entities leave behind.
    static final String EVALUATOR_HEAP = "1g";

    static final String PORTAL_HEAP = "512m";

    private final Settings settings;
    private final Consumer<String> progress;

    Organisation(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /// @param deadLetters records that some service could not use: none, or the figures tell of something else
    /// @param sweep null when it was not asked for
    /// @param pages null when they were not asked for
    /// @param backtest null when it was not asked for
    record Measured(
            long deadLetters,
            Sweep.@Nullable Measured sweep,
            Pages.@Nullable Measured pages,
            Retold.@Nullable Measured backtest) {}

    /// @throws DefinitionException when the scorecard that ships does not read
    Measured measure() throws IOException, InterruptedException, ExecutionException, DefinitionException {
        progress.accept("starting a platform for an organisation");
        var estate = new Estate(settings.entities());
        var environment = Map.of(
                "MUSTER_EVALUATOR_THREADS",
                Integer.toString(THREADS),
                "MUSTER_EVALUATOR_STOREMEMORY",
                Integer.toString(STORE_MEMORY),
                "MUSTER_HEAP_EVALUATOR",
                EVALUATOR_HEAP,
                "MUSTER_HEAP_PORTAL",
                PORTAL_HEAP,
                "MUSTER_TOPICS_PARTITIONS",
                "6",
                "MUSTER_NOTIFIER_GROUPWAIT",
                "30s");
        try (var platform = Platform.start(environment)) {
            try {
                progress.accept(
                        "declaring %d services and all that the rules read about them".formatted(settings.entities()));
                var topics = new Topics(AvroSerdes.from(Map.of("schema.registry.url", platform.registryUrl())));
                estate.settle(topics, platform);
                Rest.await(platform);
                var sweep = settings.sweep() ? new Sweep(estate, progress).measure(platform) : null;
                var pages =
                        settings.pages() > 0 ? new Pages(estate, settings.pages(), progress).measure(platform) : null;
                var backtest = settings.facts() > 0
                        ? new Retold(estate, settings.facts(), progress).measure(topics, platform)
                        : null;
                return new Measured(deadLetters(platform), sweep, pages, backtest);
            } finally {
                if (!settings.keep()) {
                    platform.close();
                    Folders.delete(platform.data());
                }
            }
        }
    }

    private static long deadLetters(Platform platform) {
        try (var consumer = Committed.consumer(platform.bootstrapServers())) {
            var partitions = Committed.partitions(consumer, TopicNames.DEAD_LETTERS);
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(it -> it)
                    .sum();
        }
    }
}

package dev.muster.portal.backtest;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.library.Framework;
import dev.muster.engine.library.ScorecardReader;
import dev.muster.engine.replay.Claimant;
import dev.muster.engine.replay.Replay;
import dev.muster.engine.rule.ScorecardCompiler;
import dev.muster.portal.PortalSettings;
import dev.muster.portal.result.Results;
import dev.muster.portal.scorecard.Scorecards;
import dev.muster.records.FactMapping;
import dev.muster.records.ScorecardMapping;
import dev.muster.records.UnusableRecordException;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Entity;
import dev.muster.service.Problem;
import dev.muster.service.ProblemError;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/// Runs backtests, one at a time, on what stands on the topics of the catalogue and of facts.
///
/// All recorded facts are read, because what was known at `since` was told before it. Memory grows with the subjects
/// and entities that the scorecard scores, never with the number of facts. Entities, owners and claims are those of
/// now.
/// Records are taken at the times at which the broker has them, no later than now.
@Service
class Backtests {

    private final Topics topics;
    private final Consumers consumers;
    private final Results results;
    private final Scorecards scorecards;
    private final PortalSettings settings;
    private final InstantSource clock;
    private final Semaphore one = new Semaphore(1);
    private volatile boolean stopping;
    private volatile @Nullable Framework framework;

    Backtests(
            Topics topics,
            Consumers consumers,
            Results results,
            Scorecards scorecards,
            PortalSettings settings,
            InstantSource clock) {
        this.topics = topics;
        this.consumers = consumers;
        this.results = results;
        this.scorecards = scorecards;
        this.settings = settings;
        this.clock = clock;
    }

    /// A stop does not wait for a backtest.
    @EventListener
    void closed(ContextClosedEvent event) {
        stopping = true;
    }

    /// Runs one.
    ///
    /// @param file name of the file, for mistakes
    /// @throws ProblemException 422 with every mistake of the scorecard, 429 while another one runs, 503 when
    ///     it takes too long or Kafka is not there
    /// @throws IOException when the caller went away
    BacktestReport run(@Nullable String file, String yaml, Duration since, Caller caller) throws IOException {
        if (!one.tryAcquire()) {
            throw Problem.of(ProblemType.TOO_MANY_REQUESTS, "Another backtest runs; there is one at a time")
                    .retryAfter(Duration.ofSeconds(10))
                    .asException();
        }
        try {
            var patience = new Patience(clock, settings.backtest().within(), caller, () -> stopping);
            return replay(scorecard(file, yaml), clock.instant(), since, patience);
        } catch (KafkaException e) {
            throw Problem.of(ProblemType.UNAVAILABLE, "The recorded facts cannot be read now")
                    .retryAfter(Duration.ofSeconds(5))
                    .asException();
        } finally {
            one.release();
        }
    }

    private ScorecardDefinition scorecard(@Nullable String file, String yaml) {
        var known = framework();
        try {
            return new ScorecardReader(known.facts(), known.rules()).read(file, yaml);
        } catch (DefinitionException wrong) {
            throw Problem.of(ProblemType.INVALID_CONTENT, null)
                    .withErrors(wrong.mistakes().stream()
                            .map(it -> ProblemError.of(it.file(), it.line(), it.column(), it.path(), it.message()))
                            .toList())
                    .asException();
        }
    }

    /// Read when it is first needed: most portals never run a backtest.
    private Framework framework() {
        var known = framework;
        if (known == null) {
            var shipped = Framework.fromClassPath();
            var folder = settings.backtest().frameworkDir();
            try {
                known = folder == null ? shipped : shipped.and(folder);
            } catch (DefinitionException wrong) {
                throw new IllegalStateException("muster.portal.backtest.framework-dir: " + wrong.getMessage(), wrong);
            }
            framework = known;
        }
        return known;
    }

    private BacktestReport replay(ScorecardDefinition definition, Instant now, Duration span, Patience patience)
            throws IOException {
        var since = now.minus(span);
        var catalogue = framework().facts();
        var compiled = new ScorecardCompiler(catalogue).compile(definition, 1);
        var tally = new Tally(definition);
        var claimants = entities(patience).values().stream()
                .map(it -> new Claimant(ScorecardMapping.toEngine(it), Set.copyOf(it.getClaims())))
                .toList();
        var replay = new Replay(compiled, catalogue, claimants, since, tally);
        var facts = new Facts(replay, now);
        read(topics.facts().name(), facts, patience);
        replay.advance(now);
        var live = scorecards
                .find(definition.name())
                .map(it -> Comparison.of(it.version(), results.standings(definition.name()), replay.results()))
                .orElse(null);
        return tally.report(facts.recorded(since), replay.results().values(), live);
    }

    private Map<String, Entity> entities(Patience patience) throws IOException {
        var topic = topics.catalog();
        var entities = new HashMap<String, Entity>();
        read(
                topic.name(),
                record -> {
                    try {
                        var entity = record.value() == null
                                ? null
                                : topic.value().deserializer().deserialize(topic.name(), record.value());
                        if (entity == null) {
                            entities.remove(record.key());
                        } else if (entity.getRef().equals(record.key())) {
                            entities.put(entity.getRef(), entity);
                        }
                    } catch (SerializationException _) {
                        // The evaluator gives up such a record too, and tells of it.
                    }
                },
                patience);
        return entities;
    }

    private void read(String topic, History.Reader reader, Patience patience) throws IOException {
        try (var consumer = consumers.open()) {
            new History(consumer, topic).read(reader, patience);
        }
    }

    /// Takes records of facts.
    private final class Facts implements History.Reader {

        private final Replay replay;
        private final Instant now;
        private long facts;
        private long unreadable;
        private @Nullable Instant from;

        Facts(Replay replay, Instant now) {
            this.replay = replay;
            this.now = now;
        }

        @Override
        public void take(ConsumerRecord<String, byte[]> record) {
            var at = Instant.ofEpochMilli(record.timestamp());
            from = from == null ? at : from;
            try {
                var observed = topics.facts().value().deserializer().deserialize(record.topic(), record.value());
                if (observed == null || !observed.getSubject().equals(record.key())) {
                    unreadable++;
                    return;
                }
                for (var change : FactMapping.toEngine(observed)) {
                    replay.take(at.isAfter(now) ? now : at, record.key(), change);
                }
                facts++;
            } catch (SerializationException | UnusableRecordException _) {
                unreadable++;
            }
        }

        Tally.Recorded recorded(Instant since) {
            return new Tally.Recorded(since, now, facts, unreadable, from);
        }
    }
}

package dev.muster.portal.backtest;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.library.ScorecardReader;
import dev.muster.engine.replay.Replay;
import dev.muster.engine.replay.Wanted;
import dev.muster.engine.result.Declared;
import dev.muster.engine.rule.ScorecardCompiler;
import dev.muster.portal.PortalSettings;
import dev.muster.portal.consumer.Consumers;
import dev.muster.portal.recorded.Caller;
import dev.muster.portal.recorded.History;
import dev.muster.portal.recorded.KnownFramework;
import dev.muster.portal.recorded.Patience;
import dev.muster.portal.recorded.Retelling;
import dev.muster.portal.recorded.Turns;
import dev.muster.portal.result.Results;
import dev.muster.portal.scorecard.Scorecards;
import dev.muster.schemas.Topics;
import dev.muster.service.Problem;
import dev.muster.service.ProblemError;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/// Runs backtests, one at a time, on what stands on the topics of the catalogue and of facts. A draft is
/// judged as if it were none, and a rule that counts from some day on as if it had always: what they would
/// do is what is asked.
///
/// All recorded facts are read, because what was known at `since` was told before it: once to find the entities that
/// the scorecard applied to, and once more for each slice of them. What one slice knows and claims is held at a time
/// (`muster.portal.backtest.entities`); of all other entities only their names, what they claimed, and a line of the
/// report each; never anything for each fact. How many entities a slice has makes no difference to the report. Of
/// records that the slice does not claim only the key is looked at.
///
/// Entities, owners and claims are those of the time, as far as they are recorded. Records are taken at the times at
/// which the broker has them; those of a time that has yet to come are passed over.
@Service
class Backtests {

    private static final Declared NOBODY = new Declared(Instant.MIN, null, null);

    /// Records of facts may be large, so few come at a time; and no pass waits long at its end for what comes later.
    private static final Map<String, Integer> READING =
            Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100, ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);

    private final Topics topics;
    private final Consumers consumers;
    private final KnownFramework framework;
    private final Results results;
    private final Scorecards scorecards;
    private final InstantSource clock;
    private final int entities;
    private final Turns turns;

    Backtests(
            Topics topics,
            Consumers consumers,
            KnownFramework framework,
            Results results,
            Scorecards scorecards,
            PortalSettings settings,
            InstantSource clock) {
        this.topics = topics;
        this.consumers = consumers;
        this.framework = framework;
        this.results = results;
        this.scorecards = scorecards;
        this.clock = clock;
        this.entities = settings.backtest().entities();
        var bounds = new Patience.Bounds("backtest", settings.backtest().within(), "muster.portal.backtest.within");
        this.turns = new Turns(1, bounds, clock);
    }

    @EventListener
    void closed(ContextClosedEvent event) {
        turns.stop();
    }

    /// Runs one.
    ///
    /// @param file name of the file, for mistakes
    /// @throws ProblemException 422 with every mistake of the scorecard, 429 while another one runs, 503 when
    ///     it takes too long or Kafka is not there
    /// @throws IOException when the caller went away
    BacktestReport run(@Nullable String file, String yaml, Duration since, Caller caller) throws IOException {
        return turns.take(caller, patience -> replay(scorecard(file, yaml), clock.instant(), since, patience));
    }

    private ScorecardDefinition scorecard(@Nullable String file, String yaml) {
        var known = framework.get();
        try {
            return new ScorecardReader(known.facts(), known.rules())
                    .read(file, yaml)
                    .counting();
        } catch (DefinitionException wrong) {
            throw Problem.of(ProblemType.INVALID_CONTENT, null)
                    .withErrors(wrong.mistakes().stream()
                            .map(it -> ProblemError.of(it.file(), it.line(), it.column(), it.path(), it.message()))
                            .toList())
                    .asException();
        }
    }

    private BacktestReport replay(ScorecardDefinition definition, Instant now, Duration span, Patience patience)
            throws IOException {
        var compiler = new ScorecardCompiler(framework.get().facts());
        var compiled = compiler.compile(definition, 1);
        var tally = new Tally(definition);
        var comparison = new Comparison();
        try (var consumer = consumers.open(READING)) {
            var partitions =
                    new ArrayList<>(History.all(consumer, topics.catalog().name()));
            partitions.addAll(History.all(consumer, topics.facts().name()));
            var history = new History(consumer, partitions);
            var scored = new Scored(topics, compiled);
            history.read(it -> isPast(it, now), scored, patience);
            var all = scored.all();
            for (var slice : scored.slices(entities)) {
                var wanted = new Wanted(slice.subjects()::contains, compiled.factsRead()::contains);
                var replay = new Replay(framework.get().facts(), wanted, now.minus(span), tally);
                replay.publish(Instant.MIN, compiled, NOBODY);
                history.read(
                        it -> isPast(it, now) && all.has(it),
                        telling(slice, replay, new Retelling(topics, replay, compiler)),
                        patience);
                replay.advance(now);
                tally.finished(replay.results().values());
                replay.results().values().forEach(comparison::here);
            }
            var live = scorecards.find(definition.name()).map(it -> {
                results.standings(definition.name(), comparison::live);
                return comparison.of(it.version());
            });
            var recorded = new Tally.Recorded(now.minus(span), now, scored.facts(), scored.unreadable(), scored.from());
            return tally.report(recorded, live.orElse(null));
        }
    }

    /// Tells the records of a slice. Time passes for all slices alike, also where the times of records go back.
    private static History.Reader telling(Scored.Slice slice, Replay replay, Retelling told) {
        return record -> {
            replay.advance(Instant.ofEpochMilli(record.timestamp()));
            if (slice.has(record)) {
                told.take(record);
            }
        };
    }

    private static boolean isPast(ConsumerRecord<?, ?> record, Instant now) {
        return record.timestamp() <= now.toEpochMilli();
    }
}

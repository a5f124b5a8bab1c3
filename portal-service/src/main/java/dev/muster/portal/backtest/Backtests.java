package dev.muster.portal.backtest;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.library.ScorecardReader;
import dev.muster.engine.replay.Replay;
import dev.muster.engine.replay.Wanted;
import dev.muster.engine.result.Declared;
import dev.muster.engine.rule.CompiledScorecard;
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
import dev.muster.records.ScorecardMapping;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/// Runs backtests, one at a time, on what stands on the topics of the catalogue and of facts. A draft is
/// judged as if it were none, and a rule that counts from some day on as if it had always: what they would
/// do is what is asked.
///
/// All recorded facts are read, because what was known at `since` was told before it. Memory grows with the entities,
/// and with the subjects that those claim which the scorecard scores; never with the number of facts. Entities, owners
/// and claims are those of the time, as far as they are recorded. Records are taken at the times at which the broker
/// has them; those of a time that has yet to come are passed over.
@Service
class Backtests {

    private static final Declared NOBODY = new Declared(Instant.MIN, null, null);

    private final Topics topics;
    private final Consumers consumers;
    private final KnownFramework framework;
    private final Results results;
    private final Scorecards scorecards;
    private final InstantSource clock;
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
        var backtest = new Backtest(compiler, compiled, scored(compiled, patience), now.minus(span), now);
        var again = backtest.again(patience);
        // Names went to subjects that nobody claimed: what is known of those counts, too.
        while (backtest.claims.addAll(again.replay().missing())) {
            again = backtest.again(patience);
        }
        return report(definition, backtest, again);
    }

    private BacktestReport report(ScorecardDefinition definition, Backtest backtest, Again again) {
        var made = again.replay().results();
        var live = scorecards
                .find(definition.name())
                .map(it -> Comparison.of(it.version(), results.standings(definition.name()), made))
                .orElse(null);
        var told = again.told();
        var recorded = new Tally.Recorded(backtest.since, backtest.now, told.facts(), told.unreadable(), told.from());
        return again.tally().report(recorded, made.values(), live);
    }

    /// What was told, once more.
    private record Again(Replay replay, Retelling told, Tally tally) {}

    private final class Backtest {

        private final ScorecardCompiler compiler;
        private final CompiledScorecard compiled;
        private final Scored scored;
        private final Set<String> claims;
        private final Instant since;
        private final Instant now;

        Backtest(ScorecardCompiler compiler, CompiledScorecard compiled, Scored scored, Instant since, Instant now) {
            this.compiler = compiler;
            this.compiled = compiled;
            this.scored = scored;
            this.claims = new HashSet<>(scored.claims());
            this.since = since;
            this.now = now;
        }

        Again again(Patience patience) throws IOException {
            var tally = new Tally(compiled.definition());
            var wanted = new Wanted(claims::contains, compiled.factsRead()::contains);
            var replay = new Replay(framework.get().facts(), wanted, since, tally);
            replay.publish(Instant.MIN, compiled, NOBODY);
            var told = new Retelling(topics, replay, compiler);
            try (var consumer = consumers.open()) {
                var partitions =
                        new ArrayList<>(History.all(consumer, topics.catalog().name()));
                partitions.addAll(History.all(consumer, topics.facts().name()));
                new History(consumer, partitions, it -> it.timestamp() <= now.toEpochMilli() && scored.mayCount(it))
                        .read(told, patience);
            }
            replay.advance(now);
            return new Again(replay, told, tally);
        }
    }

    /// Entities that the scorecard applied to at any time, and what they claimed then.
    private final class Scored {

        private final Set<String> entities = new HashSet<>();
        private final Set<String> claims = new HashSet<>();

        Set<String> claims() {
            return claims;
        }

        boolean mayCount(ConsumerRecord<String, byte[]> record) {
            return !record.topic().equals(topics.catalog().name()) || entities.contains(record.key());
        }
    }

    private Scored scored(CompiledScorecard scorecard, Patience patience) throws IOException {
        var scored = new Scored();
        try (var consumer = consumers.open()) {
            new History(consumer, History.all(consumer, topics.catalog().name()), _ -> true)
                    .read(
                            record -> {
                                var entity = entity(record);
                                if (entity != null && scorecard.appliesTo(ScorecardMapping.toEngine(entity))) {
                                    scored.entities.add(entity.getRef());
                                    scored.claims.addAll(entity.getClaims());
                                }
                            },
                            patience);
        }
        return scored;
    }

    private @Nullable Entity entity(ConsumerRecord<String, byte[]> record) {
        try {
            return Retelling.read(topics.catalog(), record);
        } catch (SerializationException _) {
            return null; // the evaluator gives up such a record too, and tells of it
        }
    }
}

package dev.muster.portal.asof;

import static java.util.stream.Collectors.toMap;

import dev.muster.engine.replay.Replay;
import dev.muster.engine.replay.Wanted;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.RuleOutcome;
import dev.muster.engine.rule.ScorecardCompiler;
import dev.muster.portal.PortalSettings;
import dev.muster.portal.consumer.Consumers;
import dev.muster.portal.recorded.Caller;
import dev.muster.portal.recorded.History;
import dev.muster.portal.recorded.KnownFramework;
import dev.muster.portal.recorded.Patience;
import dev.muster.portal.recorded.Retelling;
import dev.muster.portal.recorded.Turns;
import dev.muster.portal.transition.PastStanding;
import dev.muster.portal.transition.PastStandings;
import dev.muster.schemas.Topics;
import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/// Makes a result of the past again: of the versions of the entity and of the scorecard, and of the facts of everything
/// that the entity claimed, each counted from the time at which the broker has its record.
///
/// Only partitions in which they can stand are read, and of those only their own records are looked at. Memory grows
/// with what the entity knew, never with the number of records. What facts are called and of which type they are is
/// taken from the fact catalogue of now.
@Service
class PastResults {

    private static final int AT_ONCE = 2;

    private final Topics topics;
    private final Consumers consumers;
    private final KnownFramework framework;
    private final PastStandings standings;
    private final Turns turns;

    PastResults(
            Topics topics,
            Consumers consumers,
            KnownFramework framework,
            PastStandings standings,
            PortalSettings settings,
            InstantSource clock) {
        this.topics = topics;
        this.consumers = consumers;
        this.framework = framework;
        this.standings = standings;
        var bounds = new Patience.Bounds("result of the past", settings.asOf().within(), "muster.portal.as-of.within");
        this.turns = new Turns(AT_ONCE, bounds, clock);
    }

    @EventListener
    void closed(ContextClosedEvent event) {
        turns.stop();
    }

    /// How it stood.
    ///
    /// @param asOf in whole milliseconds, not in the future
    /// @param explain whether to say why
    /// @throws ProblemException 404 when there was no such result, or nothing is recorded of that time; 429
    ///     and 503 as [Turns] says
    /// @throws IOException when the caller went away
    AsOfView find(String entity, String scorecard, Instant asOf, boolean explain, Caller caller) throws IOException {
        return turns.take(caller, patience -> new Question(entity, scorecard, asOf, explain, patience).answer());
    }

    /// One question, asked once.
    private final class Question {

        private final String entity;
        private final String scorecard;
        private final Instant asOf;
        private final boolean explain;
        private final Patience patience;
        private final Set<String> claims = new TreeSet<>();

        Question(String entity, String scorecard, Instant asOf, boolean explain, Patience patience) {
            this.entity = entity;
            this.scorecard = scorecard;
            this.asOf = asOf;
            this.explain = explain;
            this.patience = patience;
        }

        AsOfView answer() throws IOException {
            declarations();
            var again = again();
            while (claims.addAll(again.missing())) {
                again = again();
            }
            return view(again);
        }

        /// Finds out what was claimed, and makes sure that both were there.
        private void declarations() throws IOException {
            var entities = new Past("entity", asOf);
            var scorecards = new Past("scorecard", asOf);
            try (var consumer = consumers.open()) {
                new History(consumer, declared(consumer))
                        .read(
                                this::isOurs,
                                record -> {
                                    var at = Instant.ofEpochMilli(record.timestamp());
                                    if (record.topic()
                                            .equals(topics.scorecards().name())) {
                                        scorecards.take(at, record.value() != null);
                                    } else if (entities.take(at, record.value() != null)) {
                                        claims.addAll(claims(record));
                                    }
                                },
                                patience);
            }
            entities.check();
            scorecards.check();
        }

        private List<String> claims(ConsumerRecord<String, byte[]> record) {
            try {
                var read = Retelling.read(topics.catalog(), record);
                return read == null ? List.of() : read.getClaims();
            } catch (SerializationException _) {
                return List.of(); // the evaluator gave it up, too
            }
        }

        /// What was told, once more.
        private record Again(Replay replay, LastCause cause) {

            /// Names went to subjects that nobody claimed: what is known of those counts, too.
            Set<String> missing() {
                return replay.missing();
            }
        }

        private Again again() throws IOException {
            var catalogue = framework.get().facts();
            var cause = new LastCause();
            var replay = new Replay(catalogue, new Wanted(claims::contains, _ -> true), Instant.MIN, cause);
            var told = new Retelling(topics, replay, new ScorecardCompiler(catalogue));
            try (var consumer = consumers.open()) {
                var facts = History.of(consumer, topics.facts().name(), claims);
                check(consumer, facts);
                var partitions = new ArrayList<>(declared(consumer));
                partitions.addAll(facts);
                new History(consumer, partitions)
                        .read(it -> isOurs(it) && it.timestamp() <= asOf.toEpochMilli(), told, patience);
            }
            replay.advance(asOf);
            return new Again(replay, cause);
        }

        private AsOfView view(Again again) {
            var replay = again.replay();
            var result = replay.results().get(entity);
            if (result == null) {
                throw Problem.of(ProblemType.NOT_FOUND, "The scorecard did not apply to the entity then")
                        .asException();
            }
            var definition = replay.scorecard().orElseThrow().definition();
            var standing = standings.find(entity, scorecard, asOf);
            var version = standing.map(PastStanding::version).orElse(0L);
            return new AsOfView(
                    asOf,
                    Views.of(result, definition, version, again.cause().find().orElseThrow()),
                    standing.map(Question::recorded).orElse(null),
                    standing.map(it -> agrees(result, it)).orElse(null),
                    explain ? replay.explain(entity) : List.of());
        }

        /// Facts are kept for a time: of an instant before the first that is still there not all is known.
        private void check(Consumer<?, ?> consumer, List<TopicPartition> facts) {
            History.begin(consumer, facts).filter(it -> it.isAfter(asOf)).ifPresent(from -> {
                throw Problem.of(ProblemType.NOT_FOUND, "Facts are recorded from %s on".formatted(from))
                        .with("recordedFrom", from)
                        .asException();
            });
        }

        /// A version of the scorecard counts before an entity of the same millisecond, and both before facts.
        private List<TopicPartition> declared(Consumer<?, ?> consumer) {
            return Stream.concat(
                            History.of(consumer, topics.scorecards().name(), List.of(scorecard)).stream(),
                            History.of(consumer, topics.catalog().name(), List.of(entity)).stream())
                    .toList();
        }

        private boolean isOurs(ConsumerRecord<String, byte[]> record) {
            var topic = record.topic();
            if (topic.equals(topics.facts().name())) {
                return record.key() != null && claims.contains(record.key());
            }
            return (topic.equals(topics.catalog().name()) ? entity : scorecard).equals(record.key());
        }

        private static AsOfView.Recorded recorded(PastStanding it) {
            var standing = it.standing();
            return new AsOfView.Recorded(
                    it.version(),
                    standing == null ? null : standing.level(),
                    standing == null ? null : standing.score(),
                    standing == null ? null : standing.coverage(),
                    it.kind(),
                    it.at());
        }

        private static boolean agrees(Result made, PastStanding recorded) {
            var standing = recorded.standing();
            var outcomes = made.rules().stream()
                    .collect(toMap(RuleOutcome::rule, it -> it.outcome().name()));
            return standing != null
                    && Objects.equals(made.level(), standing.level())
                    && made.score() == standing.score()
                    && made.coverage() == standing.coverage()
                    && outcomes.equals(recorded.outcomes());
        }
    }
}

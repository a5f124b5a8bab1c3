package dev.muster.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Cause;
import dev.muster.schemas.v1.CauseKind;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.RuleChange;
import dev.muster.schemas.v1.Standing;
import dev.muster.schemas.v1.Transition;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Transitions of the past, as the evaluator of such an estate had written them: in the order of time, one service
/// after another, of each a rule that fails and then passes again.
final class History {

    private static final Duration PAST = Duration.ofDays(90);

    private final Estate estate;
    private final Map<String, Outcome> allPass = new HashMap<>();
    private final List<RuleChange> broken;
    private final List<RuleChange> mended;

    History(Estate estate) {
        this.estate = estate;
        var rules = estate.scorecard().rules();
        rules.forEach(rule -> allPass.put(rule.id(), Outcome.PASS));
        this.broken = List.of(change(rules.getFirst().id(), Outcome.PASS, Outcome.FAIL));
        this.mended = List.of(change(rules.getFirst().id(), Outcome.FAIL, Outcome.PASS));
    }

    private static RuleChange change(String rule, Outcome before, Outcome after) {
        return RuleChange.newBuilder()
                .setRule(rule)
                .setTitle("What the rule asks for, in a few words")
                .setLevel("bronze")
                .setBefore(before)
                .setAfter(after)
                .setMessage("2 critical alerts are open, the oldest for 9 d; the limit is 7 d")
                .setRemediation("Take the fixed version of the dependency, or say why it does not matter here.")
                .build();
    }

    /// Writes `count` of them and waits until the broker has all.
    ///
    /// @throws IllegalStateException when it refuses one
    void write(Topics topics, String bootstrapServers, int count) {
        var refused = new AtomicReference<Exception>();
        var end = Instant.now().minus(Duration.ofHours(1));
        var step = PAST.dividedBy(count);
        try (var producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        20,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (var i = 0; i < count && refused.get() == null; i++) {
                var transition = transition(i, end.minus(step.multipliedBy(count - i)));
                producer.send(record(topics, transition), (_, e) -> {
                    if (e != null) {
                        refused.set(e);
                    }
                });
            }
        }
        if (refused.get() != null) {
            throw new IllegalStateException("the history cannot be written", refused.get());
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Topics topics, Transition it) {
        var topic = topics.transitions();
        var headers = CloudEventHeaders.of(
                it.getId(),
                "/muster/evaluator",
                "dev.muster.transition." + (it.getKind() == TransitionKind.REGRESSED ? "regressed" : "recovered")
                        + ".v1",
                it.getAt(),
                it.getEntity(),
                it.getCause().getDeliveryId());
        return new ProducerRecord<>(
                topic.name(),
                null,
                it.getEntity().getBytes(UTF_8),
                topic.value().serializer().serialize(topic.name(), it),
                headers);
    }

    private Transition transition(int number, Instant at) {
        var service = number % estate.services();
        var turn = number / estate.services();
        var breaks = turn % 2 == 0;
        var rule = broken.getFirst().getRule();
        var passes = new Standing("gold", 100, 100, allPass);
        var outcomes = new HashMap<>(allPass);
        outcomes.put(rule, Outcome.FAIL);
        var fails = new Standing(null, 96, 100, outcomes);
        return Transition.newBuilder()
                .setId("history-" + number)
                .setEntity(Estate.service(service))
                .setScorecard(Estate.SCORECARD)
                .setScorecardTitle("Production readiness")
                .setScorecardVersion(1)
                .setVersion(turn + 1L)
                .setKind(breaks ? TransitionKind.REGRESSED : TransitionKind.RECOVERED)
                .setAt(at)
                .setBefore(breaks ? passes : fails)
                .setAfter(breaks ? fails : passes)
                .setChanges(breaks ? broken : mended)
                .setCause(Cause.newBuilder()
                        .setKind(CauseKind.FACT)
                        .setSource("github")
                        .setConnection("github")
                        .setDeliveryId("past-" + number)
                        .setActor("octavia")
                        .setUrl("https://github.com/acme/" + Workload.repository(service))
                        .setSubject("repo:github.com/acme/" + Workload.repository(service))
                        .setFact("vulnerabilities")
                        .setAt(at)
                        .setScorecardVersion(1)
                        .build())
                .setOwner(Estate.owner(service))
                .setTier(1)
                .setNotify(false)
                .build();
    }
}

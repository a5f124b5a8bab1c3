package dev.muster.evaluator;

import static dev.muster.evaluator.FactsAndClaimsTest.outcomes;
import static dev.muster.evaluator.Known.NOON;
import static dev.muster.evaluator.Known.PAYMENTS;
import static dev.muster.evaluator.Known.REPO;
import static dev.muster.evaluator.Known.coverage;
import static dev.muster.evaluator.Known.covered;
import static dev.muster.evaluator.Known.entity;
import static dev.muster.evaluator.Known.noCritical;
import static dev.muster.evaluator.Known.observed;
import static dev.muster.evaluator.Known.rule;
import static dev.muster.evaluator.Known.scorecard;
import static dev.muster.evaluator.Known.set;
import static dev.muster.evaluator.Known.upsert;
import static dev.muster.evaluator.Known.vulnerability;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.TopicNames;
import dev.muster.schemas.v1.DeadLetter;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.RuleOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLettersTest {

    private final Evaluation muster = new Evaluation();

    @AfterEach
    void stop() {
        muster.close();
    }

    @Test
    void bytesThatDoNotReadBecomeADeadLetterAndTheirNeighboursGoOn() {
        muster.publish(scorecard("ready", 1, noCritical())).declare(entity(PAYMENTS, REPO));

        muster.pipeBytes(TopicNames.FACTS, REPO, "not avro".getBytes(UTF_8));
        muster.pipeBytes(TopicNames.CATALOG, PAYMENTS, new byte[] {0, 0, 0, 99, 99, 1});
        muster.observe(REPO, "d1", vulnerability("v1", "critical", NOON));

        assertThat(outcomes(muster.result(PAYMENTS, "ready"))).containsEntry("no-critical", Outcome.FAIL);
        var letters = muster.deadLetters();
        assertThat(letters).hasSize(2);
        DeadLetter first = letters.getFirst().value();
        assertThat(letters.getFirst().key()).isEqualTo(REPO);
        assertThat(first.getTopic()).isEqualTo(TopicNames.FACTS);
        assertThat(first.getReason()).isEqualTo("UNREADABLE");
        assertThat(first.getService()).isEqualTo("evaluator");
        assertThat(first.getStage()).isEqualTo("facts");
        assertThat(UTF_8.decode(first.getValue()).toString()).isEqualTo("not avro");
        assertThat(first.getMessage()).isNotBlank();
    }

    @Test
    void aRecordWithoutAKeyIsNotDroppedInSilence() {
        muster.pipe(muster.topics().facts(), null, observed(REPO, "d1", vulnerability("v1", "critical", NOON)));
        muster.pipe(muster.topics().catalog(), null, entity(PAYMENTS));

        assertThat(muster.deadLetters())
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(it -> assertThat(it.value().getReason()).isEqualTo("INVALID"));
    }

    @Test
    void aRecordIsAppliedAsAWholeOrNotAtAll() {
        var broken = observed(REPO, "d1", vulnerability("v1", "critical", NOON), vulnerability("v2", "low", NOON));
        broken = new dev.muster.schemas.v1.FactsObserved(
                REPO,
                List.of(
                        broken.getChanges().getFirst(),
                        new dev.muster.schemas.v1.FactChange(
                                "coverage", FactChangeKind.SET, null, "", null, Map.of(), NOON, 0, false, 0L)),
                broken.getOrigin(),
                NOON,
                null);

        muster.observe(broken);

        assertThat(muster.deadLetters())
                .singleElement()
                .satisfies(it -> assertThat(it.value().getMessage())
                        .isEqualTo("a change of kind SET to the fact coverage has no value"));
        assertThat(muster.store("subject-facts")).isEmpty();
    }

    @Test
    void aKeyThatIsNotTheSubjectIsRefused() {
        muster.pipe(muster.topics().facts(), "repo:other", observed(REPO, "d1", vulnerability("v1", "low", NOON)));

        assertThat(muster.deadLetters()).hasSize(1);
    }

    @Test
    void aNameWithANulIsRefused() {
        muster.observe("repo:a\0b", "d1", vulnerability("v1", "low", NOON));

        assertThat(muster.deadLetters()).hasSize(1);
    }

    @Test
    void aRegisterThatWouldBeTooLargeForItsChangelogIsRefusedAndStaysAsItWas() {
        muster.observe(REPO, "d1", vulnerability("v1", "low", NOON));
        var large = "\"" + "x".repeat(9 * 1024 * 1024) + "\"";

        muster.observe(REPO, "d2", upsert("vulnerabilities", "v2", large, NOON.plusSeconds(1)));

        assertThat(muster.deadLetters())
                .singleElement()
                .satisfies(it -> assertThat(it.value().getReason()).isEqualTo("TOO_LARGE"));
        assertThat(muster.store("subject-facts").keySet())
                .hasSize(2)
                .noneMatch(it -> it.toString().endsWith("v2"));
    }

    @Test
    void anItemWhoseIdNoKeyCanHoldIsADeadLetterAndNothingOfItsRecordCounts() {
        muster.observe(REPO, "d1", coverage(80, NOON), upsert("vulnerabilities", "v\0", "{}", NOON));

        assertThat(muster.deadLetters())
                .singleElement()
                .satisfies(it -> assertThat(it.value().getMessage()).contains("NUL"));
        assertThat(muster.store("subject-facts")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -62_135_596_800_001L, -1, 253_402_300_800_000L, Long.MAX_VALUE})
    void aTimeThatCannotBeStopsNobody(long millis) {
        muster.publish(scorecard(
                        "ready",
                        1,
                        rule("fresh", "coverage.newCode >= 80.0", "bronze")
                                .setFreshMillis(86_400_000L)
                                .build(),
                        noCritical()))
                .declare(entity(PAYMENTS, REPO));

        muster.observe(REPO, "d1", coverage(90, Instant.ofEpochMilli(millis)));
        muster.observe(REPO, "d2", vulnerability("v1", "critical", NOON));

        assertThat(outcomes(muster.result(PAYMENTS, "ready")))
                .containsEntry("no-critical", Outcome.FAIL)
                .containsEntry("fresh", millis > NOON.toEpochMilli() ? Outcome.PASS : Outcome.STALE);
        assertThat(muster.deadLetters()).isEmpty();
    }

    @Test
    void aFactThatNobodyDeclaredIsKeptAndStopsNobody() {
        muster.publish(scorecard("ready", 1, noCritical())).declare(entity(PAYMENTS, REPO));

        muster.observe(REPO, "d1", set("no-such-fact", "1", NOON), vulnerability("v1", "critical", NOON));

        assertThat(outcomes(muster.result(PAYMENTS, "ready"))).containsEntry("no-critical", Outcome.FAIL);
        assertThat(muster.store("subject-facts").keySet())
                .anyMatch(it -> it.toString().contains("no-such-fact"));
        assertThat(muster.deadLetters()).isEmpty();
    }

    @Test
    void valuesThatAreNotJsonOrHostileStopNobody() {
        muster.publish(scorecard("ready", 1, covered(), noCritical())).declare(entity(PAYMENTS, REPO));

        for (var value :
                List.of("", "{", "[".repeat(100_000), "{\"newCode\":1,\"newCode\":99}", "{\"newCode\":1e999}")) {
            muster.observe(REPO, "d1", set("coverage", value, NOON));
        }
        muster.observe(REPO, "d2", vulnerability("v1", "critical", NOON));

        assertThat(outcomes(muster.result(PAYMENTS, "ready")))
                .containsEntry("no-critical", Outcome.FAIL)
                .doesNotContainEntry("covered", Outcome.PASS);
    }

    @Test
    void aRuleThatWouldNotEndOrDoesNotFitIsAnErrorAndItsNeighboursCount() {
        var doubling = "['0123456789'].exists(x, " + "[x + x].exists(x, ".repeat(28) + "x != ''" + ")".repeat(29);
        muster.publish(scorecard(
                        "ready",
                        1,
                        rule("doubling", doubling),
                        rule("untyped", "coverage.newCode >= '80'"),
                        rule("unknown", "vulnerabilites.size() == 0"),
                        noCritical()))
                .declare(entity(PAYMENTS, REPO));

        muster.observe(REPO, "d1", vulnerability("v1", "critical", NOON));

        assertThat(outcomes(muster.result(PAYMENTS, "ready")))
                .containsEntry("doubling", Outcome.ERROR)
                .containsEntry("untyped", Outcome.ERROR)
                .containsEntry("unknown", Outcome.ERROR)
                .containsEntry("no-critical", Outcome.FAIL);
        assertThat(muster.result(PAYMENTS, "ready").getRules())
                .extracting(RuleOutcome::getMessage)
                .anyMatch(it -> it.contains("made texts and lists of more than"))
                .anyMatch(it -> it.contains("'>=' cannot be applied to (double, string)"))
                .anyMatch(it -> it.contains("did you mean 'vulnerabilities'?"));
    }

    @Test
    void aScorecardThatDoesNotReadIsRefusedAndTheOneBeforeStays() {
        muster.publish(scorecard("ready", 1, noCritical())).declare(entity(PAYMENTS, REPO));

        muster.pipeBytes(TopicNames.SCORECARDS, "ready", "not avro".getBytes(UTF_8));
        muster.tick(2);

        assertThat(muster.refused).singleElement().asString().contains("muster.scorecards.v1@1 UNREADABLE");
        assertThat(muster.result(PAYMENTS, "ready").getScorecardVersion()).isEqualTo(1);
    }
}

package dev.muster.evaluator.mapping;

import static dev.muster.engine.result.Outcome.FAIL;
import static dev.muster.engine.result.Outcome.PASS;
import static dev.muster.evaluator.Known.NOON;
import static dev.muster.evaluator.Known.REPO;
import static dev.muster.evaluator.Known.coverage;
import static dev.muster.evaluator.Known.invalidate;
import static dev.muster.evaluator.Known.observed;
import static dev.muster.evaluator.Known.remove;
import static dev.muster.evaluator.Known.snapshot;
import static dev.muster.evaluator.Known.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Registers;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.RuleOutcome;
import dev.muster.engine.result.TransitionKind;
import dev.muster.engine.rule.EntityView;
import dev.muster.engine.rule.ScorecardCompiler;
import dev.muster.evaluator.Known;
import dev.muster.records.FactMapping;
import dev.muster.records.ScorecardMapping;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.v1.Cause;
import dev.muster.schemas.v1.CauseKind;
import dev.muster.schemas.v1.Scorecard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingTest {

    private static final List<FactChange> CHANGES = FactMapping.toEngine(observed(
            REPO,
            "d1",
            vulnerability("v1", "critical", NOON),
            snapshot("vulnerabilities", Map.of("v2", "{}", "v3", "{}"), NOON.plusSeconds(1)),
            remove("vulnerabilities", "v2", NOON.plusSeconds(2)),
            vulnerability("v4", "low", NOON.plusSeconds(3)),
            invalidate("vulnerabilities", NOON.plusSeconds(4)),
            coverage(80, NOON)));

    @Test
    void changesLoseNothingOnTheirWayBetweenStages() {
        assertThat(CHANGES)
                .hasSize(6)
                .allSatisfy(it -> assertThat(ChangeMapping.toEngine(ChangeMapping.toStore(it)))
                        .isEqualTo(it));
    }

    @Test
    void registersLoseNothingInTheirStore() {
        FactState collection = null;
        for (var change : CHANGES.subList(0, 5)) {
            collection = Registers.apply(collection, change, 2);
            assertThat(RegisterMapping.toEngine(RegisterMapping.toStore(collection)))
                    .isEqualTo(collection);
        }
        var scalar = Registers.apply(null, CHANGES.getLast(), 2);
        assertThat(RegisterMapping.toEngine(RegisterMapping.toStore(scalar))).isEqualTo(scalar);
    }

    @Test
    void sizeGrowsWithTheValues() {
        var small = Registers.apply(null, CHANGES.getFirst(), 10);
        var large = Registers.apply(small, CHANGES.get(3), 10);

        assertThat(RegisterMapping.size(large)).isGreaterThan(RegisterMapping.size(small));
    }

    @Test
    void anInstantAtWhichSomethingChangesIsRoundedUp() {
        var due = NOON.plusNanos(1_000_001);
        var outcome = new RuleOutcome("r", PASS, NOON, "", List.of(), due);
        var result = new Result("e", "s", 1, null, 0, 0, NOON, List.of(outcome), due);

        var judged = ResultMapping.judged(result, definition(), null, 1, cause());
        var stored = judged.told();

        assertThat(stored.getNextChangeAt()).isEqualTo(NOON.plusMillis(2));
        assertThat(stored.getRules().getFirst().getNextChangeAt()).isEqualTo(NOON.plusMillis(2));
        assertThat(judged.result())
                .as("what is at hand is what will be read")
                .isEqualTo(Judged.of(stored).result());
    }

    @Test
    void outcomesThatNobodyTouchedAreTakenOver() {
        var kept = outcome("kept", PASS, "fine");
        var touched = outcome("touched", PASS, "");
        var first = ResultMapping.judged(result(kept, touched), definition(), null, 1, cause());
        var fails = outcome("touched", FAIL, "bad");
        var rules = List.of(first.result().rules().getFirst(), fails);

        var second = ResultMapping.judged(
                new Result("e", "s", 1, null, 0, 0, NOON, rules, null), definition(), first, 2, cause());

        assertThat(second.told().getRules().getFirst())
                .isSameAs(first.told().getRules().getFirst());
        assertThat(second.told().getRules().getLast().getMessage()).isEqualTo("bad");
        assertThat(second.result()).isEqualTo(Judged.of(second.told()).result());
        assertThat(second.looksLike(first)).isFalse();
    }

    @Test
    void whatWasEncodedBeforeAndTakenOverReadsAsItWas() {
        var serde = AvroSerdes.from(Map.of("schema.registry.url", "mock://known-outcomes"))
                .of(dev.muster.schemas.v1.Result.class, new ResultWriter());
        var kept = outcome("kept", PASS, "fine");
        var judged = ResultMapping.judged(result(kept, outcome("touched", PASS, "")), definition(), null, 1, cause());
        serde.serializer().serialize("results", judged.told());

        for (var version = 2; version < 5; version++) {
            var rules = result(judged.result().rules().getFirst(), outcome("touched", FAIL, "bad " + version));
            judged = ResultMapping.judged(rules, definition(), judged, version, cause());
            var bytes = serde.serializer().serialize("results", judged.told());

            assertThat(serde.deserializer().deserialize("results", bytes)).isEqualTo(judged.told());
        }
    }

    @Test
    void whatWasReadAndTakenOverIsNotEncodedAgain() {
        var serde = AvroSerdes.from(Map.of("schema.registry.url", "mock://read-outcomes"))
                .of(dev.muster.schemas.v1.Result.class, new ResultWriter());
        var bytes = new ResultBytes(serde);
        var first = ResultMapping.judged(
                result(outcome("kept", PASS, "fine"), outcome("touched", PASS, "")), definition(), null, 1, cause());

        var read = bytes.read(bytes.write(first.told()));
        var known = (Outcomes) read.told().getRules();
        var rules = result(read.result().rules().getFirst(), outcome("touched", FAIL, "bad"));
        var second = ResultMapping.judged(rules, definition(), read, 2, cause());

        assertThat(((Outcomes) second.told().getRules()).encoded(0)).isNotNull().isSameAs(known.encoded(0));
        assertThat(((Outcomes) second.told().getRules()).encoded(1)).isNull();
        assertThat(bytes.read(bytes.write(second.told())).told()).isEqualTo(second.told());
    }

    @Test
    void aStandingIsTheSameObjectWhileNothingButWordsChange() {
        var first = ResultMapping.judged(result(outcome("r", PASS, "")), definition(), null, 1, cause());
        var words = ResultMapping.judged(result(outcome("r", PASS, "other")), definition(), first, 2, cause());
        var fails = ResultMapping.judged(result(outcome("r", FAIL, "other")), definition(), words, 3, cause());

        assertThat(words.standingAfter(first)).isSameAs(first.standing());
        assertThat(fails.standingAfter(words)).isNotEqualTo(words.standing());
        assertThat(fails.standing().getOutcomes()).containsExactly(Map.entry("r", dev.muster.schemas.v1.Outcome.FAIL));
    }

    @Test
    void outcomesOfWhichAnEditSaysSomethingElseAreNotTakenOver() {
        var check = "coverage.newCode >= 80.0";
        var before = Known.scorecard("s", 1, Known.rule("kept", check), Known.rule("renamed", check));
        var after = Known.scorecard(
                "s",
                2,
                Known.rule("kept", check),
                Known.rule("renamed", check, "bronze").setTitle("Better").build());
        var first = ResultMapping.judged(
                result(outcome("kept", PASS, ""), outcome("renamed", PASS, "")),
                definition(before.build()),
                null,
                1,
                cause());

        var second = ResultMapping.judged(
                new Result("e", "s", 2, null, 0, 0, NOON, first.result().rules(), null),
                definition(after.build()),
                first,
                2,
                cause());

        assertThat(second.told().getRules().getFirst())
                .isSameAs(first.told().getRules().getFirst());
        assertThat(second.told().getRules().getLast().getTitle()).isEqualTo("Better");
    }

    @Test
    void aNextChangeThatIsNotInTheFutureMakesNoBusyLoop() {
        var result = new Result("e", "s", 1, null, 0, 0, NOON, List.of(), NOON);

        assertThat(ResultMapping.judged(result, definition(), null, 1, cause()).nextChangeAt())
                .isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void transitionsHaveTheSameIdInEveryReplay() {
        assertThat(ResultMapping.transitionId("component:default/a", "ready", 7))
                .hasSize(32)
                .isEqualTo(ResultMapping.transitionId("component:default/a", "ready", 7))
                .isNotEqualTo(ResultMapping.transitionId("component:default/a", "ready", 8));
    }

    @Test
    void peopleHearOfWhatTheScorecardSaysOnly() {
        var all = definition();
        var draft = definition(Known.scorecard("s", 1).setDraft(true).build());
        var silent = definition(Known.scorecard("s", 1)
                .setNotifyRegressions(false)
                .setNotifyRecoveries(false)
                .build());

        assertThat(TransitionMapping.notifies(TransitionKind.REGRESSED, all)).isTrue();
        assertThat(TransitionMapping.notifies(TransitionKind.DECAYED, all)).isTrue();
        assertThat(TransitionMapping.notifies(TransitionKind.RECOVERED, all)).isTrue();
        assertThat(TransitionMapping.notifies(TransitionKind.BASELINE, all)).isFalse();
        assertThat(TransitionMapping.notifies(TransitionKind.CHANGED, all)).isFalse();
        for (var kind : TransitionKind.values()) {
            assertThat(TransitionMapping.notifies(kind, draft)).isFalse();
            assertThat(TransitionMapping.notifies(kind, silent)).isFalse();
            assertThat(TransitionMapping.notifies(kind, null)).isFalse();
        }
    }

    @Test
    void anEntityWithoutATierHasTheLowest() {
        var entity = Known.entity("component:default/a", (Integer) null, REPO);

        assertThat(ScorecardMapping.toEngine(entity).tier()).isEqualTo(EntityView.NO_TIER);
    }

    @Test
    void parametersAreTypedAsExpressionsNeedThem() {
        var rule = Known.rule("r", "true", "bronze")
                .setParams("{\"max\":3,\"share\":0.5,\"on\":true,\"names\":[\"a\"]}")
                .build();
        var broken = Known.rule("b", "true", "bronze").setParams("nonsense").build();

        var definition =
                ScorecardMapping.toEngine(Known.scorecard("s", 1, rule, broken).build());

        assertThat(definition.rules().getFirst().params())
                .isEqualTo(Map.of("max", 3L, "share", 0.5, "on", true, "names", List.of("a")));
        assertThat(definition.rules().getLast().params()).isEmpty();
    }

    private static Definition definition() {
        return definition(Known.scorecard("s", 1).build());
    }

    private static Definition definition(Scorecard scorecard) {
        return Definition.of(
                scorecard, new ScorecardCompiler(Known.CATALOGUE).compile(ScorecardMapping.toEngine(scorecard), 1));
    }

    private static Cause cause() {
        return Cause.newBuilder()
                .setKind(CauseKind.FACT)
                .setSource("github")
                .setAt(NOON)
                .setScorecardVersion(1)
                .build();
    }

    private static RuleOutcome outcome(String rule, Outcome outcome, String message) {
        return new RuleOutcome(rule, outcome, NOON, message, List.of(), null);
    }

    private static Result result(RuleOutcome... rules) {
        return new Result("e", "s", 1, null, 0, 0, NOON, List.of(rules), null);
    }
}

package dev.muster.ingest.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.library.ScorecardReader;
import dev.muster.engine.replay.Claimant;
import dev.muster.engine.replay.Replay;
import dev.muster.engine.replay.ReplayListener;
import dev.muster.engine.replay.Wanted;
import dev.muster.engine.result.Cause;
import dev.muster.engine.result.Declared;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.RuleOutcome;
import dev.muster.engine.result.Transition;
import dev.muster.engine.result.TransitionKind;
import dev.muster.engine.rule.EntityView;
import dev.muster.engine.rule.ScorecardCompiler;
import dev.muster.records.FactMapping;
import dev.muster.records.ScorecardMapping;
import dev.muster.schemas.v1.DirectoryGroup;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactsObserved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is pushed, and what becomes of the shipped rules OWN-1 and OWN-2.
class OwnersRegressTest implements ReplayListener {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Declared NOBODY = new Declared(NOON, null, "test");
    private static final String SYNCED = "owner-is-synced-with-identity-provider";

    private final Pushed pushed = new Pushed();
    private final List<TransitionKind> kinds = new ArrayList<>();
    private final List<Cause> causes = new ArrayList<>();
    private final Replay replay = new Replay(Pushed.FACTS, new Wanted(_ -> true, _ -> true), NOON, this);

    @BeforeEach
    void declare() throws DefinitionException {
        var definition = new ScorecardReader(Pushed.FACTS, Pushed.FRAMEWORK.rules()).read(null, """
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: owned }
                spec:
                  levels: [bronze]
                  rules:
                    - use: framework/has-owner
                    - use: framework/owner-is-synced-with-identity-provider
                """);
        replay.publish(NOON, new ScorecardCompiler(Pushed.FACTS).compile(definition, 1), NOBODY);
        var entity = Entity.newBuilder()
                .setRef("component:default/payments")
                .setKind("Component")
                .setNamespace("default")
                .setName("payments")
                .setOwner("group:default/team")
                .setAppliedAt(NOON)
                .setAppliedBy("")
                .setDeliveryId("")
                .setDigest("")
                .build();
        replay.declare(NOON, new Claimant(ScorecardMapping.toEngine(entity), Set.of("team:scim/team")), NOBODY);
    }

    private void take(List<FactsObserved> told) {
        told.forEach(observed -> FactMapping.toEngine(observed)
                .forEach(change -> replay.take(observed.getReceivedAt(), observed.getSubject(), change)));
    }

    private Map<String, Outcome> outcomes() {
        return replay.results().values().iterator().next().rules().stream()
                .collect(Collectors.toMap(RuleOutcome::rule, RuleOutcome::outcome));
    }

    @Test
    void whenTheLastActiveMemberGoes() {
        var directory = pushed.at(NOON);
        var ada = directory.add(null, Pushed.user("ada", true));
        var bob = directory.add(null, Pushed.user("bob", true));
        directory.add(null, new DirectoryGroup("team", List.of(ada.getId(), bob.getId()), NOON));
        take(pushed.apply(directory));
        assertThat(outcomes()).containsEntry("has-owner", Outcome.PASS).containsEntry(SYNCED, Outcome.PASS);
        assertThat(kinds).as("a first push notifies nobody").containsOnly(TransitionKind.BASELINE);

        take(pushed.activate(NOON.plusSeconds(10), ada, false));
        assertThat(outcomes()).containsEntry("has-owner", Outcome.FAIL).containsEntry(SYNCED, Outcome.PASS);
        take(pushed.activate(NOON.plusSeconds(20), bob, false));
        assertThat(outcomes()).containsEntry("has-owner", Outcome.FAIL).containsEntry(SYNCED, Outcome.FAIL);
        assertThat(kinds.getLast()).isEqualTo(TransitionKind.REGRESSED);
        assertThat(causes.getLast().source()).isEqualTo("scim");
        assertThat(causes.getLast().actor()).isEqualTo("okta");

        var back = NOON.plus(Duration.ofHours(1));
        take(pushed.activate(back, pushed.stored(bob.getId()), true));
        take(pushed.activate(back, pushed.stored(ada.getId()), true));
        assertThat(outcomes()).containsEntry("has-owner", Outcome.PASS).containsEntry(SYNCED, Outcome.PASS);

        var gone = pushed.at(NOON.plus(Duration.ofHours(2)));
        gone.removeUser(ada.getId());
        gone.removeUser(bob.getId());
        take(pushed.apply(gone));
        assertThat(outcomes()).containsEntry("has-owner", Outcome.FAIL).containsEntry(SYNCED, Outcome.FAIL);
        assertThat(kinds.getLast()).isEqualTo(TransitionKind.REGRESSED);
    }

    @Test
    void whenTheGroupIsGone() {
        var directory = pushed.at(NOON);
        var ada = directory.add(null, Pushed.user("ada", true));
        var bob = directory.add(null, Pushed.user("bob", true));
        var team = directory.add(null, new DirectoryGroup("team", List.of(ada.getId(), bob.getId()), NOON));
        take(pushed.apply(directory));

        var removing = pushed.at(NOON.plusSeconds(10));
        removing.remove(team.getId());
        take(pushed.apply(removing));
        assertThat(outcomes()).containsEntry("has-owner", Outcome.FAIL).containsEntry(SYNCED, Outcome.FAIL);
        assertThat(kinds.getLast()).isEqualTo(TransitionKind.REGRESSED);
    }

    @Test
    void notWhileNothingChangesAndTheProviderIsHeard() {
        var directory = pushed.at(NOON);
        var ada = directory.add(null, Pushed.user("ada", true));
        var bob = directory.add(null, Pushed.user("bob", true));
        directory.add(null, new DirectoryGroup("team", List.of(ada.getId(), bob.getId()), NOON));
        take(pushed.apply(directory));
        for (var hours = 1; hours <= 8 * 24; hours++) {
            var now = NOON.plus(Duration.ofHours(hours));
            take(pushed.apply(pushed.at(now)
                    .retold(
                            now.minus(Duration.ofHours(12)),
                            now.minus(Duration.ofDays(7)),
                            50,
                            Pushed.TOPIC,
                            Pushed.FACTS)));
            replay.advance(now);
            if (hours < 7 * 24) {
                assertThat(outcomes()).as("after %d h", hours).containsEntry(SYNCED, Outcome.PASS);
            }
        }
        replay.advance(NOON.plus(Duration.ofDays(10)));
        assertThat(outcomes()).as("silent for more than a week").doesNotContainEntry(SYNCED, Outcome.PASS);
    }

    @Override
    public void began(EntityView entity, Result first, Cause cause) {
        // before anything was pushed
    }

    @Override
    public void changed(EntityView entity, Result before, Result after, Transition transition, Cause cause) {
        kinds.add(transition.kind());
        causes.add(cause);
    }

    @Override
    public void ended(EntityView entity, Result before, Transition transition, Cause cause, Instant at) {
        throw new IllegalStateException("nothing ends here");
    }
}

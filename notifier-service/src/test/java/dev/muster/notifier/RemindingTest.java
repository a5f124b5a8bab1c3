package dev.muster.notifier;

import static dev.muster.notifier.reminder.Declared.SCORECARD;
import static dev.muster.notifier.reminder.Declared.after;
import static dev.muster.notifier.reminder.Declared.approved;
import static dev.muster.notifier.reminder.Declared.attestation;
import static dev.muster.notifier.reminder.Declared.requested;
import static dev.muster.notifier.reminder.Declared.rule;
import static dev.muster.notifier.reminder.Declared.scorecard;
import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.TEAM;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.dependabot;
import static dev.muster.notifier.transition.Examples.ended;
import static dev.muster.notifier.transition.Examples.first;
import static dev.muster.notifier.transition.Examples.ownedBy;
import static dev.muster.notifier.transition.Examples.regressed;
import static dev.muster.notifier.transition.Examples.transition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.initiative.Initiatives;
import dev.muster.notifier.ledger.Ledger;
import dev.muster.notifier.ledger.ReminderKind;
import dev.muster.notifier.reminder.Declared;
import dev.muster.notifier.reminder.Noting;
import dev.muster.notifier.reminder.Reminding;
import dev.muster.schemas.v1.Attestation;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.schemas.v1.StepKind;
import dev.muster.schemas.v1.TransitionKind;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class RemindingTest {

    private static final Duration DAY = Duration.ofDays(1);

    private Running notifier = Running.usual();

    @BeforeEach
    void publish() {
        noting().hear(scorecard(1, NOON));
    }

    @AfterEach
    void stop() {
        notifier.close();
    }

    private Noting noting() {
        return notifier.bean(Noting.class);
    }

    /// The clock goes to `time` after noon, what is due is gathered, and sent when its wait is over.
    private void at(Duration time) {
        notifier.clock.set(NOON.plus(time));
        takes();
        notifier.waitsAndSends();
    }

    private void takes() {
        while (notifier.bean(Reminding.class).takeOne()) {}
    }

    private List<String> headlines() {
        return notifier.db()
                .sql(
                        "select content ->> 'headline' from notifications where content is not null order by created_at, id")
                .query(String.class)
                .list();
    }

    private double counted(String kind, String decision) {
        return notifier.bean(MeterRegistry.class)
                .get("muster.notifier.reminders")
                .tag("kind", kind)
                .tag("decision", decision)
                .counter()
                .count();
    }

    private void knows(String entity, @Nullable String owner) {
        notifier.bean(Catalog.class)
                .put(new CatalogEntry(entity, entity.substring(entity.indexOf('/') + 1), owner, null, Map.of()), NOON);
    }

    private void team(String ref, String email) {
        notifier.bean(Catalog.class).put(new CatalogEntry(ref, ref, null, email, Map.of()), NOON);
    }

    @Test
    void tellsTheOwnerOnceBeforeAnAttestationEnds() {
        noting().hear(attestation("a1", Duration.ofDays(90)));
        at(Duration.ofDays(76).minusMillis(1));
        assertThat(notifier.mails()).as("not before its time").isEmpty();

        at(Duration.ofDays(76));

        assertThat(headlines())
                .containsExactly("payments: the attestation of “Critical events are logged” ends on 2027-02-21");
        assertThat(notifier.recipients()).containsExactly("team@acme.example");
        assertThat(Running.text(notifier.mails().getFirst()))
                .contains(
                        "payments on every scorecard",
                        "Critical events are logged: ends 2027-02-21 12:00:00 UTC",
                        "Attested by mona on 2026-11-23: https://wiki.acme.example/events",
                        "./muster attest component:default/payments critical-events-are-logged --evidence '…' --expires 90d",
                        "without either it is stale",
                        "https://muster.example/entities/component:default/payments")
                .doesNotContain("Level:", "Score:", "Why:", "Since:");
        assertThat(notifier.slack.calls("payments"))
                .singleElement()
                .satisfies(it -> assertThat(it.body())
                        .contains("⏳ payments: the attestation of", "./muster attest component:default/payments")
                        .doesNotContain("Level *", "*Why:*"));
        assertThat(notifier.receipts())
                .containsExactlyInAnyOrder("email/group:default/payments-team ACCEPTED", "slack/payments-alerts SENT");
        assertThat(notifier.db()
                        .sql("select distinct body ->> 'entities' from receipts")
                        .query(String.class)
                        .single())
                .contains(PAYMENTS);

        noting().hear(attestation("a1", Duration.ofDays(90)));
        at(Duration.ofDays(77));
        at(Duration.ofDays(91));
        assertThat(notifier.mails()).as("once for each end").hasSize(1);
        assertThat(counted("ATTESTATION_ENDS", "missed")).isZero();
    }

    @Test
    void tellsTheOwnerBeforeAnExemptionEnds() {
        noting().hear(approved("e1", Duration.ofDays(60)));
        at(Duration.ofDays(53));

        assertThat(headlines()).containsExactly("payments: the exemption from “No known CVE” ends on 2027-01-22");
        assertThat(Running.text(notifier.mails().getFirst()))
                .contains(
                        "For CVE-2026-1 only. Asked for by mona, approved by ann: The vendor fixes it in May",
                        "./muster exempt component:default/payments max-known-vulnerabilities --finding CVE-2026-1"
                                + " --reason '…' --expires 60d",
                        "the rule counts again");
    }

    @ParameterizedTest
    @EnumSource(
            value = StepKind.class,
            names = {"DENIED", "REVOKED", "UNKNOWN"})
    void saysNothingOfAnExemptionThatDoesNotStand(StepKind last) {
        noting().hear(requested("e0", Duration.ofDays(60)));
        noting().hear(approved("e1", Duration.ofDays(60)));
        noting().hear(after(approved("e1", Duration.ofDays(60)), last, "ann", NOON.plusSeconds(1)));
        at(Duration.ofDays(59));

        assertThat(notifier.mails()).isEmpty();
    }

    @Test
    void saysNothingOfAnAttestationThatWasWithdrawnAlsoWhenItHearsOfItAgain() {
        var given = attestation("a1", Duration.ofDays(90));
        noting().hear(given);
        noting().hear(after(given, StepKind.WITHDRAWN, "mona", NOON.plusSeconds(1)));
        noting().hear(given);
        at(Duration.ofDays(80));

        assertThat(notifier.mails()).isEmpty();
    }

    @Test
    void sendsNothingWhenItIsWithdrawnWithinTheWait() {
        noting().hear(attestation("a1", Duration.ofDays(90)));
        notifier.clock.set(NOON.plus(Duration.ofDays(80)));
        takes();
        noting().hear(after(
                attestation("a1", Duration.ofDays(90)), StepKind.WITHDRAWN, "mona", notifier.clock.instant()));
        notifier.waitsAndSends();

        assertThat(notifier.mails()).isEmpty();
        assertThat(notifier.receipts()).containsExactly("none/none SUPPRESSED NO_LONGER_SO");
    }

    @Test
    void keepsTheRestOfAMessageWhenOneOfItIsWithdrawnWithinTheWait() {
        noting().hear(attestation("a1", Duration.ofDays(90)));
        noting().hear(approved("e1", Duration.ofDays(85)));
        notifier.clock.set(NOON.plus(Duration.ofDays(80)));
        takes();
        noting().hear(after(
                attestation("a1", Duration.ofDays(90)), StepKind.WITHDRAWN, "mona", notifier.clock.instant()));
        notifier.waitsAndSends();

        assertThat(headlines()).containsExactly("payments: the exemption from “No known CVE” ends on 2027-02-16");
    }

    @Test
    void saysNothingOfWhatIsRenewed() {
        noting().hear(attestation("a1", Duration.ofDays(90)));
        noting().hear(attestation("a2", NOON.plus(Duration.ofDays(60)), Duration.ofDays(90)));
        noting().hear(approved("e1", Duration.ofDays(60)));
        noting().hear(Exemption.newBuilder(approved("e2", Duration.ofDays(120)))
                .setFinding(null)
                .build());
        at(Duration.ofDays(59));
        at(Duration.ofDays(80));
        assertThat(notifier.mails()).isEmpty();

        at(Duration.ofDays(91));
        assertThat(states()).containsExactlyInAnyOrder("OVER", "OVER", "WAITING", "WAITING");
        assertThat(counted("ATTESTATION_ENDS", "missed")).isZero();
    }

    @Test
    void isNotSilencedByWhatCoversLess() {
        noting().hear(attestation("a1", Duration.ofDays(90)));
        noting().hear(Attestation.newBuilder(attestation("a2", Duration.ofDays(200)))
                .setScorecard(SCORECARD)
                .build());
        noting().hear(Attestation.newBuilder(attestation("a3", Duration.ofDays(200)))
                .setEntity("component:default/ledger")
                .build());
        at(Duration.ofDays(80));

        assertThat(headlines()).hasSize(1);
    }

    @Test
    void tellsAfterAllWhenTheRenewalIsWithdrawn() {
        var renewal = attestation("a2", NOON.plus(Duration.ofDays(75)), Duration.ofDays(90));
        noting().hear(attestation("a1", Duration.ofDays(90)));
        notifier.clock.set(NOON.plus(Duration.ofDays(76)));
        takes();
        noting().hear(renewal);
        notifier.waitsAndSends();
        assertThat(notifier.mails()).as("renewed within the wait").isEmpty();

        noting().hear(after(renewal, StepKind.WITHDRAWN, "ann", notifier.clock.instant()));
        at(Duration.ofDays(78));

        assertThat(notifier.mails()).hasSize(1);
        assertThat(notifier.db()
                        .sql("select count(distinct id) from notifications")
                        .query(Integer.class)
                        .single())
                .as("another message has another id")
                .isEqualTo(2);
    }

    @Test
    void tellsOneOwnerOfAllThatEndsInOneMessage() {
        knows("component:default/checkout", TEAM);
        noting().hear(attestation("a1", Duration.ofDays(90)));
        noting().hear(Attestation.newBuilder(attestation("a2", Duration.ofDays(91)))
                .setEntity("component:default/checkout")
                .build());
        noting().hear(approved("e1", Duration.ofDays(88)));
        at(Duration.ofDays(82));

        assertThat(headlines()).containsExactly("2 attestations and 1 exemption end, the first on 2027-02-19");
        assertThat(Running.text(notifier.mails().getFirst()))
                .contains(
                        "payments on every scorecard",
                        "checkout on every scorecard",
                        "ended, the rule needs",
                        "Where an exemption");
    }

    @Test
    void waitsForHalfOfAShortTime() {
        noting().hear(approved("e1", Duration.ofDays(3)));
        at(Duration.ofHours(36).minusSeconds(31));
        assertThat(notifier.mails()).isEmpty();

        at(Duration.ofHours(36));
        assertThat(notifier.mails()).hasSize(1);
    }

    @Test
    void tellsLateWhatIsStillToComeAndNeverWhatIsOver() {
        noting().hear(attestation("a1", Duration.ofDays(90)));
        noting().hear(approved("e1", Duration.ofDays(60)));
        at(Duration.ofDays(89));

        assertThat(headlines())
                .containsExactly("payments: the attestation of “Critical events are logged” ends on 2027-02-21");
        assertThat(counted("EXEMPTION_ENDS", "missed")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void dropsWhatEndsWhileTheMessageWaits() {
        noting().hear(approved("e1", Duration.ofDays(2)));
        at(Duration.ofDays(2).minusSeconds(20));

        assertThat(notifier.mails()).isEmpty();
        assertThat(notifier.receipts()).containsExactly("none/none SUPPRESSED NO_LONGER_SO");
        takes();
        assertThat(states()).containsExactly("OVER");
    }

    private List<String> states() {
        return notifier.db()
                .sql("select state from reminders order by id")
                .query(String.class)
                .list();
    }

    @Test
    void keepsNothingOfWhatIsOverWhenItReadsOldTopics() {
        notifier.clock.set(NOON.plus(Duration.ofDays(400)));
        noting().hear(attestation("a1", Duration.ofDays(90)));
        noting().hear(approved("e1", Duration.ofDays(60)));
        noting().hear(scorecard(2, NOON.plusSeconds(1), rule("new", "New", NOON.plus(DAY))));

        assertThat(states()).isEmpty();
    }

    @Test
    void forgetsWhatIsGone() {
        noting().hear(attestation("a1", Duration.ofDays(90)));
        noting().gone(ReminderKind.ATTESTATION_ENDS, "a1", NOON.plusSeconds(1));
        noting().hear(attestation("a1", Duration.ofDays(90)));
        at(Duration.ofDays(80));

        assertThat(notifier.mails()).isEmpty();
    }

    @Test
    void waitsForTheEntityAndSaysNothingOfOneThatIsDeleted() {
        notifier.bean(Catalog.class).remove(PAYMENTS);
        noting().hear(attestation("a1", Duration.ofDays(90)));
        at(Duration.ofDays(80));
        assertThat(notifier.mails()).isEmpty();

        knows(PAYMENTS, TEAM);
        at(Duration.ofDays(81));
        assertThat(notifier.mails()).hasSize(1);
    }

    @Test
    void saysNothingOfARuleThatNoScorecardHasAnyMore() {
        noting().hear(attestation("a1", Duration.ofDays(90)));
        noting().gone(ReminderKind.RULE_COUNTS, SCORECARD, NOON.plusSeconds(1));
        at(Duration.ofDays(80));

        assertThat(notifier.mails()).isEmpty();
    }

    @Test
    void tellsTheOwnerOfThatDayAndTheFallbackWhenThereIsNone() {
        noting().hear(attestation("a1", Duration.ofDays(90)));
        noting().hear(Attestation.newBuilder(attestation("a2", Duration.ofDays(90)))
                .setEntity("component:default/orphan")
                .build());
        knows("component:default/orphan", null);
        team("group:default/checkout", "checkout@acme.example");
        knows(PAYMENTS, "group:default/checkout");
        at(Duration.ofDays(80));

        assertThat(notifier.recipients()).containsExactly("checkout@acme.example", "platform@acme.example");
        assertThat(Running.text(notifier.mailTo("platform@acme.example"))).contains("the entity has no owner");
    }

    @Test
    void goesToTheFallbackWhenTheDestinationIsGone() {
        notifier.team(Map.of("muster.dev/slack-webhook", "typo"), "team@acme.example");
        noting().hear(attestation("a1", Duration.ofDays(90)));
        at(Duration.ofDays(80));

        assertThat(notifier.recipients()).containsExactly("platform@acme.example", "team@acme.example");
    }

    @Test
    void isSilentWhereTheNoticeIsZeroAlsoAboutWhatWaited() {
        notifier.close();
        notifier = Running.with(
                "muster.notifier.reminders.attestations=0s",
                "muster.notifier.reminders.exemptions=0s",
                "muster.notifier.reminders.rules=0s");
        knows("component:default/payments", TEAM);
        publish();
        notifier.hears(first(PAYMENTS, 1));
        noting().hear(attestation("a1", Duration.ofDays(90)));
        noting().hear(approved("e1", Duration.ofDays(90)));
        noting().hear(scorecard(2, NOON.plusSeconds(1), rule("new", "New", NOON.plus(Duration.ofDays(90)))));
        at(Duration.ofDays(89));

        assertThat(notifier.mails()).isEmpty();
        assertThat(states()).isEmpty();
    }

    @Test
    void sharesTheWorkBetweenTwoInstancesWithoutTellingTwice() {
        for (var i = 0; i < 20; i++) {
            knows("component:default/c" + i, "group:default/o" + i);
            team("group:default/o" + i, "o" + i + "@acme.example");
            noting().hear(Attestation.newBuilder(attestation("a" + i, Duration.ofDays(90)))
                    .setEntity("component:default/c" + i)
                    .build());
        }
        notifier.clock.set(NOON.plus(Duration.ofDays(80)));
        var one = notifier.bean(Reminding.class);
        var other = notifier.another(Reminding.class);
        Running.together(
                () -> {
                    while (one.takeOne()) {}
                },
                () -> {
                    while (other.takeOne()) {}
                });
        notifier.waitsAndSends();

        assertThat(notifier.recipients()).hasSize(20).doesNotHaveDuplicates();
        assertThat(notifier.db()
                        .sql("select max(round) from reminders")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void passesOverWhatAnotherInstanceHolds() {
        noting().hear(attestation("a1", Duration.ofDays(90)));
        noting().hear(approved("e1", Duration.ofDays(90)));
        notifier.clock.set(NOON.plus(Duration.ofDays(85)));
        new TransactionTemplate(notifier.bean(PlatformTransactionManager.class)).executeWithoutResult(_ -> {
            notifier.db()
                    .sql("select id from reminders where subject = 'a1' for update")
                    .query(String.class)
                    .single();
            assertThat(CompletableFuture.runAsync(this::takes)).succeedsWithin(Duration.ofSeconds(30));
        });
        assertThat(notifier.db()
                        .sql("select subject from reminders where state = 'TAKEN'")
                        .query(String.class)
                        .list())
                .containsExactly("e1");

        at(Duration.ofDays(86));
        assertThat(headlines()).containsExactly("1 attestation and 1 exemption end, the first on 2027-02-21");
    }

    @Test
    void announcesOnceToEachOwnerWhichRulesBeginToCount() {
        team("group:default/checkout", "checkout@acme.example");
        knows("component:default/checkout", "group:default/checkout");
        knows("component:default/ended", "group:default/ended");
        team("group:default/ended", "ended@acme.example");
        knows("component:default/ledger", TEAM);
        notifier.hears(
                first(PAYMENTS, 1),
                first("component:default/ledger", 1),
                ownedBy(first("component:default/checkout", 1), "group:default/checkout"),
                first("component:default/ended", 1),
                ended(regressed("component:default/ended", 2, "d2", Map.of(VULNERABILITIES, Outcome.FAIL))));
        var day = NOON.plus(Duration.ofDays(30));
        noting().hear(scorecard(
                2,
                NOON.plusSeconds(1),
                rule("has-runbook", "A runbook exists", day),
                rule("on-call", "Somebody is on call", day)));
        at(Duration.ofDays(16).minusMillis(1));
        assertThat(notifier.mails()).isEmpty();

        at(Duration.ofDays(16));

        assertThat(notifier.recipients()).containsExactly("checkout@acme.example", "team@acme.example");
        assertThat(headlines()).containsOnly("Production readiness: 2 rules count from 2026-12-23 on");
        assertThat(Running.text(notifier.mailTo("team@acme.example")))
                .contains(
                        "Production readiness on ledger, payments",
                        "A runbook exists: counts from 2026-12-23 12:00:00 UTC on",
                        "Needed for level silver",
                        "What to do: Write one; Link it",
                        "Somebody is on call",
                        "https://muster.example/scorecards/production-readiness",
                        "what they would be as of now");

        noting().hear(scorecard(
                3,
                NOON.plus(Duration.ofDays(17)),
                rule("has-runbook", "A runbook exists", day),
                rule("on-call", "Renamed", day)));
        at(Duration.ofDays(29));
        assertThat(notifier.mails()).as("once").hasSize(2);
    }

    @Test
    void announcesSoonWhatIsPublishedLaterThanTheNotice() {
        notifier.hears(first(PAYMENTS, 1));
        noting().hear(scorecard(2, NOON.plusSeconds(1), rule("has-runbook", "A runbook exists", NOON.plus(DAY))));
        at(Duration.ofMinutes(5));
        assertThat(notifier.mails()).as("may still be corrected").isEmpty();

        at(Duration.ofMinutes(6));
        assertThat(headlines()).containsExactly("Production readiness: “A runbook exists” counts from 2026-11-24 on");
    }

    @Test
    void announcesTheNewDayWhenItChangesAndNothingWhenTheRuleIsGone() {
        notifier.hears(first(PAYMENTS, 1));
        var day = NOON.plus(Duration.ofDays(30));
        noting().hear(scorecard(
                2,
                NOON.plusSeconds(1),
                rule("moved", "Moved", day),
                rule("gone", "Gone", day),
                rule("now", "Now", day)));
        noting().hear(scorecard(
                3, NOON.plusSeconds(2), rule("moved", "Moved", day.plus(DAY)), rule("now", "Now", null)));
        at(Duration.ofDays(25));

        assertThat(headlines()).containsExactly("Production readiness: “Moved” counts from 2026-12-24 on");

        noting().hear(scorecard(
                4, NOON.plus(Duration.ofDays(26)), rule("moved", "Moved", day.plus(DAY.multipliedBy(5)))));
        at(Duration.ofDays(27));
        assertThat(headlines()).last().isEqualTo("Production readiness: “Moved” counts from 2026-12-28 on");
    }

    @Test
    void announcesNothingOfADraftNorOfAScorecardThatTellsNoRegressions() {
        notifier.hears(first(PAYMENTS, 1));
        Rule[] rules = {rule("has-runbook", "A runbook exists", NOON.plus(Duration.ofDays(3)))};
        noting().hear(Scorecard.newBuilder(scorecard(2, NOON.plusSeconds(1), rules))
                .setDraft(true)
                .build());
        at(Duration.ofDays(1));
        noting().hear(Scorecard.newBuilder(scorecard(3, NOON.plus(DAY), rules))
                .setNotifyRegressions(false)
                .build());
        at(Duration.ofDays(2));

        assertThat(notifier.mails()).isEmpty();
    }

    @Test
    void announcesNothingOfAScorecardThatIsDeletedAndIgnoresAnOlderOne() {
        notifier.hears(first(PAYMENTS, 1));
        var published = scorecard(2, NOON.plusSeconds(1), rule("has-runbook", "A runbook exists", NOON.plus(DAY)));
        noting().hear(scorecard(3, NOON.plusSeconds(2)));
        noting().hear(published);
        at(Duration.ofHours(1));
        noting().hear(scorecard(4, NOON.plusSeconds(4000), rule("x", "X", NOON.plus(DAY))));
        noting().gone(ReminderKind.RULE_COUNTS, SCORECARD, NOON.plusSeconds(4001));
        at(Duration.ofHours(5));

        assertThat(notifier.mails()).isEmpty();
    }

    @Test
    void waitsUntilTheScorecardScoresSomething() {
        noting().hear(scorecard(2, NOON.plusSeconds(1), rule("has-runbook", "A runbook exists", NOON.plus(DAY))));
        at(Duration.ofHours(1));
        assertThat(states()).containsExactly("WAITING");

        notifier.hears(first(PAYMENTS, 1));
        at(Duration.ofHours(2));
        assertThat(notifier.mails()).hasSize(1);
    }

    @Test
    void refusesWhatCannotBe() {
        var attestation = attestation("a1", Duration.ofDays(90));
        assertThatThrownBy(() -> noting().hear(Attestation.newBuilder(attestation)
                        .setSteps(List.of())
                        .build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it has no steps");
        assertThatThrownBy(() -> noting().hear(Attestation.newBuilder(attestation)
                        .setExpiresAt(Instant.ofEpochMilli(Long.MAX_VALUE))
                        .build()))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(states()).isEmpty();
    }

    @Test
    void givesNoCommandThatWouldDoSomethingElseInAShell() {
        noting().hear(Exemption.newBuilder(approved("e1", Duration.ofDays(60)))
                .setFinding("CVE-1; rm -rf ~")
                .build());
        at(Duration.ofDays(59));

        assertThat(Running.text(notifier.mails().getFirst()))
                .contains("What to do: Put it right before then, or ask for a new exemption")
                .doesNotContain("./muster exempt");
    }

    @Test
    void forgetsWhatIsLongOver() {
        noting().hear(attestation("a1", Duration.ofDays(90)));
        at(Duration.ofDays(80));
        notifier.bean(Ledger.class).forget(NOON.plus(Duration.ofDays(90)), 1000);
        assertThat(states()).containsExactly("TAKEN");
        notifier.bean(Ledger.class).forget(NOON.plus(Duration.ofDays(91)), 1000);
        assertThat(states()).isEmpty();
    }

    @Test
    void saysOfWhichRuleWhenItHasNoTitle() {
        noting().hear(scorecard(2, NOON.plusSeconds(1), rule("nameless", "", NOON.plus(DAY))));
        notifier.hears(first(PAYMENTS, 1));
        at(Duration.ofHours(1));

        assertThat(headlines()).containsExactly("Production readiness: “nameless” counts from 2026-11-24 on");
    }

    private void described(String ref, String type) {
        notifier.bean(Initiatives.class).describe(Declared.component(ref, type));
    }

    @Test
    void tellsTheOwnersOfWhatIsNotDoneBeforeAnInitiativeIsDueAndWhenItIs() {
        knows("component:default/library", "group:default/others");
        knows("component:default/done", "group:default/others");
        team("group:default/others", "others@acme.example");
        described(PAYMENTS, "service");
        described("component:default/library", "library");
        described("component:default/done", "service");
        notifier.hears(
                first(PAYMENTS, 1),
                first("component:default/library", 1),
                transition(
                        "component:default/done",
                        1,
                        TransitionKind.BASELINE,
                        null,
                        "silver",
                        Outcome.PASS,
                        Map.of(Declared.VULNERABILITIES, Outcome.PASS),
                        dependabot("d0")));
        noting().hear(Declared.initiative("silver", "entity.type == 'service'", Duration.ofDays(30)));

        at(Duration.ofDays(16).minusSeconds(60));
        assertThat(headlines()).isEmpty();
        at(Duration.ofDays(16));
        assertThat(headlines())
                .containsExactly("Initiative “Log4j is out” is due on 2026-12-23: 1 of your entities is not done");
        assertThat(notifier.recipients()).containsExactly("team@acme.example");
        assertThat(Running.text(notifier.mails().getFirst()))
                .contains(
                        "payments on Production readiness",
                        "Level silver: to be reached, is bronze",
                        "https://muster.example/entities/component:default/payments",
                        "What is not done by 2026-12-23 12:00:00 UTC is overdue.");

        at(Duration.ofDays(30));
        assertThat(headlines())
                .hasSize(2)
                .last()
                .isEqualTo("Initiative “Log4j is out” is overdue since 2026-12-23: 1 of your entities is not done");
    }

    @Test
    void remindsNobodyOfAnInitiativeThatIsDoneOrGone() {
        described(PAYMENTS, "service");
        notifier.hears(first(PAYMENTS, 1));
        noting().hear(Declared.initiative(null, "true", Duration.ofDays(30), Declared.VULNERABILITIES));
        at(Duration.ofDays(20));
        assertThat(headlines()).as("the rule is met").isEmpty();

        notifier.hears(regressed(PAYMENTS, 2, "d1", Map.of(Declared.VULNERABILITIES, Outcome.FAIL)));
        notifier.waitsAndSends();
        noting().goneInitiative("log4j-out", NOON.plus(Duration.ofDays(20)));
        at(Duration.ofDays(30));
        assertThat(headlines()).singleElement().asString().contains("payments regressed");
    }
}

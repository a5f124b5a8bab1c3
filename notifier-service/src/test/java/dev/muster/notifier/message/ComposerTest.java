package dev.muster.notifier.message;

import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.caused;
import static dev.muster.notifier.transition.Examples.clock;
import static dev.muster.notifier.transition.Examples.recovered;
import static dev.muster.notifier.transition.Examples.regressed;
import static dev.muster.notifier.transition.Examples.titled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.message.Composer.Part;
import dev.muster.notifier.transition.Cause;
import dev.muster.notifier.transition.Examples;
import dev.muster.notifier.transition.Transition;
import dev.muster.schemas.v1.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComposerTest {

    @Test
    void saysWhatRegressedWhySinceWhichDeliveryAndWhatToDo() {
        var message = Messages.regression();

        assertThat(message.headline())
                .isEqualTo("payments regressed: No critical vulnerability is open (silver → bronze)");
        assertThat(message.items()).singleElement().satisfies(item -> {
            assertThat(item.level()).isEqualTo("silver → bronze");
            assertThat(item.score()).isEqualTo("84 → 61");
            assertThat(item.link()).isEqualTo("https://muster.example/entities/component:default/payments");
            assertThat(item.rules()).singleElement().satisfies(rule -> {
                assertThat(rule.change()).isEqualTo("PASS → FAIL");
                assertThat(rule.message()).isEqualTo("1 critical vulnerability is open (max 0)");
                assertThat(rule.remediation()).isEqualTo("Upgrade the package, or ask for an exemption");
            });
        });
        assertThat(message.why().sentence())
                .isEqualTo("github reported vulnerabilities of repo:github.com/acme/payments: "
                        + "0 items → 1 item: CVE-2026-1234 critical");
        assertThat(message.why().actor()).isEqualTo("dependabot[bot]");
        assertThat(message.why().deliveryId()).isEqualTo("d-72d3162e");
        assertThat(message.why().link()).isEqualTo("https://github.com/acme/payments/security/dependabot/7");
    }

    @Test
    void listsEntitiesByTierAndNameAndCountsTheRest() {
        var many = IntStream.range(0, 22)
                .mapToObj(i -> regressed(
                        "component:default/c%02d".formatted(i), 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL)))
                .toArray(Transition[]::new);

        var message = Messages.regression(many);

        assertThat(message.headline()).isEqualTo("22 entities regressed: No critical vulnerability is open");
        assertThat(message.items())
                .hasSize(10)
                .extracting(Message.Item::entity)
                .isSorted()
                .startsWith("component:default/c00");
        assertThat(message.more()).isEqualTo(12);
        assertThat(message.link()).startsWith("https://muster.example/?owner=");
    }

    @Test
    void namesWhatARecoveryEnds() {
        var root = Messages.regression();
        var message = Messages.recovery(root, recovered("d2"));

        assertThat(message.headline())
                .isEqualTo("payments recovered: No critical vulnerability is open (bronze → silver)");
        assertThat(message.subject()).isEqualTo(root.headline());
        assertThat(message.ends()).contains(root.headline()).contains("2026-11-23");
        assertThat(message.complete()).isTrue();
        assertThat(message.items().getFirst().rules().getFirst().remediation())
                .as("nothing is left to do")
                .isNull();
    }

    @Test
    void saysWhenOnlyAPartRecovered() {
        var message = Messages.recovery(Messages.regression(), recovered("d2"), "has-runbook");

        assertThat(message.headline()).contains("partly recovered");
        assertThat(message.complete()).isFalse();
    }

    @Test
    void leavesOutWhatRecoveredWhileTheMessageWaited() {
        var both = regressed(PAYMENTS, 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL, "has-runbook", Outcome.FAIL));
        var message = Messages.COMPOSER.compose(
                Direction.REGRESSION, null, List.of(new Part(both, Set.of("has-runbook"))), Map.of(), null);

        assertThat(message.items().getFirst().rules()).hasSize(1);
    }

    @Test
    void takesTwoTransitionsOfOneResultTogether() {
        var message = Messages.regression(
                regressed(PAYMENTS, 2, "d1", Map.of(VULNERABILITIES, Outcome.FAIL)),
                regressed(PAYMENTS, 3, "d1", Map.of("has-runbook", Outcome.FAIL)));

        assertThat(message.items())
                .singleElement()
                .satisfies(it -> assertThat(it.rules()).hasSize(2));
    }

    @Test
    void saysWhatChangedAboutAnItemInWords() {
        var changed = reported("{\"package\":\"left-pad\",\"severity\":\"low\"}");
        var added = reported(null);

        assertThat(Messages.regression(changed).why().sentence())
                .isEqualTo("github reported vulnerabilities of repo:github.com/acme/payments: severity low → critical");
        assertThat(Messages.regression(added).why().sentence())
                .endsWith("payments: new: severity critical, package left-pad");
    }

    private static Transition reported(@Nullable String before) {
        var cause = Examples.dependabot("d1");
        return caused(
                regressed("d1"),
                new Cause(
                        cause.kind(),
                        cause.source(),
                        cause.connection(),
                        cause.deliveryId(),
                        cause.actor(),
                        cause.url(),
                        cause.subject(),
                        cause.fact(),
                        before,
                        "{\"package\":\"left-pad\",\"severity\":\"critical\"}",
                        cause.at(),
                        cause.baseline()));
    }

    @Test
    void saysThatADeadlinePassed() {
        var message = Messages.regression(caused(regressed("d1"), clock(Examples.NOON)));

        assertThat(message.why().sentence()).isEqualTo("A deadline passed");
        assertThat(message.why().deliveryId()).isNull();
    }

    @Test
    void keepsHostileTextOnOneCleanLine() {
        var message = Messages.regression(titled(
                regressed("d1"), "x\r\nBcc: a@b\u001b[31m", "{{7*7}} ${jndi:ldap://x}\u202e", "javascript:alert(1)"));

        assertThat(message.headline()).doesNotContain("\r", "\n", "\u001b");
        assertThat(message.items().getFirst().rules().getFirst())
                .satisfies(it -> assertThat(it.message()).isEqualTo("{{7*7}} ${jndi:ldap://x}"))
                .satisfies(it -> assertThat(it.remediationLink()).isNull());
    }

    @Test
    void tellsStepsApart() {
        var message = Messages.regression(titled(regressed("d1"), "title", "message", "Upgrade it\n  Deploy it\n"));

        assertThat(message.items().getFirst().rules().getFirst().remediation()).isEqualTo("Upgrade it; Deploy it");
    }

    @Test
    void staysSmallWhateverComesIn() {
        var message = Messages.regression(
                titled(regressed("d1"), "😀".repeat(10_000), "x".repeat(100_000), "y".repeat(9999)));

        assertThat(message.toString().length()).isLessThan(4000);
    }
}

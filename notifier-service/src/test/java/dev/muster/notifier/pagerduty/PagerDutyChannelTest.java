package dev.muster.notifier.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.Envelope.Matter;
import dev.muster.notifier.delivery.HttpChannelContract;
import dev.muster.notifier.delivery.Pace;
import dev.muster.notifier.delivery.PlainText;
import dev.muster.notifier.fakes.FakePagerDuty;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Messages;
import dev.muster.notifier.reminder.ReminderExamples;
import dev.muster.notifier.template.Templates;
import dev.muster.notifier.transition.Examples;
import dev.muster.testkit.FakeSlack.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PagerDutyChannelTest extends HttpChannelContract {

    private final FakePagerDuty pagerDuty = new FakePagerDuty();
    private final PagerDutyChannel channel = channel(FakePagerDuty.KEY);

    private PagerDutyChannel channel(String key) {
        return new PagerDutyChannel(
                new PagerDutySettings(
                        Map.of(HERE, new PagerDutySettings.Service(pagerDuty.api(), key, "warning", Pace.NONE))),
                outbound,
                new PlainText(Templates.shipped()));
    }

    @Override
    protected PagerDutyChannel channel() {
        return channel;
    }

    @Override
    protected FakePagerDuty receiver() {
        return pagerDuty;
    }

    @Override
    protected List<String> ids() {
        return pagerDuty.calls().stream()
                .map(it -> it.json().path("dedup_key").asString(""))
                .toList();
    }

    @Test
    void opensAnIncidentAndResolvesItWhenAllHasRecovered() {
        channel.send(to(Messages.regression()));
        assertThat(pagerDuty.open())
                .containsExactly(Map.entry(
                        "muster-n1", "payments regressed: No critical vulnerability is open (silver → bronze)"));
        assertThat(pagerDuty
                        .calls()
                        .getFirst()
                        .json()
                        .path("payload")
                        .path("severity")
                        .asString())
                .isEqualTo("warning");

        var recovery = Messages.recovery(Messages.regression(), Examples.recovered("d2"));
        assertThat(channel.send(Messages.answer(recovery, HERE, null, null))).isEqualTo(new Attempt.Accepted());

        assertThat(pagerDuty.open()).isEmpty();
    }

    @Test
    void keepsAnIncidentOpenWhileSomethingOfItIsOpen() {
        channel.send(to(Messages.regression()));
        var recovery = Messages.recovery(Messages.regression(), Examples.recovered("d2"));
        var partly = Messages.about(Messages.answer(recovery, HERE, null, null), new Matter("n1", true));

        assertThat(channel.send(partly)).isEqualTo(new Attempt.Accepted());

        assertThat(pagerDuty.open()).containsOnlyKeys("muster-n1");
        assertThat(pagerDuty.calls().getLast().path()).isEqualTo("/v2/change/enqueue");
    }

    @Test
    void joinsAFurtherRegressionToTheIncidentsThatItBelongsTo() {
        channel.send(Messages.about(to(Messages.regression()), new Matter("n7", true), new Matter("n8", true)));

        assertThat(pagerDuty.open()).containsOnlyKeys("muster-n7", "muster-n8");
    }

    @Test
    void wakesNobodyForWhatHasRecoveredMeanwhile() {
        assertThat(channel.send(Messages.about(to(Messages.regression()), new Matter("n1", false))))
                .isInstanceOfSatisfying(
                        Attempt.NotWanted.class,
                        it -> assertThat(it.reason()).isEqualTo(SuppressedBecause.NO_LONGER_SO));
        assertThat(pagerDuty.calls()).isEmpty();
    }

    @Test
    void wakesNobodyForAReminder() {
        channel.send(to(ReminderExamples.ends()));

        assertThat(pagerDuty.open()).isEmpty();
        assertThat(pagerDuty.calls())
                .singleElement()
                .satisfies(it -> assertThat(it.path()).isEqualTo("/v2/change/enqueue"));
    }

    @Test
    void opensOneIncidentHoweverOftenItIsTried() {
        pagerDuty.answer(Reply.status(500));
        channel.send(to(Messages.regression()));
        channel.send(to(Messages.regression()));
        channel.send(to(Messages.regression()));

        assertThat(pagerDuty.open()).hasSize(1);
    }

    @Test
    void givesUpAKeyThatPagerDutyDoesNotKnow() {
        assertThat(channel("wrong").send(to(Messages.regression())))
                .isInstanceOfSatisfying(
                        Attempt.GivenUp.class, it -> assertThat(it.reason()).isEqualTo(FailedBecause.UNAUTHORISED));
    }

    @Test
    void triesThePlainFormOfAnEventThatIsInvalid() {
        pagerDuty.answer(FakePagerDuty.invalid(List.of("'payload.summary' is too long")));

        assertThat(channel.send(to(Messages.regression()))).isInstanceOf(Attempt.Shorten.class);
    }

    @Test
    void neverPrintsTheKey() {
        assertThat(new PagerDutySettings(Map.of(
                                HERE,
                                new PagerDutySettings.Service(pagerDuty.api(), FakePagerDuty.KEY, "error", Pace.NONE)))
                        .toString())
                .doesNotContain("hunter2");
    }
}

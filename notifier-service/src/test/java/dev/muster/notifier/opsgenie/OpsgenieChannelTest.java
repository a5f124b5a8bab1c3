package dev.muster.notifier.opsgenie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.Envelope.Matter;
import dev.muster.notifier.delivery.HttpChannelContract;
import dev.muster.notifier.delivery.Pace;
import dev.muster.notifier.delivery.PlainText;
import dev.muster.notifier.fakes.FakeOpsgenie;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.message.Messages;
import dev.muster.notifier.reminder.ReminderExamples;
import dev.muster.notifier.template.Templates;
import dev.muster.notifier.transition.Examples;
import dev.muster.testkit.FakeSlack.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpsgenieChannelTest extends HttpChannelContract {

    private final FakeOpsgenie opsgenie = new FakeOpsgenie();
    private final OpsgenieChannel channel = channel(FakeOpsgenie.KEY);

    private OpsgenieChannel channel(String key) {
        return new OpsgenieChannel(
                new OpsgenieSettings(
                        Map.of(HERE, new OpsgenieSettings.Integration(opsgenie.api(), key, "P2", Pace.NONE))),
                outbound,
                new PlainText(Templates.shipped()));
    }

    @Override
    protected OpsgenieChannel channel() {
        return channel;
    }

    @Override
    protected FakeOpsgenie receiver() {
        return opsgenie;
    }

    @Override
    protected List<String> ids() {
        return opsgenie.calls().stream()
                .map(it -> it.json().path("alias").asString(""))
                .toList();
    }

    @Test
    void createsAnAlertAndClosesItWhenAllHasRecovered() {
        channel.send(to(Messages.regression()));
        assertThat(opsgenie.open()).containsOnlyKeys("muster-n1");
        assertThat(opsgenie.open().get("muster-n1").path("priority").asString()).isEqualTo("P2");

        var recovery = Messages.recovery(Messages.regression(), Examples.recovered("d2"));
        channel.send(Messages.answer(recovery, HERE, null, null));

        assertThat(opsgenie.open()).isEmpty();
        assertThat(opsgenie.calls().getLast().json().path("note").asString()).contains("payments recovered");
    }

    @Test
    void notesWhatHasRecoveredWhileTheRestIsOpen() {
        channel.send(to(Messages.regression()));
        var recovery = Messages.recovery(Messages.regression(), Examples.recovered("d2"));
        channel.send(Messages.about(Messages.answer(recovery, HERE, null, null), new Matter("n1", true)));

        assertThat(opsgenie.open()).containsOnlyKeys("muster-n1");
        assertThat(opsgenie.calls().getLast().path()).isEqualTo("/v2/alerts/muster-n1/notes?identifierType=alias");
    }

    @Test
    void createsAReminderWithTheLowestPriority() {
        channel.send(to(ReminderExamples.ends()));

        assertThat(opsgenie.open().get("muster-n1").path("priority").asString()).isEqualTo("P5");
    }

    @Test
    void givesUpAKeyThatOpsgenieDoesNotKnow() {
        assertThat(channel("wrong").send(to(Messages.regression())))
                .isInstanceOfSatisfying(
                        Attempt.GivenUp.class, it -> assertThat(it.reason()).isEqualTo(FailedBecause.UNAUTHORISED));

        opsgenie.answer(new Reply(422, Map.of(), "{\"message\":\"Key format is not valid!\"}", false));
        assertThat(channel.send(to(Messages.regression())))
                .isInstanceOfSatisfying(
                        Attempt.GivenUp.class, it -> assertThat(it.reason()).isEqualTo(FailedBecause.UNAUTHORISED));
    }

    @Test
    void triesThePlainFormOfWhatCannotBeProcessed() {
        opsgenie.answer(FakeOpsgenie.unprocessable(Map.of("description", "is too long")));

        assertThat(channel.send(to(Messages.regression()))).isInstanceOf(Attempt.Shorten.class);
    }

    @Test
    void saysInItsPlainFormThatNoDeliveryCausedIt() {
        channel.send(Messages.plain(
                to(Messages.regression(Examples.caused(Examples.regressed("d1"), Examples.clock(Examples.NOON))))));

        assertThat(opsgenie.open().get("muster-n1").path("description").asString())
                .contains("Delivery: none")
                .doesNotContain("null");
    }

    @Test
    void neverPrintsTheKey() {
        assertThat(new OpsgenieSettings(Map.of(
                                HERE,
                                new OpsgenieSettings.Integration(opsgenie.api(), FakeOpsgenie.KEY, "P3", Pace.NONE)))
                        .toString())
                .doesNotContain("hunter2");
    }
}

package dev.muster.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.message.Messages;
import dev.muster.testkit.FakeSlack.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackWebhookTest extends SlackChannelContract {

    @Override
    protected Envelope to(Message message) {
        return Messages.envelope(message, "webhook", null);
    }

    @Override
    protected void troubled() {
        slack.answer("hunter2", Reply.status(503));
    }

    @Override
    protected void refusing() {
        slack.answer("hunter2", new Reply(404, Map.of(), "no_team", false));
    }

    @Override
    protected void breaking() {
        slack.answer("hunter2", Reply.reset());
    }

    @Override
    protected void silent() {
        slack.answer("hunter2", Reply.never());
    }

    @Override
    protected boolean throttling(String retryAfter) {
        slack.answer("hunter2", Reply.rateLimited(retryAfter));
        return true;
    }

    @Test
    void marksTheMessageSoThatADuplicateIsRecognised() {
        channel.send(to(Messages.regression()));

        assertThat(slack.calls().getFirst().body()).contains("notification n1");
    }

    @Test
    void pausesForAsLongAsSlackAsks() {
        slack.answer("hunter2", Reply.rateLimited("30"));

        assertThat(channel.send(to(Messages.regression())))
                .isEqualTo(new Attempt.TryAgain(
                        FailedBecause.RATE_LIMITED, Duration.ofSeconds(30), Attempt.Pause.DESTINATION, "HTTP 429"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void triesThePlainFormWhenSlackDoesNotTakeTheBlocks(int status) {
        slack.answer("hunter2", Reply.status(status));

        assertThat(channel.send(to(Messages.regression()))).isInstanceOf(Attempt.Shorten.class);
    }

    @Test
    void takesAPageOfAProxyForNoDelivery() {
        slack.answer("hunter2", new Reply(200, Map.of(), "<html>Please log in</html>", false));

        assertThat(channel.send(to(Messages.regression()))).isInstanceOf(Attempt.GivenUp.class);
    }

    @Test
    void neverPrintsTheAddress() {
        assertThat(new SlackDestination.Webhook(slack.webhook("hunter2")).toString())
                .doesNotContain("hunter2");
    }
}

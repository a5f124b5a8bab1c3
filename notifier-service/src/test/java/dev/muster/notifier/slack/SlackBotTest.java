package dev.muster.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.Envelope.Matter;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.message.Messages;
import dev.muster.notifier.transition.Examples;
import dev.muster.testkit.FakeSlack.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackBotTest extends SlackChannelContract {

    @Override
    protected Envelope to(Message message) {
        return Messages.envelope(message, "bot", null);
    }

    @Override
    protected void troubled() {
        slack.answerApi(Reply.json("{\"ok\":false,\"error\":\"internal_error\"}"));
    }

    @Override
    protected void refusing() {
        slack.answerApi(Reply.json("{\"ok\":false,\"error\":\"channel_not_found\"}"));
    }

    @Override
    protected void breaking() {
        slack.answerApi(Reply.reset());
    }

    @Override
    protected void silent() {
        slack.answerApi(Reply.never());
    }

    @Override
    protected boolean throttling(String retryAfter) {
        slack.answerApi(Reply.rateLimited(retryAfter));
        return true;
    }

    @Test
    void changesTheMessageThatItEndsAndAnswersIt() {
        var recovery = Messages.recovery(Messages.regression(), Examples.recovered("d2"));
        channel.send(Messages.answer(recovery, "bot", null, "C1:1790000000.000007"));

        assertThat(slack.apiCalls()).hasSize(2);
        var update = json(slack.apiCalls().getFirst());
        assertThat(slack.apiCalls().getFirst().path()).isEqualTo("/api/chat.update");
        assertThat(update.path("channel").asString()).isEqualTo("C1");
        assertThat(update.path("ts").asString()).isEqualTo("1790000000.000007");
        assertThat(texts(update)).contains("🟢 Recovered: payments regressed", "notification n1");
        assertThat(json(slack.apiCalls().getLast()).path("thread_ts").asString())
                .isEqualTo("1790000000.000007");
    }

    @Test
    void saysOfTheMessageThatNobodyJudgesItAnyMoreAndNotThatItIsGood() {
        var end = Messages.recovery(Messages.regression(), Examples.ended(Examples.recovered("d2")));
        channel.send(Messages.answer(end, "bot", null, "C1:1790000000.000007"));

        var update = json(slack.apiCalls().getFirst());
        assertThat(texts(update))
                .contains("⚪ No longer judged: payments regressed")
                .doesNotContain("ecovered");
        assertThat(update.path("text").asString()).startsWith("No longer judged: payments regressed");
        assertThat(texts(json(slack.apiCalls().getLast()))).contains("⚪ payments is no longer judged");
    }

    @Test
    void takesBackThatAMessageIsOverWhenItBreaksAgainInItsThread() {
        var again = Messages.answer(Messages.regression(), "bot", null, "C1:1790000000.000007");
        channel.send(Messages.about(again, new Matter("n2", true)));

        var update = json(slack.apiCalls().getFirst());
        assertThat(slack.apiCalls().getFirst().path()).isEqualTo("/api/chat.update");
        assertThat(texts(update)).contains("🔴 payments regressed").doesNotContain("Recovered");
        assertThat(slack.apiCalls()).hasSize(2);
    }

    @Test
    void changesNothingWhenMoreBreaks() {
        var further = Messages.answer(Messages.regression(), "bot", null, "C1:1790000000.000007");
        channel.send(Messages.about(further, new Matter("n1", true)));

        assertThat(slack.apiCalls())
                .singleElement()
                .satisfies(it -> assertThat(it.path()).isEqualTo("/api/chat.postMessage"));
    }

    @Test
    void answersAMessageThatCannotBeChanged() {
        slack.answerUpdate(Reply.json("{\"ok\":false,\"error\":\"message_not_found\"}"));
        var recovery = Messages.recovery(Messages.regression(), Examples.recovered("d2"));

        assertThat(channel.send(Messages.answer(recovery, "bot", null, "1790000000.000007")))
                .isInstanceOf(Attempt.Delivered.class);
        assertThat(json(slack.apiCalls().getFirst()).path("channel").asString()).isEqualTo("C0PAYMENTS");
    }

    @Test
    void answersNobodyTwiceWhenTheChangeHasToBeTriedAgain() {
        slack.answerUpdate(Reply.status(503));
        var recovery = Messages.recovery(Messages.regression(), Examples.recovered("d2"));

        assertThat(channel.send(Messages.answer(recovery, "bot", null, "C1:1790000000.000007")))
                .isInstanceOf(Attempt.TryAgain.class);
        assertThat(slack.apiCalls()).hasSize(1);
    }

    @Test
    void changesNothingWhileSomethingIsOpen() {
        var recovery = Messages.recovery(Messages.regression(), Examples.recovered("d2"));
        channel.send(
                Messages.about(Messages.answer(recovery, "bot", null, "C1:1790000000.000007"), new Matter("n1", true)));

        assertThat(slack.apiCalls()).hasSize(1);
    }

    @Test
    void keepsWhatSlackCallsTheMessage() {
        assertThat(channel.send(to(Messages.regression()))).isEqualTo(new Attempt.Delivered("C1:1790000000.000001"));
        assertThat(slack.apiCalls()).singleElement().satisfies(it -> {
            assertThat(it.authorization()).isEqualTo("Bearer " + TOKEN);
            assertThat(json(it).path("channel").asString()).isEqualTo("C0PAYMENTS");
            assertThat(json(it).path("metadata")
                            .path("event_payload")
                            .path("id")
                            .asString())
                    .isEqualTo("n1");
            assertThat(json(it).has("thread_ts")).isFalse();
        });
    }

    @Test
    void answersInTheThread() {
        var recovery = Messages.recovery(Messages.regression(), Examples.recovered("d2"));
        channel.send(Messages.answer(recovery, "bot", null, "1790000000.000001"));

        assertThat(json(slack.apiCalls().getLast()).path("thread_ts").asString())
                .isEqualTo("1790000000.000001");
    }

    @ParameterizedTest
    @CsvSource({
        "ratelimited,RATE_LIMITED,TryAgain",
        "service_unavailable,SERVER_ERROR,TryAgain",
        "fatal_error,SERVER_ERROR,TryAgain",
        "invalid_auth,UNAUTHORISED,GivenUp",
        "token_revoked,UNAUTHORISED,GivenUp",
        "not_in_channel,UNAUTHORISED,GivenUp",
        "is_archived,GONE,GivenUp",
        "no_text,REFUSED,GivenUp",
        "something_new,REFUSED,GivenUp"
    })
    void readsTheErrorInABodyThatComesWith200(String error, FailedBecause reason, String kind) {
        slack.answerApi(
                new Reply(200, Map.of("Retry-After", "3"), "{\"ok\":false,\"error\":\"%s\"}".formatted(error), false));

        assertThat(channel.send(to(Messages.regression()))).satisfies(it -> {
            assertThat(it.getClass().getSimpleName()).isEqualTo(kind);
            assertThat(it.toString()).contains(reason.name());
        });
    }

    @ParameterizedTest
    @CsvSource({"invalid_blocks", "msg_too_long", "msg_blocks_too_long"})
    void triesThePlainFormWhenSlackDoesNotTakeTheBlocks(String error) {
        slack.answerApi(Reply.json("{\"ok\":false,\"error\":\"%s\"}".formatted(error)));

        assertThat(channel.send(to(Messages.regression()))).isInstanceOf(Attempt.Shorten.class);
    }

    @Test
    void neverPrintsTheToken() {
        assertThat(new SlackDestination.Bot(TOKEN, "C1").toString()).doesNotContain("hunter2");
    }
}

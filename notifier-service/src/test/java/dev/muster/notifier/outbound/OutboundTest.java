package dev.muster.notifier.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.service.Traces;
import dev.muster.testkit.FakeSlack;
import dev.muster.testkit.FakeSlack.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboundTest {

    private static final Duration WITHIN = Duration.ofMillis(700);

    private final FakeSlack slack = FakeSlack.start();
    private final Outbound outbound = new Outbound(
            new OutboundSettings(new AllowedHosts(List.of("http://localhost:" + slack.port())), WITHIN),
            InstantSource.system(),
            Traces.none());

    @AfterEach
    void stop() {
        outbound.close();
        slack.close();
    }

    @Test
    void givesTheAnswerWithWhatItAsksFor() {
        slack.answer("a", Reply.rateLimited("7"));

        assertThat(post()).isEqualTo(new Answer.Received(429, Duration.ofSeconds(7), ""));
    }

    @Test
    void doesNotFollowARedirect() {
        slack.answer("a", new Reply(302, Map.of("Location", slack.webhook("b").toString()), "", false));

        assertThat(post()).isEqualTo(new Answer.Received(302, Duration.ZERO, ""));
        assertThat(slack.calls("b")).isEmpty();
    }

    @Test
    void readsOnlyTheHeadOfALongAnswer() {
        slack.answer("a", new Reply(200, Map.of(), "x".repeat(1_000_000), false));

        assertThat(post())
                .isInstanceOfSatisfying(
                        Answer.Received.class, it -> assertThat(it.body()).hasSize(Outbound.LARGEST));
    }

    @Test
    void isDoneInTimeWhenNobodyAnswers() {
        slack.answer("a", Reply.never());

        var started = System.nanoTime();
        assertThat(post())
                .isInstanceOfSatisfying(
                        Answer.Missing.class, it -> assertThat(it.reason()).isEqualTo(FailedBecause.TIMED_OUT));
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(WITHIN.multipliedBy(4));
    }

    @Test
    void callsNobodyWhoIsNotAllowed() {
        assertThat(outbound.post(URI.create("http://127.0.0.1:" + slack.port() + "/services/hunter2"), Map.of(), "{}"))
                .isInstanceOfSatisfying(Answer.Missing.class, it -> {
                    assertThat(it.reason()).isEqualTo(FailedBecause.BLOCKED);
                    assertThat(it.toString()).doesNotContain("hunter2");
                });
        assertThat(slack.calls()).isEmpty();
    }

    @Test
    void tellsABrokenConnectionWithoutTheAddress() {
        slack.answer("hunter2", Reply.reset());

        assertThat(outbound.post(slack.webhook("hunter2"), Map.of(), "{}"))
                .isInstanceOfSatisfying(Answer.Missing.class, it -> {
                    assertThat(it.reason()).isEqualTo(FailedBecause.UNREACHABLE);
                    assertThat(it.toString()).doesNotContain("hunter2");
                });
    }

    private Answer post() {
        return outbound.post(slack.webhook("a"), Map.of(), "{}");
    }
}

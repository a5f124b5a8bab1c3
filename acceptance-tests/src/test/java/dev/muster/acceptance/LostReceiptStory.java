package dev.muster.acceptance;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.testkit.FakeSlack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The notifier dies after a message was taken and before it has written that down.
class LostReceiptStory {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String RULE = "max-known-vulnerabilities";
    private static final Instant FOUND = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void whatWasTakenComesAtMostTwiceWithOneIdAndWhatHappensMeanwhileIsToldToo() {
        var muster = Muster.shared();
        muster.publish(Declared.scorecard("receipts", "receipt", Declared.vulnerabilityRules(0)));
        muster.apply(Declared.catalog(
                Declared.team("forgetful", "muster.dev/slack-webhook: crashing"),
                Declared.service("receipt-lost", "forgetful"),
                Declared.service("receipt-later", "forgetful")));
        for (var name : List.of("lost", "later")) {
            muster.awaitOutcome("component:default/receipt-" + name, "receipts", RULE, "UNKNOWN");
        }
        muster.slack().answerApi(FakeSlack.Reply.never());
        var notifier = muster.platform().pid("notifier");

        muster.send(found("receipt-lost"));
        var taken = muster.awaitSlackPosts(Muster.CRASHING_CHANNEL, 1).getFirst();
        muster.platform().kill("notifier"); // Slack has the message; that it said so is on no disk
        muster.send(found("receipt-later"));
        muster.platform().awaitRestart("notifier", notifier);

        for (var name : List.of("lost", "later")) {
            await("every message about " + name + " has ended")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(muster.receipts("component:default/receipt-" + name))
                            .hasSize(2) // mail and Slack
                            .allSatisfy(it ->
                                    assertThat(it.path("state").asString()).isIn("SENT", "ACCEPTED")));
        }
        var posts = muster.slackPosts(Muster.CRASHING_CHANNEL);
        assertThat(posts.stream().collect(groupingBy(LostReceiptStory::id, counting())))
                .as("times that each message came")
                .hasSize(2)
                .containsEntry(id(taken), 2L)
                .containsValue(1L);
        assertThat(posts.stream().filter(it -> id(it).equals(id(taken))))
                .as("the same message, word by word")
                .allSatisfy(it -> assertThat(it).isEqualTo(taken));
        assertThat(posts.stream().map(JsonNode::toString))
                .as("what happened while nobody was there")
                .anySatisfy(it -> assertThat(it).contains("receipt-later"));
        assertThat(muster.mailsTo("forgetful@example.org").stream()
                        .collect(groupingBy(it -> it.path("MessageID").asString(), counting())))
                .as("times that each mail came")
                .hasSize(2)
                .allSatisfy((_, times) -> assertThat(times).isLessThanOrEqualTo(2));
    }

    private static Delivery found(String repository) {
        return Delivery.of(
                "dependabot_alert",
                repository + "-found",
                new Alert("acme/" + repository, 1, "critical", FOUND).created());
    }

    private static String id(JsonNode post) {
        return post.path("metadata").path("event_payload").path("id").asString();
    }
}

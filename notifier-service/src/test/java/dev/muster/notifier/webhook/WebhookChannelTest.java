package dev.muster.notifier.webhook;

import static dev.muster.notifier.transition.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.HttpChannelContract;
import dev.muster.notifier.delivery.Pace;
import dev.muster.notifier.delivery.PlainText;
import dev.muster.notifier.fakes.FakeWebhook;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Messages;
import dev.muster.notifier.template.Templates;
import dev.muster.notifier.transition.Examples;
import dev.muster.notifier.webhook.WebhookSettings.Receiver;
import dev.muster.testkit.FakeSlack.Reply;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebhookChannelTest extends HttpChannelContract {

    private static final String OLD = "whsec_aHVudGVyMi1odW50ZXIyLWh1bnRlcjItb2xkLWtleQ==";
    private static final String NEW = "whsec_aHVudGVyMi1odW50ZXIyLWh1bnRlcjItbmV3LWtleQ==";

    private final FakeWebhook webhook = new FakeWebhook(NEW);
    private final WebhookChannel channel = channel(new JsonBody(), EnumSet.allOf(Direction.class), OLD, NEW);

    private WebhookChannel channel(WebhookBody body, Set<Direction> tells, String... secrets) {
        return new WebhookChannel(
                new WebhookSettings(Map.of(
                        HERE,
                        new Receiver(
                                webhook.at("/in?token=hunter2"),
                                List.of(secrets).stream().map(SigningKey::of).toList(),
                                Map.of("Authorization", "Bearer hunter2"),
                                body,
                                tells,
                                Pace.NONE))),
                outbound,
                () -> NOON,
                new PlainText(Templates.shipped()));
    }

    @Override
    protected WebhookChannel channel() {
        return channel;
    }

    @Override
    protected FakeWebhook receiver() {
        return webhook;
    }

    @Override
    protected List<String> ids() {
        return webhook.calls().stream()
                .map(it -> it.headers().getOrDefault("webhook-id", ""))
                .toList();
    }

    @Test
    void signsWithEveryKeySoThatKeysCanChange() {
        assertThat(channel.send(to(Messages.regression()))).isEqualTo(new Attempt.Accepted());
        assertThat(webhook.calls().getFirst().headers())
                .containsEntry("webhook-id", "n1")
                .containsEntry("webhook-timestamp", "" + NOON.getEpochSecond())
                .containsEntry("authorization", "Bearer hunter2");
        assertThat(webhook.calls().getFirst().headers().get("webhook-signature").split(" "))
                .hasSize(2)
                .allMatch(it -> it.startsWith("v1,"));

        assertThat(channel(new JsonBody(), EnumSet.allOf(Direction.class), OLD).send(to(Messages.regression())))
                .isInstanceOfSatisfying(
                        Attempt.GivenUp.class, it -> assertThat(it.reason()).isEqualTo(FailedBecause.UNAUTHORISED));
    }

    /// The example of the specification of Standard Webhooks.
    @Test
    void signsAsTheSpecificationDoes() {
        assertThat(SigningKey.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                        .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void saysWhatAProgramNeeds() {
        channel.send(to(Messages.regression()));

        var body = webhook.calls().getFirst().json();
        assertThat(body.path("type").asString()).isEqualTo("muster.notification.regression");
        assertThat(body.path("timestamp").asString()).isEqualTo(NOON.toString());
        var data = body.path("data");
        assertThat(data.path("id").asString()).isEqualTo("n1");
        assertThat(data.path("items").path(0).path("entity").asString()).isEqualTo("component:default/payments");
        assertThat(data.path("resolved").asBoolean()).isFalse();
        assertThat(data.path("why").path("deliveryId").asString()).isEqualTo("d-72d3162e");
    }

    @Test
    void opensATicketWithATemplateAndTellsItNothingElse() {
        webhook.answer(Reply.status(201), Reply.status(201));
        var tickets = channel(TemplateBody.of("""
                        {"fields": {"project": {"key": "OPS"}, "issuetype": {"name": "Task"},
                         "summary": "{{headline}}", "description": "{{text}}{{#items}}
                        {{entity}}{{/items}}", "labels": ["muster-{{id}}"]}}
                        """.replace("\n", "")), EnumSet.of(Direction.REGRESSION), NEW);
        var hostile = Examples.titled(Examples.regressed("d1"), "\"}, \"x\": {{headline}}", "a\nb", "c\\");

        assertThat(tickets.send(to(Messages.regression(hostile)))).isEqualTo(new Attempt.Delivered(null));
        assertThat(tickets.send(to(Messages.recovery(Messages.regression(), Examples.recovered("d2")))))
                .isInstanceOfSatisfying(
                        Attempt.NotWanted.class, it -> assertThat(it.reason()).isEqualTo(SuppressedBecause.NOT_WANTED));

        assertThat(webhook.calls()).singleElement().satisfies(it -> {
            var fields = it.json().path("fields");
            assertThat(it.json().propertyNames()).containsExactly("fields");
            assertThat(fields.path("summary").asString()).contains("\"}, \"x\": {{headline}}");
            assertThat(fields.path("description").asString()).contains("Why: ", "component:default/payments");
            assertThat(fields.path("labels").path(0).asString()).isEqualTo("muster-n1");
        });
    }

    @Test
    void neverPrintsAnyOfIt() {
        var receiver = new Receiver(
                webhook.at("/hunter2"),
                List.of(SigningKey.of(NEW)),
                Map.of("Authorization", "hunter2"),
                new JsonBody(),
                Set.of(),
                Pace.NONE);

        assertThat(new WebhookSettings(Map.of(HERE, receiver)).toString()).doesNotContain("hunter2");
        assertThat(SigningKey.of(NEW).toString()).doesNotContain("aHVudGVy");
    }
}

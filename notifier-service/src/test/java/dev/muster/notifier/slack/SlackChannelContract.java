package dev.muster.notifier.slack;

import static dev.muster.notifier.transition.Examples.NOON;

import dev.muster.notifier.delivery.ChannelContract;
import dev.muster.notifier.outbound.Outbound;
import dev.muster.notifier.outbound.TestOutbound;
import dev.muster.notifier.template.Templates;
import dev.muster.testkit.FakeSlack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Slack, either way.
abstract class SlackChannelContract extends ChannelContract {

    static final String TOKEN = "xoxb-hunter2";

    final FakeSlack slack = FakeSlack.start();
    final Outbound outbound = TestOutbound.within(Duration.ofSeconds(1), () -> NOON);
    final SlackChannel channel = new SlackChannel(
            new SlackSettings(
                    slack.api(),
                    Map.of(
                            "webhook", new SlackDestination.Webhook(slack.webhook("hunter2")),
                            "bot", new SlackDestination.Bot(TOKEN, "C0PAYMENTS")),
                    Map.of()),
            outbound,
            Templates.shipped());

    @AfterEach
    void stop() {
        outbound.close();
        slack.close();
    }

    @Override
    protected SlackChannel channel() {
        return channel;
    }

    @Override
    protected String secret() {
        return "hunter2";
    }

    @Override
    protected List<String> ids() {
        return slack.calls().stream()
                .map(it -> it.body().replaceAll("(?s).*notification (\\w+).*", "$1"))
                .toList();
    }

    /// All text of the message in Slack's mark-up; what Slack takes for plain text already is escaped to look like it.
    @Override
    protected List<String> received() {
        return slack.calls().stream()
                .map(it -> texts(JsonMapper.shared().readTree(it.body())))
                .toList();
    }

    static String texts(JsonNode node) {
        if (node.isString()) {
            return node.asString();
        }
        if (node.path("type").asString("").equals("plain_text")) {
            return Mrkdwn.escape(node.path("text").asString());
        }
        return String.join(
                "\n",
                StreamSupport.stream(node.spliterator(), false)
                        .map(SlackChannelContract::texts)
                        .toList());
    }

    static JsonNode json(FakeSlack.Call call) {
        return JsonMapper.shared().readTree(call.body());
    }
}

package dev.muster.notifier.slack;

import dev.muster.notifier.delivery.ChannelContract;
import dev.muster.notifier.outbound.AllowedHosts;
import dev.muster.notifier.outbound.Outbound;
import dev.muster.notifier.outbound.OutboundSettings;
import dev.muster.service.Traces;
import dev.muster.testkit.FakeSlack;
import java.time.Duration;
import java.time.InstantSource;
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
    final Outbound outbound = new Outbound(
            new OutboundSettings(new AllowedHosts(List.of("http://localhost:*")), Duration.ofSeconds(1)),
            InstantSource.system(),
            Traces.none());
    final SlackChannel channel = new SlackChannel(
            new SlackSettings(
                    slack.api(),
                    Duration.ZERO,
                    Map.of(
                            "webhook", new SlackDestination.Webhook(slack.webhook("hunter2")),
                            "bot", new SlackDestination.Bot(TOKEN, "C0PAYMENTS"))),
            outbound);

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

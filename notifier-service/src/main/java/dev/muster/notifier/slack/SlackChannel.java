package dev.muster.notifier.slack;

import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.Channel;
import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.outbound.Answer;
import dev.muster.notifier.outbound.Outbound;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Slack. A bot answers in the thread of what it ends; a webhook cannot, so its message names and links it.
@Component
class SlackChannel implements Channel {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final SlackSettings settings;
    private final Outbound outbound;
    private final SlackRenderer renderer = new SlackRenderer();

    SlackChannel(SlackSettings settings, Outbound outbound) {
        this.settings = settings;
        this.outbound = outbound;
    }

    @Override
    public ChannelName name() {
        return ChannelName.SLACK;
    }

    @Override
    public Duration pace() {
        return settings.pace();
    }

    @Override
    public Attempt send(Envelope envelope) {
        return switch (settings.destinations().get(envelope.destination())) {
            case null -> new Attempt.GivenUp(FailedBecause.UNKNOWN_DESTINATION, "not in muster.notifier.destinations");
            case SlackDestination.Webhook(var url) ->
                post(() -> outbound.post(url, Map.of(), JSON.writeValueAsString(body(envelope))));
            case SlackDestination.Bot bot ->
                post(() -> outbound.post(
                        settings.api().resolve("chat.postMessage"),
                        Map.of("Authorization", "Bearer " + bot.token()),
                        JSON.writeValueAsString(body(envelope, bot))));
        };
    }

    private static Attempt post(java.util.function.Supplier<Answer> post) {
        return switch (post.get()) {
            case Answer.Received answer -> SlackAnswers.of(answer);
            case Answer.Missing(var reason, var detail)
            when reason == FailedBecause.BLOCKED -> new Attempt.GivenUp(reason, detail);
            case Answer.Missing(var reason, var detail) -> new Attempt.TryAgain(reason, detail);
        };
    }

    private Map<String, Object> body(Envelope it) {
        var body = new LinkedHashMap<String, Object>();
        body.put("text", renderer.text(it));
        var blocks = renderer.blocks(it);
        if (!blocks.isEmpty()) {
            body.put("blocks", blocks);
        }
        body.put("unfurl_links", false);
        body.put("unfurl_media", false);
        return body;
    }

    private Map<String, Object> body(Envelope it, SlackDestination.Bot bot) {
        var body = body(it);
        body.put("channel", bot.channel());
        if (it.answers() && it.threadRef() != null) {
            body.put("thread_ts", it.threadRef());
        }
        body.put(
                "metadata",
                Map.of("event_type", "muster_notification", "event_payload", Map.of("id", it.notificationId())));
        return body;
    }
}

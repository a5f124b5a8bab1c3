package dev.muster.notifier.slack;

import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.Channel;
import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.Pace;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.outbound.Outbound;
import dev.muster.notifier.template.Templates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Slack. A bot changes the message that it ends and answers in its thread; a webhook can do neither, so its message
/// names and links it.
@Component
class SlackChannel implements Channel {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final SlackSettings settings;
    private final Outbound outbound;
    private final SlackRenderer renderer;

    SlackChannel(SlackSettings settings, Outbound outbound, Templates templates) {
        this.settings = settings;
        this.outbound = outbound;
        this.renderer = new SlackRenderer(templates);
    }

    @Override
    public ChannelName name() {
        return ChannelName.SLACK;
    }

    @Override
    public Pace pace(String destination) {
        return settings.paces().getOrDefault(destination, Pace.NONE);
    }

    @Override
    public Set<String> along(String destination) {
        return settings.along(destination);
    }

    @Override
    public Attempt send(Envelope envelope) {
        return switch (settings.destinations().get(envelope.destination())) {
            case null -> new Attempt.GivenUp(FailedBecause.UNKNOWN_DESTINATION, "not in muster.notifier.destinations");
            case SlackDestination.Webhook(var url) ->
                outbound.post(url, Map.of(), JSON.writeValueAsString(body(envelope)))
                        .attempt(SlackAnswers::of);
            case SlackDestination.Bot bot -> send(envelope, bot);
        };
    }

    /// The end of what was told is told twice: the message that told it says so from then on, until it
    /// breaks again, and an answer in its thread is what people are notified of. The first is done first,
    /// because to do it again changes nothing.
    private Attempt send(Envelope it, SlackDestination.Bot bot) {
        var turns = it.answers() && (it.resolves() || it.breaksAgain());
        if (turns && it.root() != null && it.threadRef() != null) {
            var updated = call("chat.update", bot, update(it, it.root(), SlackRef.of(it.threadRef(), bot.channel())));
            if (updated instanceof Attempt.TryAgain) {
                return updated;
            }
            // A message that cannot be changed, because somebody deleted it or it is too old, is answered all the same.
        }
        return call("chat.postMessage", bot, body(it, bot));
    }

    private Attempt call(String method, SlackDestination.Bot bot, Map<String, Object> body) {
        return outbound.post(
                        settings.api().resolve(method),
                        Map.of("Authorization", "Bearer " + bot.token()),
                        JSON.writeValueAsString(body))
                .attempt(SlackAnswers::of);
    }

    private Map<String, Object> update(Envelope it, Message root, SlackRef ref) {
        var first = new Envelope(
                it.threadId(),
                it.threadId(),
                it.destination(),
                it.address(),
                null,
                root,
                false,
                null,
                null,
                it.matters(),
                List.of(),
                it.createdAt());
        var body = new LinkedHashMap<String, Object>();
        body.put("channel", ref.channel());
        body.put("ts", ref.ts());
        body.put("text", it.resolves() ? renderer.endedText(first, it.message()) : renderer.text(first));
        body.put("blocks", it.resolves() ? renderer.ended(first, it.message()) : renderer.blocks(first));
        return body;
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
            body.put("thread_ts", SlackRef.of(it.threadRef(), bot.channel()).ts());
        }
        body.put(
                "metadata",
                Map.of("event_type", "muster_notification", "event_payload", Map.of("id", it.notificationId())));
        return body;
    }
}

package dev.muster.notifier.webhook;

import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.Channel;
import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.HttpAnswers;
import dev.muster.notifier.delivery.Pace;
import dev.muster.notifier.delivery.PlainText;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.outbound.Answer;
import dev.muster.notifier.outbound.Outbound;
import dev.muster.notifier.webhook.WebhookSettings.Receiver;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// A POST to whoever wants it, as Standard Webhooks says: an id that is the same in every attempt, the time of the
/// attempt, and a signature with each key. A receiver that says 201 has made something of it; any other yes means that
/// it was taken.
@Component
class WebhookChannel implements Channel {

    private final WebhookSettings settings;
    private final Outbound outbound;
    private final InstantSource clock;
    private final PlainText text;

    WebhookChannel(WebhookSettings settings, Outbound outbound, InstantSource clock, PlainText text) {
        this.settings = settings;
        this.outbound = outbound;
        this.clock = clock;
        this.text = text;
    }

    @Override
    public ChannelName name() {
        return ChannelName.WEBHOOK;
    }

    @Override
    public Pace pace(String destination) {
        var receiver = settings.destinations().get(destination);
        return receiver == null ? Pace.NONE : receiver.pace();
    }

    @Override
    public Attempt send(Envelope envelope) {
        var receiver = settings.destinations().get(envelope.destination());
        if (receiver == null) {
            return new Attempt.GivenUp(FailedBecause.UNKNOWN_DESTINATION, "not in muster.notifier.destinations");
        }
        var kind = envelope.message().direction();
        if (!receiver.tells().contains(kind)) {
            return new Attempt.NotWanted(SuppressedBecause.NOT_WANTED, "the destination is not told of a " + kind);
        }
        var body = receiver.body().of(envelope, text);
        return outbound.post(
                        receiver.url(),
                        headers(receiver, envelope.notificationId(), body),
                        receiver.body().type(),
                        body)
                .attempt(WebhookChannel::meaning);
    }

    private Map<String, String> headers(Receiver receiver, String id, String body) {
        var at = clock.instant().getEpochSecond();
        var headers = new HashMap<>(receiver.headers());
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(at));
        if (!receiver.keys().isEmpty()) {
            headers.put(
                    "webhook-signature",
                    receiver.keys().stream().map(key -> key.sign(id, at, body)).collect(Collectors.joining(" ")));
        }
        return headers;
    }

    private static Attempt meaning(Answer.Received answer) {
        return answer.status() == 201
                ? new Attempt.Delivered(null)
                : answer.good() ? new Attempt.Accepted() : HttpAnswers.of(answer.status(), answer.retryAfter());
    }
}

package dev.muster.notifier.opsgenie;

import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.Channel;
import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.HttpAnswers;
import dev.muster.notifier.delivery.Incident;
import dev.muster.notifier.delivery.Pace;
import dev.muster.notifier.delivery.PlainText;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.outbound.Answer;
import dev.muster.notifier.outbound.Outbound;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Opsgenie, Alert API v2. What one message tells is one alert: as long as it is open, another one with the same alias
/// only counts. The recovery of all of it closes it, that of a part is a note, a reminder an alert of its own.
/// Opsgenie works on requests later: a message ends as accepted.
@Component
class OpsgenieChannel implements Channel {

    private final OpsgenieSettings settings;
    private final Outbound outbound;
    private final PlainText text;

    OpsgenieChannel(OpsgenieSettings settings, Outbound outbound, PlainText text) {
        this.settings = settings;
        this.outbound = outbound;
        this.text = text;
    }

    @Override
    public ChannelName name() {
        return ChannelName.OPSGENIE;
    }

    @Override
    public Pace pace(String destination) {
        var integration = settings.destinations().get(destination);
        return integration == null ? Pace.NONE : integration.pace();
    }

    @Override
    public Attempt send(Envelope envelope) {
        var integration = settings.destinations().get(envelope.destination());
        if (integration == null) {
            return new Attempt.GivenUp(FailedBecause.UNKNOWN_DESTINATION, "not in muster.notifier.destinations");
        }
        return Incident.each(
                envelope,
                incident -> send(new OpsgenieAlert(envelope, incident, integration.priority(), text), integration));
    }

    private Attempt send(OpsgenieAlert alert, OpsgenieSettings.Integration integration) {
        return outbound.post(
                        integration.api().resolve(alert.path()),
                        Map.of("Authorization", "GenieKey " + integration.key()),
                        alert.json())
                .attempt(OpsgenieChannel::meaning);
    }

    /// A key of the wrong form is content that cannot be processed, for Opsgenie; only its words tell.
    private static Attempt meaning(Answer.Received answer) {
        if (answer.good()) {
            return new Attempt.Accepted();
        }
        return answer.status() == 422 && answer.body().contains("Key format")
                ? new Attempt.GivenUp(FailedBecause.UNAUTHORISED, "HTTP 422, the key is not valid")
                : HttpAnswers.of(answer.status(), answer.retryAfter());
    }
}

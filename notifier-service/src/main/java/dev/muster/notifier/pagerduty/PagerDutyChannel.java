package dev.muster.notifier.pagerduty;

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

/// PagerDuty, Events API v2. What one message tells is one incident, so that a further regression of it joins it and a
/// message that comes twice counts once; the recovery of all of it resolves it. What must wake nobody, a reminder or a
/// recovery of a part, is a change event. PagerDuty takes events and works on them later: a message ends as accepted.
@Component
class PagerDutyChannel implements Channel {

    private final PagerDutySettings settings;
    private final Outbound outbound;
    private final PlainText text;

    PagerDutyChannel(PagerDutySettings settings, Outbound outbound, PlainText text) {
        this.settings = settings;
        this.outbound = outbound;
        this.text = text;
    }

    @Override
    public ChannelName name() {
        return ChannelName.PAGERDUTY;
    }

    @Override
    public Pace pace(String destination) {
        var service = settings.destinations().get(destination);
        return service == null ? Pace.NONE : service.pace();
    }

    @Override
    public Attempt send(Envelope envelope) {
        var service = settings.destinations().get(envelope.destination());
        if (service == null) {
            return new Attempt.GivenUp(FailedBecause.UNKNOWN_DESTINATION, "not in muster.notifier.destinations");
        }
        return Incident.each(envelope, incident -> send(new PagerDutyEvent(envelope, service, incident, text)));
    }

    private Attempt send(PagerDutyEvent event) {
        return outbound.post(event.service().api().resolve(event.path()), Map.of(), event.json())
                .attempt(PagerDutyChannel::meaning);
    }

    /// A key that PagerDuty does not know makes the event invalid, as anything else does; only its words tell.
    private static Attempt meaning(Answer.Received answer) {
        if (answer.good()) {
            return new Attempt.Accepted();
        }
        return answer.status() == 400 && answer.body().contains("routing_key")
                ? new Attempt.GivenUp(FailedBecause.UNAUTHORISED, "HTTP 400, the integration key is not valid")
                : HttpAnswers.of(answer.status(), answer.retryAfter());
    }
}

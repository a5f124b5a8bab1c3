package dev.muster.notifier.teams;

import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.Channel;
import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.HttpAnswers;
import dev.muster.notifier.delivery.Pace;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.outbound.Answer;
import dev.muster.notifier.outbound.Outbound;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Microsoft Teams, through the webhook of a workflow that posts a card. Yes means that the workflow began, not that
/// anybody sees the card: such a message ends as accepted. A workflow cannot answer in a thread, so a recovery names
/// what it ends.
@Component
class TeamsChannel implements Channel {

    private final TeamsSettings settings;
    private final Outbound outbound;

    TeamsChannel(TeamsSettings settings, Outbound outbound) {
        this.settings = settings;
        this.outbound = outbound;
    }

    @Override
    public ChannelName name() {
        return ChannelName.TEAMS;
    }

    @Override
    public Pace pace(String destination) {
        var workflow = settings.destinations().get(destination);
        return workflow == null ? Pace.NONE : workflow.pace();
    }

    @Override
    public Attempt send(Envelope envelope) {
        var workflow = settings.destinations().get(envelope.destination());
        return workflow == null
                ? new Attempt.GivenUp(FailedBecause.UNKNOWN_DESTINATION, "not in muster.notifier.destinations")
                : outbound.post(
                                workflow.url(),
                                Map.of("X-Muster-Notification", envelope.notificationId()),
                                TeamsCard.json(envelope))
                        .attempt(TeamsChannel::meaning);
    }

    /// A workflow that was switched off says 400, as for a card that it does not take; only its words tell.
    private static Attempt meaning(Answer.Received answer) {
        if (answer.good()) {
            return new Attempt.Accepted();
        }
        return answer.status() == 400 && answer.body().contains("WorkflowTriggerIsNotEnabled")
                ? new Attempt.GivenUp(FailedBecause.GONE, "HTTP 400, the workflow is switched off")
                : HttpAnswers.of(answer.status(), answer.retryAfter());
    }
}

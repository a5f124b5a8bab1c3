package dev.muster.notifier.slack;

import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.Attempt.Pause;
import dev.muster.notifier.delivery.HttpAnswers;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.outbound.Answer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Slack's answers mean. A webhook says `ok`; the Web API says 200 to everything and tells the truth in the
/// body.
final class SlackAnswers {

    private static final JsonMapper JSON = JsonMapper.shared();

    private SlackAnswers() {}

    static Attempt of(Answer.Received answer) {
        return answer.status() / 100 == 2 ? said(answer) : HttpAnswers.of(answer.status(), answer.retryAfter());
    }

    private static Attempt said(Answer.Received answer) {
        var body = answer.body().strip();
        if (body.isEmpty() || body.equals("ok")) {
            return new Attempt.Delivered(null);
        }
        var json = json(body);
        if (json == null || !json.isObject()) {
            // A page of a proxy in between: whatever it is, it is not Slack.
            return new Attempt.GivenUp(FailedBecause.REFUSED, "the answer is not one of Slack");
        }
        return json.path("ok").asBoolean(true)
                ? new Attempt.Delivered(ref(json))
                : error(json.path("error").asString("none"), answer);
    }

    private static @Nullable String ref(JsonNode json) {
        var ts = json.path("ts").asString("");
        var channel = json.path("channel").asString("");
        return ts.isEmpty() ? null : channel.isEmpty() ? ts : new SlackRef(channel, ts).text();
    }

    private static Attempt error(String error, Answer.Received answer) {
        var detail = "Slack said " + (error.matches("[a-z0-9_]{1,60}") ? error : "an error");
        return switch (error) {
            case "ratelimited", "rate_limited" ->
                new Attempt.TryAgain(FailedBecause.RATE_LIMITED, answer.retryAfter(), Pause.DESTINATION, detail);
            case "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org" ->
                new Attempt.TryAgain(FailedBecause.SERVER_ERROR, detail);
            case "invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long" ->
                new Attempt.Shorten(detail);
            case "invalid_auth",
                    "not_authed",
                    "account_inactive",
                    "token_revoked",
                    "token_expired",
                    "missing_scope",
                    "no_permission",
                    "not_in_channel",
                    "restricted_action",
                    "org_login_required" -> new Attempt.GivenUp(FailedBecause.UNAUTHORISED, detail);
            case "channel_not_found", "is_archived", "no_team", "channel_is_archived" ->
                new Attempt.GivenUp(FailedBecause.GONE, detail);
            default -> new Attempt.GivenUp(FailedBecause.REFUSED, detail);
        };
    }

    private static @Nullable JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException _) {
            return null;
        }
    }
}

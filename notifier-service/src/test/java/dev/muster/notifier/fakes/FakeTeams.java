package dev.muster.notifier.fakes;

import dev.muster.testkit.FakeSlack.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;

/// A workflow of Power Automate that posts cards into a channel of Teams. It says 202 without a body, wants the
/// signature that is part of its address, and refuses what is no card or larger than Teams takes.
public final class FakeTeams extends ScriptedReceiver {

    private static final int MOST = 28 * 1024;
    private static final String SIGNATURE = "hunter2-signature";

    public URI url() {
        return at("/workflows/4f6e/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers&sv=1.0&sig="
                + SIGNATURE);
    }

    @Override
    Reply usual(Call call) {
        if (!call.path().endsWith("sig=" + SIGNATURE)) {
            return error(401, "DirectApiAuthorizationRequired");
        }
        if (call.body().getBytes(StandardCharsets.UTF_8).length > MOST) {
            return Reply.status(413);
        }
        return isCard(call) ? Reply.status(202) : error(400, "TriggerInputSchemaMismatch");
    }

    private static boolean isCard(Call call) {
        try {
            var attachment = call.json().path("attachments").path(0);
            return call.json().path("type").asString("").equals("message")
                    && attachment.path("contentType").asString("").equals("application/vnd.microsoft.card.adaptive")
                    && attachment.path("content").path("type").asString("").equals("AdaptiveCard")
                    && attachment.path("content").path("body").size() > 0;
        } catch (JacksonException _) {
            return false;
        }
    }

    /// An error as the workflow service writes it.
    public static Reply error(int status, String code) {
        return json(status, "{\"error\":{\"code\":\"%s\",\"message\":\"The request failed.\"}}".formatted(code));
    }
}

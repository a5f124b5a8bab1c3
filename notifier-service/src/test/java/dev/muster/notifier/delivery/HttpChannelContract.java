package dev.muster.notifier.delivery;

import static dev.muster.notifier.transition.Examples.NOON;

import dev.muster.notifier.fakes.ScriptedReceiver;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.message.Messages;
import dev.muster.notifier.outbound.Outbound;
import dev.muster.notifier.outbound.TestOutbound;
import dev.muster.testkit.FakeSlack.Reply;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/// What every channel promises that posts JSON over HTTP.
public abstract class HttpChannelContract extends ChannelContract {

    protected static final String HERE = "here";

    protected final Outbound outbound = TestOutbound.within(Duration.ofSeconds(3), () -> NOON);

    protected abstract ScriptedReceiver receiver();

    @AfterEach
    void stop() {
        outbound.close();
        receiver().close();
    }

    @Override
    protected Envelope to(Message message) {
        return Messages.envelope(message, HERE, null);
    }

    @Override
    protected String secret() {
        return "hunter2";
    }

    @Override
    protected void troubled() {
        receiver().answer(Reply.status(503));
    }

    @Override
    protected void refusing() {
        receiver().answer(Reply.status(410));
    }

    @Override
    protected void breaking() {
        receiver().answer(Reply.reset());
    }

    @Override
    protected void silent() {
        receiver().answer(Reply.never());
    }

    @Override
    protected boolean throttling(String retryAfter) {
        receiver().answer(Reply.rateLimited(retryAfter));
        return true;
    }

    /// All text of each message; what the receiver takes for text is escaped to look like it.
    @Override
    protected List<String> received() {
        return receiver().calls().stream().map(it -> texts(it.json())).toList();
    }

    private static String texts(JsonNode node) {
        if (node.isString()) {
            return node.asString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
        return String.join(
                "\n",
                StreamSupport.stream(node.spliterator(), false)
                        .map(HttpChannelContract::texts)
                        .toList());
    }
}

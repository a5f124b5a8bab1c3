package dev.muster.ingest.webhook;

import dev.muster.ingest.connection.Connections;
import dev.muster.ingest.source.Handshake;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/// Answers senders that ask, before the first delivery, whether they are welcome. They prove nothing yet,
/// and learn nothing but that this is the address of such a connection.
@RestController
final class HandshakeController {

    private static final Pattern CHALLENGE = Pattern.compile("[\\x20-\\x7e]{1,1000}");
    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");

    private final Connections connections;
    private final Answers answers;

    HandshakeController(Connections connections, Answers answers) {
        this.connections = connections;
        this.answers = answers;
    }

    @GetMapping({WebhookPaths.CONNECTION, WebhookPaths.WITH_SECRET})
    void okta(@PathVariable String name, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var challenge = request.getHeader("X-Okta-Verification-Challenge");
        if (speaks(name, Handshake.OKTA)
                && challenge != null
                && CHALLENGE.matcher(challenge).matches()) {
            answers.tell(response, HttpServletResponse.SC_OK, Map.of("verification", challenge));
        } else {
            answers.refuse(response, Answer.UNAUTHENTICATED);
        }
    }

    @RequestMapping(
            path = {WebhookPaths.CONNECTION, WebhookPaths.WITH_SECRET},
            method = RequestMethod.OPTIONS)
    void cloudEvents(@PathVariable String name, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Allow", "POST, OPTIONS");
        var origin = request.getHeader("WebHook-Request-Origin");
        if (speaks(name, Handshake.CLOUDEVENTS)
                && origin != null
                && ORIGIN.matcher(origin).matches()) {
            response.setHeader("WebHook-Allowed-Origin", origin);
            response.setHeader("WebHook-Allowed-Rate", "*");
        }
    }

    private boolean speaks(String name, Handshake handshake) {
        return connections
                .find(name)
                .filter(connection -> connection.source().sender().handshake() == handshake)
                .isPresent();
    }
}

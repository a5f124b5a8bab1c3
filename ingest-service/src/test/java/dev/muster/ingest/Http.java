package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Calls the service under test as the outside does.
final class Http {

    static final String SECRET = "It's a Secret to Everybody";
    static final String EDITOR_TOKEN = "fedcba9876543210-token-of-an-editor";
    static final String TOKEN = "0123456789abcdef-token-of-the-tests";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final int port;
    private final String token;

    Http(int port) {
        this(port, TOKEN);
    }

    private Http(int port, String token) {
        this.port = port;
        this.token = token;
    }

    /// The same service, called by somebody else.
    Http as(String other) {
        return new Http(port, other);
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    HttpRequest.Builder withToken(String path) {
        return to(path).header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> put(String path, String type, String body) {
        return send(withToken(path).header("Content-Type", type).PUT(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> putYaml(String path, String body) {
        return put(path, "application/yaml", body);
    }

    HttpResponse<String> postJson(String path, String body) {
        return send(withToken(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> post(String path) {
        return send(withToken(path).POST(BodyPublishers.noBody()));
    }

    HttpResponse<String> get(String path) {
        return send(withToken(path).GET());
    }

    HttpResponse<String> delete(String path) {
        return send(withToken(path).DELETE());
    }

    /// A delivery as GitHub sends it.
    HttpRequest.Builder github(String id, String event, byte[] body, String secret) {
        return to("/v1/webhooks/github")
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", event)
                .header("X-GitHub-Delivery", id)
                .header("X-Hub-Signature-256", signature(secret, body))
                .POST(BodyPublishers.ofByteArray(body));
    }

    HttpResponse<String> deliver(String id, String event, String body) {
        return send(github(id, event, body.getBytes(UTF_8), SECRET));
    }

    static String signature(String secret, byte[] body) {
        return "sha256=" + HexFormat.of().formatHex(mac("HmacSHA256", secret, body));
    }

    static byte[] mac(String algorithm, String secret, byte[] body) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), algorithm));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Sends bytes as they are, and returns the answer: head, and as much body as it announces.
    String raw(byte[]... parts) {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(15_000);
            var out = socket.getOutputStream();
            try {
                for (var part : parts) {
                    out.write(part);
                }
                out.flush();
            } catch (IOException _) {
                // the other side has enough and has closed; what it said is still to be read
            }
            return answer(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answer(InputStream in) throws IOException {
        var answer = new StringBuilder();
        for (var next = in.read(); next >= 0 && answer.indexOf("\r\n\r\n") < 0; next = in.read()) {
            answer.append((char) next);
            if (answer.indexOf("\r\n\r\n") >= 0) {
                var length = LENGTH.matcher(answer);
                var body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
                return answer + new String(body, UTF_8);
            }
        }
        return answer.toString();
    }
}

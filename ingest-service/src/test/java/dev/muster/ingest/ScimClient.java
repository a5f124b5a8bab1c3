package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.json.CanonicalJson;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls as an identity provider does.
final class ScimClient {

    static final String NAME = "identity-provider";
    private static final String TOKEN = "token-of-the-identity-provider";
    private static final String PATCH = """
            { "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [%s] }
            """;

    private final Http http;

    ScimClient(int port) {
        this.http = new Http(port).as(TOKEN);
    }

    /// Settings of the service that knows the caller.
    static String[] settings() {
        return new String[] {
            "--muster.tokens[1].name=" + NAME,
            "--muster.tokens[1].sha256=" + CanonicalJson.sha256(TOKEN.getBytes(UTF_8)),
            "--muster.tokens[1].duties=scim"
        };
    }

    /// An answer, whose body is JSON or empty.
    record Answer(int status, HttpResponse<String> http) {

        JsonNode json() {
            return JsonMapper.shared().readTree(http.body());
        }

        String text(String pointer) {
            return json().at(pointer).asString();
        }

        String id() {
            return text("/id");
        }

        Answer is(int expected) {
            assertThat(status).as(http.body()).isEqualTo(expected);
            return this;
        }

        /// An error as the standard tells it.
        Answer isRefused(int expected, String scimType, String detail) {
            is(expected);
            assertThat(http.headers().firstValue("Content-Type").orElse("")).startsWith("application/scim+json");
            assertThat(text("/schemas/0")).isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
            assertThat(text("/status")).isEqualTo(Integer.toString(expected));
            assertThat(text("/scimType")).as(http.body()).isEqualTo(scimType);
            assertThat(text("/detail")).containsIgnoringCase(detail);
            return this;
        }
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer find(String type, String filter) {
        return get(type + "?filter=" + URLEncoder.encode(filter, UTF_8));
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    /// @param operations of the request, separated by commas
    Answer patch(String path, String operations, String... headers) {
        return send("PATCH", path, PATCH.formatted(operations), headers);
    }

    Answer delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    Answer send(String method, String path, String body, String... headers) {
        var request = http.withToken("/scim/v2" + path)
                .header("Accept", "application/scim+json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/scim+json; charset=utf-8");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        var answer = http.send(request);
        return new Answer(answer.statusCode(), answer);
    }

    /// A user as Okta makes one.
    Answer user(String userName) {
        return post("/Users", """
                {
                  "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                  "userName": "%1$s", "externalId": "ext-%1$s", "active": true, "password": "secret-of-%1$s",
                  "name": { "givenName": "Given", "familyName": "Family" }, "displayName": "%1$s displayed",
                  "emails": [{ "primary": true, "value": "%1$s", "type": "work" }],
                  "locale": "en-US", "groups": []
                }
                """.formatted(userName)).is(201);
    }

    Answer group(String displayName, String... members) {
        return post("/Groups", """
                {
                  "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
                  "displayName": "%s", "externalId": "ext-of-%s", "members": [%s]
                }
                """.formatted(displayName, displayName, values(members)))
                .is(201);
    }

    static String values(String... ids) {
        return String.join(
                ", ",
                java.util.Arrays.stream(ids)
                        .map("{ \"value\": \"%s\" }"::formatted)
                        .toList());
    }
}

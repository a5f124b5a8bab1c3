package dev.muster.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.v1.Delivery;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/// A Dependabot alert of about 10 kB, the mean of what GitHub sends: mostly addresses that nobody reads.
final class GithubPayload {

    private static final int ADDRESSES = 50;
    private static final String API = "https://api.github.com/repos/acme/payments";

    private GithubPayload() {}

    static byte[] bytes() {
        return """
                {"action": "created",
                 "alert": {"number": 7, "state": "open",
                  "dependency": {"package": {"ecosystem": "maven", "name": "org.acme:parser"},
                   "manifest_path": "services/pay/pom.xml", "scope": "runtime"},
                  "security_advisory": {"ghsa_id": "GHSA-aaaa-bbbb-cccc", "cve_id": "CVE-2026-1001", "severity": "high",
                   "summary": "The parser reads beyond the end", "description": "%s",
                   "references": [{"url": "https://nvd.example/CVE-2026-1001"}]},
                  "security_vulnerability": {"severity": "high", "vulnerable_version_range": "< 2.1.4",
                   "first_patched_version": {"identifier": "2.1.4"}},
                  "url": "%s/dependabot/alerts/7", "html_url": "https://github.com/acme/payments/security/dependabot/7",
                  "created_at": "2026-05-20T08:00:00Z", "updated_at": "2026-05-20T08:00:00Z",
                  "dismissed_at": null, "fixed_at": null},
                 "repository": {"id": 7001, "name": "payments", "full_name": "acme/payments", "private": true,
                  "html_url": "https://github.com/acme/payments",
                  "default_branch": "main", "archived": false, "visibility": "internal", %s},
                 "organization": {"login": "acme", "id": 70, %s},
                 "sender": {"login": "dependabot[bot]", "id": 49, "type": "Bot", %s}}
                """.formatted(
                        "An attacker can make it read what it should not. ".repeat(20),
                        API,
                        addresses(ADDRESSES),
                        addresses(ADDRESSES / 4),
                        addresses(ADDRESSES / 4))
                .getBytes(UTF_8);
    }

    private static String addresses(int count) {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++) {
            text.append("%s\"resource_%02d_url\": \"%s/resources/%02d{/sha}{?per_page,page,since}\""
                    .formatted(i == 0 ? "" : ", ", i, API, i));
        }
        return text.toString();
    }

    static Delivery delivery(byte[] body) {
        return Delivery.newBuilder()
                .setId("d-1")
                .setConnection("github")
                .setSource("github")
                .setReceivedAt(Instant.parse("2026-05-20T08:00:01Z"))
                .setContentType("application/json")
                .setHeaders(Map.of("x-github-event", "dependabot_alert"))
                .setBody(ByteBuffer.wrap(body))
                .build();
    }
}

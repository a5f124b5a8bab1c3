package dev.muster.ingest.source;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What real tools sent, as requests that carry the proof of the source's first way.
public final class AuthenticPayloads {

    private static final List<SourceKit> KITS = List.of(
            new AlertmanagerSourceTest(),
            new CheckovSourceTest(),
            new CyclonedxSourceTest(),
            new DependencyTrackSourceTest(),
            new GithubSourceTest(),
            new GitlabSourceTest(),
            new GitleaksSourceTest(),
            new GrypeSourceTest(),
            new OpenssfScorecardSourceTest(),
            new SarifSourceTest(),
            new SemgrepSourceTest(),
            new SnykCliSourceTest(),
            new SonarqubeIssuesSourceTest(),
            new TrivySourceTest(),
            new TrivyOperatorSourceTest());

    private AuthenticPayloads() {}

    /// One request.
    ///
    /// @param secret of its connection, the same for all requests of a source
    /// @param path what stands behind the name of the connection
    /// @param accepted status that its sender is to get
    @SuppressWarnings("ArrayRecordComponent") // sent once, never compared
    public record Request(
            String source,
            String secret,
            Map<String, String> headers,
            String path,
            String contentType,
            byte[] body,
            int accepted) {}

    /// All that lie beside the checkout, where there are any.
    public static List<Request> all() throws IOException {
        var requests = new ArrayList<Request>();
        for (var kit : KITS) {
            if (!Files.isDirectory(kit.authentic())) {
                continue;
            }
            var definition = kit.definition();
            var signer = Signer.of(definition.authentication().getFirst(), SourceKit.SECRET);
            kit.authenticDeliveries().values().forEach(delivery -> {
                var body = delivery.getBody().array();
                var proof = signer.proof(body, Instant.now());
                var headers = new HashMap<>(delivery.getHeaders());
                headers.putAll(proof.headers());
                requests.add(new Request(
                        kit.name,
                        signer.secret(),
                        headers,
                        proof.path(),
                        delivery.getContentType(),
                        body,
                        definition.sender().acceptedStatus()));
            });
        }
        return requests;
    }
}

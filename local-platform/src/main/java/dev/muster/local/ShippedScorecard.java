package dev.muster.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// Declares the scorecard that Muster ships, once in the life of a data folder: from then on it is the users', who may
/// change or delete it.
///
/// @param declared file that says that it was done
/// @param ingest where scorecards are declared
record ShippedScorecard(Path declared, URI ingest, String token) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String TEXT = """
            # All checks of the framework. Take this file, change what is otherwise with you, and apply it.
            apiVersion: muster.dev/v1
            kind: Scorecard
            metadata: { name: production-readiness, title: Production readiness }
            spec:
              from: framework/production-readiness
            """;

    /// Does nothing when it was done before.
    ///
    /// @throws IOException when it could not be declared: the next start tries again
    void declare() throws IOException, InterruptedException {
        if (Files.exists(declared)) {
            return;
        }
        var request = HttpRequest.newBuilder(ingest.resolve("/v1/scorecards"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(TEXT))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(
                        "the shipped scorecard was not taken, status " + answer.statusCode() + ": " + answer.body());
            }
        }
        Files.writeString(declared, Instant.now() + "\n");
    }
}

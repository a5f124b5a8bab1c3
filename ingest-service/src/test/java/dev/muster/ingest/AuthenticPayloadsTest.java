package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.ingest.source.AuthenticPayloads;
import dev.muster.ingest.source.AuthenticPayloads.Request;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/// What real tools sent, through the door and the journal to the facts.
class AuthenticPayloadsTest {

    @Test
    void areAllTakenAndNoneFailsInTheNormaliser() throws IOException {
        var requests = AuthenticPayloads.all();
        assumeTrue(!requests.isEmpty(), "no authentic payloads beside the checkout: skipped");
        try (var broker = TestBroker.start();
                var context = IngestContext.start(broker, TestRegistry.shared(), secrets(requests))) {
            var http = new Http(IngestContext.port(context));

            assertThat(requests).allSatisfy(it -> assertThat(status(http, it)).isEqualTo(it.accepted()));

            await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
                var outcomes = outcomes(context);
                assertThat(outcomes.values().stream().mapToDouble(it -> it).sum())
                        .as("%s", outcomes)
                        .isEqualTo(requests.size());
            });
            System.out.println(requests.size() + " authentic payloads: " + outcomes(context));
            assertThat(outcomes(context)).containsOnlyKeys("facts", "nothing_new", "unmapped");
        }
    }

    private static String[] secrets(List<Request> requests) {
        var secrets = new LinkedHashMap<String, String>();
        requests.forEach(it -> secrets.put(it.source(), it.secret()));
        return secrets.entrySet().stream()
                .flatMap(it -> Stream.of(
                        "--muster.connections." + connection(it.getKey()) + ".source=" + it.getKey(),
                        "--muster.connections." + connection(it.getKey()) + ".secret=" + it.getValue()))
                .toArray(String[]::new);
    }

    /// The context has connections named after two of the sources, with secrets of their own.
    private static String connection(String source) {
        return "authentic-" + source;
    }

    private static int status(Http http, Request request) {
        var path =
                "/v1/webhooks/" + connection(request.source()) + (request.path().isEmpty() ? "" : "/" + request.path());
        var post = http.to(path)
                .header("Content-Type", request.contentType())
                .POST(BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(post::header);
        return http.send(post).statusCode();
    }

    /// Deliveries by what became of them after the journal.
    private static Map<String, Double> outcomes(ConfigurableApplicationContext context) {
        var outcomes = new TreeMap<String, Double>();
        for (var counter : context.getBean(MeterRegistry.class)
                .find("muster.normaliser.deliveries")
                .counters()) {
            outcomes.merge(counter.getId().getTag("outcome"), counter.count(), Double::sum);
        }
        outcomes.values().removeIf(it -> it == 0);
        return outcomes;
    }
}

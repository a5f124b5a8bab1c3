package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.ingest.connection.Verifier;
import dev.muster.ingest.source.Examples.Example;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.FactsObserved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every source promises. A new source extends this, adds examples, and is tested at once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SourceKit {

    protected static final String SECRET = "It's a Secret to Everybody";

    protected final String name;

    SourceKit(String name) {
        this.name = name;
    }

    /// The headers with which the sender proves itself.
    protected abstract Map<String, String> proof(String secret, byte[] body);

    /// Whether the proof covers the body; where it does not, a changed body cannot be noticed.
    protected abstract boolean coversTheBody();

    /// Event type and headers of an authentic payload, by its file.
    protected abstract Map<String, String> headersOf(Path file);

    protected final SourceDefinition definition() {
        return Shipped.SOURCES.find(name).orElseThrow();
    }

    Stream<Example> examples() {
        return Examples.of(Shipped.folder(name)).stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesTheFactsThatTheExampleSays(Example example) {
        var mapped = Shipped.MAPPER.map(definition(), example.delivery(name));

        assertThat(mapped.failures()).isEmpty();
        assertThat(Examples.written(mapped.facts())).containsExactlyElementsOf(example.facts());
    }

    @Test
    void hasAnExampleForEveryMapping() {
        var events = examples()
                .map(example ->
                        Shipped.MAPPER.map(definition(), example.delivery(name)).event())
                .toList();

        assertThat(definition().mappings())
                .allSatisfy(mapping -> assertThat(events).containsAnyElementsOf(mapping.events()));
    }

    @Test
    void opensForTheSenderAndForNobodyElse() {
        var body = examples().findFirst().orElseThrow().bytes();
        var verifier = new Verifier(definition().authentication(), List.of("new secret", SECRET));

        assertThat(verifier.isGenuine(headers(proof(SECRET, body)), body)).isTrue();
        assertThat(verifier.isGenuine(headers(proof("new secret", body)), body)).isTrue();
        assertThat(verifier.isGenuine(headers(proof("another", body)), body)).isFalse();
        assertThat(verifier.isGenuine(headers(Map.of()), body)).isFalse();
    }

    @Test
    void noticesATamperedBodyWhereTheProofCoversIt() {
        var body = examples().findFirst().orElseThrow().bytes();
        var tampered = body.clone();
        tampered[tampered.length / 2] ^= 1;

        assertThat(new Verifier(definition().authentication(), List.of(SECRET))
                        .isGenuine(headers(proof(SECRET, body)), tampered))
                .isEqualTo(!coversTheBody());
    }

    @Test
    void givesUpWhatIsNotJsonWithAReason() {
        var headers = examples().findFirst().orElseThrow().headers();
        for (var body : List.of(
                "", "not json", "{\"a\":1,\"a\":2}", "[".repeat(10_000), "[1]", "{} {}", "{\"a\":1e999999999}")) {
            var mapped = Shipped.MAPPER.map(definition(), Examples.delivery(name, "x", headers, body.getBytes(UTF_8)));

            assertThat(mapped.facts()).isEmpty();
            assertThat(mapped.failures()).extracting(Mapped.Failure::reason).containsExactly(DeadLetterReason.NOT_JSON);
        }
    }

    @Test
    void leadsToTheSameStateTwiceAndInAnyOrder() {
        var facts = new ArrayList<FactsObserved>();
        examples()
                .forEach(example -> facts.addAll(
                        Shipped.MAPPER.map(definition(), example.delivery(name)).facts()));
        var once = Convergence.state(facts);
        var twice = new ArrayList<>(facts);
        twice.addAll(facts);

        assertThat(Convergence.state(twice)).isEqualTo(once);
        for (var seed = 0; seed < 50; seed++) {
            Collections.shuffle(twice, new Random(seed));
            assertThat(Convergence.state(twice)).as("seed %d", seed).isEqualTo(once);
        }
    }

    @Test
    void keepsNoHeaderThatIsASecret() {
        assertThat(definition().keepHeaders())
                .doesNotContainAnyElementsOf(definition().authentication().stream()
                        .map(Authentication::proofHeader)
                        .toList());
    }

    @Test
    void failsAtNoAuthenticPayload() throws IOException {
        var folder = Shipped.authentic().resolve(name);
        assumeTrue(Files.isDirectory(folder), "no authentic payloads of " + name + " beside the checkout: skipped");
        List<Path> files;
        try (var paths = Files.walk(folder)) {
            files = paths.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        var failures = new TreeMap<String, Object>();
        var outcomes = new TreeMap<String, Integer>();
        for (var file : files) {
            var delivery =
                    Examples.delivery(name, file.getFileName().toString(), headersOf(file), Files.readAllBytes(file));
            var mapped = Shipped.MAPPER.map(definition(), delivery);
            if (!mapped.failures().isEmpty()) {
                failures.put(file.toString(), mapped.failures());
            }
            outcomes.merge(
                    mapped.event() + (mapped.wanted() ? mapped.facts().isEmpty() ? " nothing" : " facts" : " unmapped"),
                    1,
                    Integer::sum);
        }

        System.out.println(name + ": " + files.size() + " authentic payloads: " + outcomes);
        assertThat(files).isNotEmpty();
        assertThat(failures).isEmpty();
        assertThat(outcomes.keySet()).anyMatch(outcome -> outcome.endsWith(" facts"));
    }

    private static Function<String, List<String>> headers(Map<String, String> headers) {
        var lower = new HashMap<String, List<String>>();
        headers.forEach((key, value) -> lower.put(key.toLowerCase(Locale.ROOT), List.of(value)));
        return key -> lower.getOrDefault(key, List.of());
    }
}

package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.ingest.connection.Verifier;
import dev.muster.ingest.payload.Format;
import dev.muster.ingest.source.Examples.Example;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.Delivery;
import dev.muster.schemas.v1.FactsObserved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every source promises. A new source extends this, adds examples, and is tested at once: its proofs
/// are made from its own definition.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SourceKit {

    protected static final String SECRET = "It's a Secret to Everybody";
    protected static final Instant NOW = Examples.RECEIVED_AT;

    protected final String name;

    SourceKit(String name) {
        this.name = name;
    }

    /// Headers of an authentic payload, by its file; those that a person or pipeline adds, too.
    protected Map<String, String> headersOf(Path file) {
        return Map.of();
    }

    /// Media type of an authentic payload, by its file.
    protected String contentTypeOf(Path file) {
        var ending = file.toString().toLowerCase(Locale.ROOT);
        if (ending.endsWith(".xml")) {
            return "application/xml";
        }
        return ending.endsWith(".yaml") || ending.endsWith(".yml") ? "application/yaml" : "application/json";
    }

    /// Where authentic payloads lie, when there are any: a folder that is walked.
    protected Path authentic() {
        return Shipped.authentic().resolve(name);
    }

    /// Which files there are payloads of this source.
    protected boolean isAuthentic(Path file) {
        return file.toString().endsWith(".json");
    }

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
    void saysHowToSetItUpAndWhereItsExamplesComeFrom() {
        assertThat(definition().about().setup()).as("setup").isNotEmpty();
        assertThat(definition().about().examplesFrom()).as("examplesFrom").isNotNull();
        assertThat(definition().about().docs()).as("docs").isNotNull();
    }

    Stream<Authentication> ways() {
        return definition().authentication().stream();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void opensForTheSenderAndForNobodyElse(Authentication way) {
        var body = body();
        var now = Signer.of(way, SECRET);
        var previous = Signer.of(way, "the one before");
        var verifier = new Verifier(definition().authentication(), List.of(now.secret(), previous.secret()));

        assertThat(verifier.isGenuine(now.proof(body, NOW).attempt(body, NOW))).isTrue();
        assertThat(verifier.isGenuine(previous.proof(body, NOW).attempt(body, NOW)))
                .isTrue();
        assertThat(verifier.isGenuine(Signer.of(way, "another").proof(body, NOW).attempt(body, NOW)))
                .isFalse();
        assertThat(verifier.isGenuine(Signer.Proof.NONE.attempt(body, NOW))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void noticesATamperedBodyWhereTheProofCoversIt(Authentication way) {
        var body = body();
        var tampered = body.clone();
        tampered[tampered.length / 2] ^= 1;
        var signer = Signer.of(way, SECRET);
        var verifier = new Verifier(definition().authentication(), List.of(signer.secret()));

        assertThat(verifier.isGenuine(signer.proof(body, NOW).attempt(tampered, NOW)))
                .isEqualTo(!way.coversTheBody());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void refusesWhatWasSignedTooLongAgo(Authentication way) {
        var body = body();
        var signer = Signer.of(way, SECRET);
        var verifier = new Verifier(definition().authentication(), List.of(signer.secret()));
        var time = way instanceof Authentication.Signature signature
                ? signature.signed().time()
                : null;
        var old = NOW.minus(time == null ? Duration.ofDays(1) : time.tolerance().plusSeconds(1));

        assertThat(verifier.isGenuine(signer.proof(body, old).attempt(body, NOW)))
                .isEqualTo(time == null);
    }

    private byte[] body() {
        return examples().findFirst().orElseThrow().bytes();
    }

    @Test
    void givesUpWhatItCannotReadWithAReason() {
        var example = examples().findFirst().orElseThrow();
        for (var type : definition().contentTypes()) {
            for (var body : unreadable(Format.of(type))) {
                var delivery = Examples.delivery(name, "x", type, example.headers(), body.getBytes(UTF_8));
                var mapped = Shipped.MAPPER.map(definition(), delivery);

                assertThat(mapped.facts()).isEmpty();
                assertThat(mapped.failures())
                        .as("%s: %s", type, body.substring(0, Math.min(60, body.length())))
                        .extracting(Mapped.Failure::reason)
                        .containsExactly(DeadLetterReason.NOT_JSON);
            }
        }
    }

    private List<String> unreadable(Format format) {
        return switch (format) {
            case JSON -> {
                var bodies = new ArrayList<>(List.of(
                        "", "not json", "{\"a\":1,\"a\":2}", "[".repeat(10_000), "7", "{} {}", "{\"a\":1e999999999}"));
                if (!definition().content().listAllowed()) {
                    bodies.add("[1]");
                }
                yield bodies;
            }
            case FORM -> List.of("", "a=b", definition().content().formField() + "=%zz");
            case XML ->
                List.of(
                        "",
                        "not xml",
                        "<a>",
                        "<a/><b/>",
                        "<a>&b;</a>",
                        "<a>".repeat(10_000),
                        "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>");
            case YAML -> List.of("a: [", "a: &b 1\nc: *b\n", "a: 1\na: 2\n", "just text");
        };
    }

    @Test
    void leadsToTheSameStateTwiceAndInAnyOrder() {
        var facts = new ArrayList<FactsObserved>();
        examples()
                .forEach(example -> facts.addAll(
                        Shipped.MAPPER.map(definition(), example.delivery(name)).facts()));

        isTheSameTwiceAndInAnyOrder(facts, 50);
    }

    private static void isTheSameTwiceAndInAnyOrder(List<FactsObserved> facts, int seeds) {
        var once = Convergence.state(facts);
        var twice = new ArrayList<>(facts);
        twice.addAll(facts);

        assertThat(Convergence.state(twice)).isEqualTo(once);
        for (var seed = 0; seed < seeds; seed++) {
            Collections.shuffle(twice, new Random(seed));
            assertThat(Convergence.state(twice)).as("seed %d", seed).isEqualTo(once);
        }
    }

    @Test
    void keepsNoHeaderThatIsASecret() {
        var secret = ways().flatMap(way -> way.proofHeader().stream()).toList();

        assertThat(definition().keepHeaders()).noneMatch(secret::contains);
    }

    /// Every authentic payload as a delivery, by its file.
    final Map<Path, Delivery> authenticDeliveries() throws IOException {
        var folder = authentic();
        assumeTrue(Files.isDirectory(folder), "no authentic payloads of " + name + " beside the checkout: skipped");
        var deliveries = new TreeMap<Path, Delivery>();
        try (var paths = Files.walk(folder)) {
            for (var file : (Iterable<Path>) paths.filter(Files::isRegularFile).filter(this::isAuthentic)::iterator) {
                deliveries.put(
                        file,
                        Examples.delivery(
                                name,
                                folder.relativize(file).toString(),
                                contentTypeOf(file),
                                headersOf(file),
                                Files.readAllBytes(file)));
            }
        }
        assertThat(deliveries).isNotEmpty();
        return deliveries;
    }

    @Test
    void failsAtNoAuthenticPayload() throws IOException {
        var failures = new TreeMap<Path, Object>();
        var outcomes = new TreeMap<String, Integer>();
        var deliveries = authenticDeliveries();
        deliveries.forEach((file, delivery) -> {
            var mapped = Shipped.MAPPER.map(definition(), delivery);
            if (!mapped.failures().isEmpty()) {
                failures.put(file, mapped.failures());
            }
            outcomes.merge(
                    mapped.event() + (mapped.wanted() ? mapped.facts().isEmpty() ? " nothing" : " facts" : " unmapped"),
                    1,
                    Integer::sum);
        });

        System.out.println(name + ": " + deliveries.size() + " authentic payloads: " + outcomes);
        assertThat(failures).isEmpty();
        assertThat(outcomes.keySet()).anyMatch(outcome -> outcome.endsWith(" facts"));
    }

    @Test
    void leadsToTheSameStateWithAuthenticPayloadsTwiceAndInAnyOrder() throws IOException {
        var facts = authenticDeliveries().values().stream()
                .flatMap(delivery -> Shipped.MAPPER.map(definition(), delivery).facts().stream())
                .toList();

        isTheSameTwiceAndInAnyOrder(facts, 20);
    }
}

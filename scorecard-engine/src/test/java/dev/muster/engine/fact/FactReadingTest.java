package dev.muster.engine.fact;

import static dev.muster.engine.fact.Told.at;
import static dev.muster.engine.fact.Told.invalidate;
import static dev.muster.engine.fact.Told.remove;
import static dev.muster.engine.fact.Told.set;
import static dev.muster.engine.fact.Told.snapshot;
import static dev.muster.engine.fact.Told.state;
import static dev.muster.engine.fact.Told.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.engine.result.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactReadingTest {

    private final FactCatalogue facts = FactCatalogueTest.catalogue(FactCatalogueTest.FACTS);

    private static SubjectFact by(String subject, FactChange... changes) {
        return new SubjectFact(subject, state(3, changes));
    }

    private FactReading read(String fact, SubjectFact... told) {
        return facts.read(fact, List.of(told)).orElseThrow();
    }

    @Test
    void aFactThatNobodyToldIsNotThere() {
        assertThat(facts.read("replicas", List.of())).isEmpty();
        assertThat(facts.read("replicas", List.of(by("repo:a", invalidate(at(1))))))
                .isEmpty();
        assertThat(facts.read("undeclared", List.of(by("repo:a", set("1", at(1))))))
                .isEmpty();
    }

    @Test
    void itemsOfAllSubjectsAreRead() {
        var reading = read(
                "vulnerabilities",
                by("repo:b", upsert("dependabot/1", "", "{\"severity\":\"high\"}", at(2))),
                by(
                        "repo:a",
                        upsert(
                                "dependabot/1",
                                "",
                                "{\"severity\":\"low\",\"openedAt\":\"2026-01-01T00:00:00Z\"}",
                                at(1)),
                        upsert("dependabot/2", "", "{}", at(2)),
                        remove("dependabot/2", "", at(3))));

        assertThat(reading.items())
                .extracting(FactReading.Item::fields)
                .containsExactly(
                        Map.of("severity", "low", "openedAt", Instant.parse("2026-01-01T00:00:00Z")),
                        Map.of("severity", "high"));
        assertThat(reading.items())
                .extracting(FactReading.Item::subject, FactReading.Item::id)
                .containsExactly(tuple("repo:a", "dependabot/1"), tuple("repo:b", "dependabot/1"));
        assertThat(reading.evidence())
                .containsExactly(
                        new Evidence("vulnerabilities", "repo:a", Told.NOON.plusSeconds(3), "github", null),
                        new Evidence("vulnerabilities", "repo:b", Told.NOON.plusSeconds(2), "github", null));
        assertThat(reading.items().getFirst().evidence().observedAt()).isEqualTo(Told.NOON.plusSeconds(1));
        assertThat(reading.observedAt()).isEqualTo(Told.NOON.plusSeconds(2));
        assertThat(reading.overflowed()).isFalse();
    }

    @Test
    void aCollectionWithoutItemsIsThere() {
        var reading = read("vulnerabilities", by("repo:a", snapshot("", Map.of(), at(1))));

        assertThat(reading.value()).isEqualTo(List.of());
        assertThat(reading.evidence()).hasSize(1);
    }

    @Test
    void overflowOfOneSubjectIsOverflow() {
        var reading = read(
                "vulnerabilities",
                by("repo:a", snapshot("", Map.of("a", "{}", "b", "{}", "c", "{}", "d", "{}"), at(1))),
                by("repo:b", snapshot("", Map.of(), at(1))));

        assertThat(reading.overflowed()).isTrue();
        assertThat(reading.items()).hasSize(3);
    }

    @Test
    void theLatestOfSeveralSubjectsCountsAloneWithItsEvidence() {
        var reading = read(
                "runbook",
                by("repo:a", set("{\"path\":\"new\"}", at(5))),
                by("repo:b", set("{\"path\":\"old\"}", at(1))));

        assertThat(reading.value()).isEqualTo(Map.of("path", "new"));
        assertThat(reading.evidence()).extracting(Evidence::subject).containsExactly("repo:a");
        assertThat(reading.observedAt()).isEqualTo(Told.NOON.plusSeconds(5));
    }

    @Test
    void ofOneVersionTheLastSubjectInTheAlphabetCounts() {
        var a = by("repo:a", set("\"java\"", at(1)));
        var b = by("repo:b", set("\"go\"", at(1)));

        assertThat(read("language", a, b)).isEqualTo(read("language", b, a));
    }

    @Test
    void valuesThatCountTogetherAreAsOldAsTheOldest() {
        var reading = read("replicas", by("repo:a", set("2", at(5))), by("repo:b", set("3", at(1))));

        assertThat(reading.value()).isEqualTo(5L);
        assertThat(reading.evidence()).hasSize(2);
        assertThat(reading.observedAt()).isEqualTo(Told.NOON.plusSeconds(1));
    }

    @Test
    void mergesByWhatIsDeclared() {
        assertThat(merged("ratio", "0.5", "1")).isEqualTo(0.5);
        assertThat(merged("encrypted", "true", "false")).isEqualTo(false);
        assertThat(merged("seenAt", "\"2026-01-01T00:00:00Z\"", "\"2026-02-01T00:00:00Z\""))
                .isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(merged("replicas", "9223372036854775807", "1")).isEqualTo(Long.MAX_VALUE);
        assertThat(merged("replicas", "-9223372036854775807", "-2")).isEqualTo(Long.MIN_VALUE);
    }

    private Object merged(String fact, String one, String other) {
        return read(fact, by("repo:a", set(one, at(1))), by("repo:b", set(other, at(2))))
                .value();
    }

    @Test
    void anyIsTrueWhenOneIs() {
        var any = FactCatalogueTest.catalogue("{ name: exposed, kind: bool, doc: Reachable from outside, merge: any }");
        var told = List.of(by("repo:a", set("true", at(1))), by("repo:b", set("false", at(2))));

        assertThat(any.read("exposed", told).orElseThrow().value()).isEqualTo(true);
    }

    @Test
    void whatNoLongerFitsItsDeclarationIsLeftOut() {
        assertThat(facts.read("replicas", List.of(by("repo:a", set("\"three\"", at(1))))))
                .isEmpty();
        assertThat(facts.read("replicas", List.of(by("repo:a", upsert("a", "", "{}", at(1))))))
                .isEmpty();
        assertThat(facts.read("vulnerabilities", List.of(by("repo:a", set("1", at(1))))))
                .isEmpty();
        assertThat(read(
                                "vulnerabilities",
                                by("repo:a", upsert("a", "", "[", at(1)), upsert("b", "", "{\"severity\":1}", at(1))))
                        .items())
                .extracting(FactReading.Item::fields)
                .containsExactly(Map.of());
        assertThat(read("replicas", by("repo:a", set("\"x\"", at(9))), by("repo:b", set("2", at(1))))
                        .value())
                .isEqualTo(2L);
    }
}

package dev.muster.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistake;
import dev.muster.engine.fact.FactType.CollectionOf;
import dev.muster.engine.fact.FactType.Simple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactCatalogueTest {

    static final String FACTS = """
            name: vulnerabilities
            kind: collection
            doc: Known vulnerabilities of dependencies that are open
            bound: 3
            sources: [github]
            fields:
              severity: { type: string, doc: How bad it is, values: [critical, high, medium, low] }
              openedAt: { type: timestamp, doc: When it was found }
              fixAvailable: { type: bool, doc: Whether a fixed version exists }
            ---
            name: runbook
            kind: object
            doc: What to do at night
            maxAge: 180d
            fields:
              exists: { type: bool, doc: Whether there is one }
              path: { type: string, doc: Where it is }
              topics: { type: list<string>, doc: What it covers }
              lines: { type: int, doc: How long it is, unit: lines }
              share: { type: double, doc: How much of it was read, unit: percent }
            ---
            { name: replicas, kind: int, doc: Instances that run, unit: instances, merge: sum }
            ---
            { name: ratio, kind: double, doc: A ratio, merge: min }
            ---
            { name: encrypted, kind: bool, doc: Whether the disk is encrypted, merge: all }
            ---
            { name: seenAt, kind: timestamp, doc: When it was seen, merge: max }
            ---
            { name: language, kind: string, doc: What it is written in }
            """;

    private final FactCatalogue facts = catalogue(FACTS);

    static FactCatalogue catalogue(String yaml) {
        try {
            return FactCatalogue.parse(Map.of("facts.yaml", yaml));
        } catch (DefinitionException refused) {
            throw new AssertionError(refused);
        }
    }

    @Test
    void readsDeclarations() {
        assertThat(facts.find("vulnerabilities")).hasValueSatisfying(fact -> {
            assertThat(fact.isCollection()).isTrue();
            assertThat(fact.merge()).isEqualTo(Merge.UNION);
            assertThat(fact.bound()).isEqualTo(3);
            assertThat(fact.sources()).containsExactly("github");
            assertThat(((CollectionOf) fact.type())
                            .item()
                            .fields()
                            .get("severity")
                            .values())
                    .contains("critical");
        });
        assertThat(facts.find("runbook")).hasValueSatisfying(fact -> {
            assertThat(fact.maxAge()).isEqualTo(Duration.ofDays(180));
            assertThat(fact.merge()).isEqualTo(Merge.LATEST);
            assertThat(fact.bound()).isEqualTo(FactDeclaration.DEFAULT_BOUND);
        });
        assertThat(facts.find("replicas")).hasValueSatisfying(fact -> {
            assertThat(fact.type()).isEqualTo(Simple.INT);
            assertThat(fact.unit()).isEqualTo("instances");
        });
        assertThat(facts.declarations())
                .extracting(FactDeclaration::name)
                .isSorted()
                .hasSize(7);
    }

    @Test
    void suggestsTheNearestName() {
        assertThat(facts.nearest("vulnerabilties")).contains("vulnerabilities");
        assertThat(facts.nearest("weather")).isEmpty();
    }

    @Test
    void refusesWithEveryMistakeInEveryFileAndItsPlace() {
        var refused = catchThrowableOfType(
                DefinitionException.class,
                () -> FactCatalogue.parse(Map.of("a.yaml", """
                        name: Bad Name
                        kind: colection
                        docs: typo
                        """, "b.yaml", """
                        name: coverage
                        kind: object
                        doc: Coverage
                        bound: 7
                        maxAge: soon
                        merge: sum
                        fields:
                          in: { type: double, doc: x }
                          newCode: { type: doubel, doc: x }
                          other: { type: int }
                          third: { type: int, doc: x, values: [a] }
                        ---
                        { name: coverage, kind: int, doc: again }
                        ---
                        { name: entity, kind: int, doc: taken, fields: { a: { type: int, doc: x } }, merge: somehow }
                        """, "c.yaml", "a: [")));

        assertThat(refused.mistakes())
                .extracting(Mistake::file, Mistake::line, Mistake::path)
                .contains(
                        tuple("a.yaml", 1, "name"),
                        tuple("a.yaml", 2, "kind"),
                        tuple("a.yaml", 3, "docs"),
                        tuple("b.yaml", 4, "bound"),
                        tuple("b.yaml", 5, "maxAge"),
                        tuple("b.yaml", 6, "merge"),
                        tuple("b.yaml", 9, "fields.newCode.type"),
                        tuple("b.yaml", 13, "name"),
                        tuple("b.yaml", 15, "name"),
                        tuple("b.yaml", 15, "merge"));
        assertThat(refused.mistakes())
                .extracting(Mistake::message)
                .anyMatch(message -> message.contains("did you mean 'collection'?"))
                .anyMatch(message -> message.contains("did you mean 'double'?"))
                .anyMatch(message -> message.contains("already declared in b.yaml, line 1"))
                .anyMatch(message -> message.contains("object values cannot be merged by sum"))
                .anyMatch(message -> message.contains("only a string has known values"))
                .anyMatch(message -> message.contains("'in' is no name of a field"))
                .anyMatch(message -> message.contains("is not YAML"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replicas   |      | 3",
                "replicas   |      | 3.0",
                "ratio      |      | 3",
                "encrypted  |      | true",
                "seenAt     |      | \"2026-06-01T14:00:00+02:00\"",
                "language   |      | \"\"",
                "runbook    |      | {}",
                "runbook    |      | {\"exists\":null,\"topics\":[\"a\"]}",
                "vulnerabilities | dependabot/1 | {\"severity\":\"new word\"}",
            })
    void acceptsWhatFits(String fact, String item, String json) {
        assertThat(facts.mistakeIn(fact, item, json)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "replica    |      | 3                          | unknown fact 'replica'; did you mean 'replicas'?",
                "replicas   |      | 3.5                        | expected int, found 3.5",
                "replicas   |      | 9223372036854775808        | expected int, found 9223372036854775808",
                "replicas   |      | \"3\"                      | expected int, found \"3\"",
                "replicas   |      | null                       | expected int, found null",
                "replicas   | a    | 3                          | 'replicas' is not a collection: it has no item 'a'",
                "ratio      |      | 1e999                      | expected double",
                "encrypted  |      | 1                          | expected bool, found 1",
                "seenAt     |      | \"yesterday\"              | expected timestamp, found \"yesterday\"",
                "seenAt     |      | \"+10000-01-01T00:00:00Z\" | expected timestamp",
                "runbook    |      | []                         | expected object, found []",
                "runbook    |      | {\"exist\":true}           | unknown field 'exist'; did you mean 'exists'?",
                "runbook    |      | {\"topics\":[1]}           | topics: expected list<string>, found [1]",
                "runbook    |      | {\"a\":1,\"lines\":\"x\"}  | unknown field 'a'; lines: expected int, found \"x\"",
                "vulnerabilities | | {}                         | 'vulnerabilities' is a collection",
                "vulnerabilities | ` ` | {}                     | the id of an item must have 1 to 512 characters",
                "replicas   |      | 3 4                        | is not JSON",
                "replicas   |      | 03                         | is not JSON",
                "replicas   |      | ``                         | is empty",
                "runbook    |      | {\"path\":1,\"path\":\"\"} | is not JSON: Duplicate",
            })
    void saysWhatDoesNotFit(String fact, String item, String json, String mistake) {
        assertThat(facts.mistakeIn(fact, item, json))
                .hasValueSatisfying(found -> assertThat(found).contains(mistake));
    }

    @Test
    void boundsValuesOfStrangers() {
        assertThat(facts.mistakeIn("runbook", null, "[".repeat(100_000)))
                .hasValue("is not JSON: Document nesting depth (17) exceeds the maximum allowed (16)");
        assertThat(facts.mistakeIn("language", null, "\"" + "x".repeat(300_000) + "\""))
                .hasValueSatisfying(found -> assertThat(found).contains("more than 262144"));
        assertThat(facts.mistakeIn("replicas", null, "1" + "0".repeat(5000))).isPresent();
    }

    @Test
    void canonicalTextHasSortedKeysNoSpaceNoNullsAndOneWayToWriteANumber() {
        assertThat(facts.canonical(
                        " {\"b\": [1.0, 2.50, {\"z\": null, \"y\": \"é\\n\"}], \"a\": {\"d\": -0.0, \"c\": true}} "))
                .isEqualTo("{\"a\":{\"c\":true,\"d\":0},\"b\":[1,2.5,{\"y\":\"é\\n\"}]}");
        assertThat(facts.canonical("9007199254740993")).isEqualTo("9007199254740993");
        assertThat(facts.canonical("null")).isEqualTo("null");
    }

    @Test
    void canonicalTextOfCanonicalTextIsTheSame() {
        var once = facts.canonical("{\"x\": 1e300, \"w\": 0.1, \"v\": [], \"u\": {}}");

        assertThat(facts.canonical(once)).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "1e999", "[1,]", "{\"a\":1,\"a\":2}"})
    void whatIsNotJsonHasNoCanonicalText(String json) {
        assertThatThrownBy(() -> facts.canonical(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesAreTypedForRules() {
        assertThat(facts.value("replicas", "3.0")).contains(3L);
        assertThat(facts.value("ratio", "3")).contains(3.0);
        assertThat(facts.value("encrypted", "true")).contains(true);
        assertThat(facts.value("seenAt", "\"2026-06-01T14:00:00+02:00\""))
                .contains(Instant.parse("2026-06-01T12:00:00Z"));
        assertThat(facts.value("runbook", "{\"topics\":[\"a\"],\"lines\":2,\"exists\":null,\"gone\":1}"))
                .contains(Map.of("topics", List.of("a"), "lines", 2L));
        assertThat(facts.value("replicas", "\"x\"")).isEmpty();
        assertThat(facts.value("nothing", "1")).isEmpty();
        assertThat(facts.value("replicas", "{")).isEmpty();
    }

    @Test
    void everySimpleTypeHasAZeroThatReadsAsItsOwnType() {
        assertThat(Simple.values()).allSatisfy(type -> assertThat(type.zero()).isNotNull());
        assertThat(Simple.INT.zero()).isEqualTo(0L);
        assertThat(Simple.TIMESTAMP.zero()).isEqualTo(Instant.EPOCH);
    }
}

package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistake;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.FactChangeKind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceReaderTest {

    private static final String SCANNER = """
            apiVersion: muster.dev/v1
            kind: Source
            metadata: { name: scanner, title: A scanner }
            spec:
              nature: snapshot
              onError: retries
              authentication: [ { scheme: header-token, header: X-Token } ]
              keepHeaders: [X-Kind]
              deliveryId: { header: X-Request-Id }
              event: headers[?'x-kind'].orValue('scan')
              mappings:
                - name: scan
                  events: [scan]
                  subject: "'repo:github.com/' + lower(body.repository)"
                  version: { time: body.?finished }
                  facts:
                    - fact: vulnerabilities
                      change: snapshot
                      scope: "'scanner'"
                      members: body.findings
                      item: member.id
                      value: { id: member.id, severity: lower(member.severity) }
            """;

    private static List<Mistake> mistakesIn(String yaml) {
        try {
            new SourceReader(Shipped.FACTS).read("source.yaml", yaml);
            return List.of();
        } catch (DefinitionException e) {
            return e.mistakes();
        }
    }

    private static Mapped map(String yaml, String body) throws DefinitionException {
        var definition = new SourceReader(Shipped.FACTS).read("source.yaml", yaml);
        return Shipped.MAPPER.map(definition, Examples.delivery("scanner", "d", Map.of(), body.getBytes(UTF_8)));
    }

    @Test
    void readsASnapshot() throws DefinitionException {
        var mapped = map(SCANNER, """
                {"repository":"Acme/Payments","finished":"2026-05-01T10:00:00Z",
                 "findings":[{"id":"CVE-1","severity":"HIGH"},{"id":"CVE-2","severity":"LOW"}]}""");

        assertThat(mapped.failures()).isEmpty();
        assertThat(mapped.facts())
                .singleElement()
                .satisfies(facts -> assertThat(facts.getChanges())
                        .singleElement()
                        .satisfies(change -> {
                            assertThat(change.getKind()).isEqualTo(FactChangeKind.SNAPSHOT);
                            assertThat(change.getScope()).isEqualTo("scanner");
                            assertThat(change.getItems())
                                    .isEqualTo(Map.of(
                                            "CVE-1", "{\"id\":\"CVE-1\",\"severity\":\"high\"}",
                                            "CVE-2", "{\"id\":\"CVE-2\",\"severity\":\"low\"}"));
                        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ fact: exemptions, change: upsert, item: body.id, value: { rule: body.rule, state: \"'approved'\" } }",
                "{ fact: attestations, change: remove, item: body.id }",
                "{ fact: readiness, change: snapshot, members: body.of, item: member.id, value: { tier: '1' } }",
                "{ fact: [coverage, exemptions], change: invalidate }"
            })
    void refusesAMappingToWhatMusterAloneTells(String mapping) {
        var source = SCANNER.substring(0, SCANNER.indexOf("        - fact:")) + "        - " + mapping + "\n";

        assertThat(mistakesIn(source)).singleElement().satisfies(mistake -> {
            assertThat(mistake.message()).contains("is told by Muster alone: ");
            assertThat(mistake.path()).endsWith("facts[0].fact");
            assertThat(mistake.line()).isEqualTo(17);
        });
    }

    @Test
    void tellsWhatItCanReadBesideWhatItCannot() throws DefinitionException {
        var items = SCANNER.substring(0, SCANNER.indexOf("        - fact:"))
                        .replace(
                                "subject: \"'repo:github.com/' + lower(body.repository)\"",
                                "items: body.findings\n      subject: \"'repo:github.com/' + item.repository\"")
                + "        - { fact: vulnerabilities, change: upsert, item: item.id, value: { id: item.id } }\n";

        var mapped = map(
                items,
                "{\"findings\":[{\"repository\":\"a/b\",\"id\":\"CVE-1\"},{\"repository\":\"a/c\"},{\"repository\":\"a/d\",\"id\":\"CVE-2\"}]}");

        assertThat(mapped.facts()).extracting("subject").containsExactly("repo:github.com/a/b", "repo:github.com/a/d");
        assertThat(mapped.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(DeadLetterReason.MAPPING_FAILED);
            assertThat(failure.message()).startsWith("scan: source.yaml:");
        });
    }

    @Test
    void stopsAnExpressionThatWouldNotEnd() throws DefinitionException {
        var endless = SCANNER.replace(
                "members: body.findings",
                "members: \"body.findings.map(a, body.findings.map(b, body.findings.exists(c, c.id == 'never')))\"");
        var finding = "{\"id\":\"CVE-1\",\"severity\":\"HIGH\"}";
        var mapped =
                map(endless, "{\"repository\":\"a/b\",\"findings\":[" + (finding + ",").repeat(499) + finding + "]}");

        assertThat(mapped.facts()).isEmpty();
        assertThat(mapped.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message()).contains("budget exceeded"));
    }

    @Test
    void givesUpADeliveryThatNobodyForesawInPlaceOfThrowing() {
        var github = Shipped.SOURCES.find("github").orElseThrow();
        var broken = new SourceDefinition(
                "broken",
                github.about(),
                github.sender(),
                github.content(),
                github.event(),
                Collections.singletonList(null));

        var mapped = Shipped.MAPPER.map(broken, Examples.delivery("broken", "d", Map.of(), "{}".getBytes(UTF_8)));

        assertThat(mapped.facts()).isEmpty();
        assertThat(mapped.failures())
                .singleElement()
                .extracting(Mapped.Failure::reason)
                .isEqualTo(DeadLetterReason.PROCESSING_FAILED);
    }

    @Test
    void boundsTheScopeThatASenderNames() throws DefinitionException {
        var mapped = map(
                SCANNER.replace("scope: \"'scanner'\"", "scope: body.scope"),
                "{\"repository\":\"a/b\",\"scope\":\"%s\",\"findings\":[]}".formatted("x".repeat(301)));

        assertThat(mapped.facts()).isEmpty();
        assertThat(mapped.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message()).contains("a scope has at most 300 characters"));
    }

    @Test
    void namesEveryMistakeWithItsPlace() {
        var mistakes = mistakesIn(SCANNER.replace("nature: snapshot", "natur: snapshot")
                .replace("scheme: header-token", "scheme: hmac-sha265")
                .replace("[X-Kind]", "[X-Kind, Authorization]")
                .replace("fact: vulnerabilities", "fact: vulnerabilitys")
                .replace("lower(member.severity)", "lower(members.severity)")
                .replace("members: body.findings", "members: \"1 + 1\""));

        assertThat(mistakes)
                .extracting(Mistake::toString)
                .anySatisfy(it -> assertThat(it).startsWith("source.yaml:5:3: unknown key 'natur'"));
        assertThat(mistakes)
                .extracting(Mistake::message)
                .anySatisfy(it -> assertThat(it).contains("unknown scheme 'hmac-sha265'; did you mean 'hmac-sha256'?"));
        assertThat(mistakes)
                .extracting(Mistake::message)
                .anySatisfy(it -> assertThat(it).contains("'Authorization' carries a credential"));
        assertThat(mistakes)
                .extracting(Mistake::message)
                .anySatisfy(it ->
                        assertThat(it).contains("no fact is called 'vulnerabilitys'; did you mean 'vulnerabilities'?"));
        assertThat(mistakes)
                .extracting(Mistake::toString)
                .anySatisfy(it ->
                        assertThat(it).startsWith("source.yaml:22:").contains("undeclared reference to 'members'"));
        assertThat(mistakes)
                .extracting(Mistake::message)
                .anySatisfy(it -> assertThat(it).startsWith("must give list"));
    }

    @Test
    void checksFactsAgainstTheCatalogue() {
        assertThat(mistakesIn(SCANNER.replace("change: snapshot", "change: set")))
                .extracting(Mistake::message)
                .contains("'vulnerabilities' is a collection: upsert, remove or snapshot its items");
        assertThat(mistakesIn(SCANNER.replace("{ id: member.id, severity", "{ id: member.id, severety")))
                .extracting(Mistake::message)
                .contains("the fact has no field 'severety'; did you mean 'severity'?");
        assertThat(mistakesIn(SCANNER.replace("  authentication: [ { scheme: header-token, header: X-Token } ]\n", "")))
                .extracting(Mistake::message)
                .contains("'authentication' is missing: nobody gets in without one");
        assertThat(mistakesIn("kind: Source")).isNotEmpty();
    }
}

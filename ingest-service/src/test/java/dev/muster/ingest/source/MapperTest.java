package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.schemas.DeadLetterReason;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MapperTest {

    private static final String SOURCE = """
            apiVersion: muster.dev/v1
            kind: Source
            metadata: { name: scanner, title: A scanner }
            spec:
              authentication: [ { scheme: bearer } ]
              body: any
              keepHeaders: [X-Muster-Subject]
              event: "'report'"
              defaults:
                subject: headers[?'x-muster-subject'].orValue('')
                noSubject: "no subject: say whom it is about"
              mappings:
                - name: findings
                  events: [report]
                  items: "[{'files': type(body) == list ? body : body.files}]"
                  facts:
                    - fact: secretFindings
                      change: snapshot
                      scope: "'scanner'"
                      members: spread(item.files, 'findings').filter(f, f.it.?severity.orValue('') != 'none')
                      item: "item.files[0].name + '/' + member.it.id"
                      value: { type: member.it.severity }
                    - fact: scannerReports
                      change: upsert
                      item: "'secrets/scanner'"
                      value: { kind: "'secrets'", lastReportAt: receivedAt }
            """;

    private static Mapped map(String source, Map<String, String> headers, String body) {
        try {
            var definition = new SourceReader(Shipped.FACTS).read("source.yaml", source);
            return Shipped.MAPPER.map(definition, Examples.delivery("scanner", "d", headers, body.getBytes(UTF_8)));
        } catch (DefinitionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Mapped map(String body) {
        return map(SOURCE, Map.of("X-Muster-Subject", "repo:github.com/acme/payments"), body);
    }

    private static String findings(int count, IntFunction<String> finding) {
        return IntStream.range(0, count)
                .mapToObj(finding)
                .collect(joining(",", "{\"files\":[{\"name\":\"a\",\"findings\":[", "]}]}"));
    }

    private static String finding(int i) {
        return "{\"id\":\"%d\",\"severity\":\"high\",\"more\":{\"a\":1,\"b\":[1,2,3],\"c\":\"%d\"}}".formatted(i, i);
    }

    @Test
    void refusesWhatIsAboutNobodyOnceWhereTheSourceSaysWhy() {
        var mapped = map(SOURCE, Map.of(), findings(2, MapperTest::finding));

        assertThat(mapped.facts()).isEmpty();
        assertThat(mapped.failures())
                .containsExactly(
                        new Mapped.Failure(DeadLetterReason.MAPPING_FAILED, "no subject: say whom it is about"));
    }

    @Test
    void passesOverWhatIsAboutNobodyWhereTheSourceSaysNothing() {
        var mapped = map(
                SOURCE.replace("noSubject: \"no subject: say whom it is about\"", ""),
                Map.of(),
                findings(2, MapperTest::finding));

        assertThat(mapped).isEqualTo(new Mapped("report", true, List.of(), List.of()));
    }

    @Test
    void takesTheMappingsOwnReasonFirst() {
        var own = SOURCE.replace("events: [report]", "events: [report]\n      noSubject: about whom?");

        assertThat(map(own, Map.of(), findings(0, MapperTest::finding)).failures())
                .extracting(Mapped.Failure::message)
                .containsExactly("about whom?");
    }

    @Test
    void refusesMoreThanAFactHoldsWithTheCountAndTellsTheRest() {
        var mapped = map(findings(5_001, MapperTest::finding));

        assertThat(mapped.failures())
                .containsExactly(new Mapped.Failure(
                        DeadLetterReason.TOO_LARGE,
                        "findings: 5001 items, more than the 5000 that 'secretFindings' holds for one subject"));
        assertThat(mapped.facts())
                .singleElement()
                .satisfies(told -> assertThat(told.getChanges())
                        .extracting(change -> change.getFact())
                        .containsExactly("scannerReports"));
    }

    @Test
    void readsAsManyAsAFactHoldsInTimeThatGrowsWithTheirNumber() {
        var threads = ManagementFactory.getThreadMXBean();
        var body = findings(5_000, MapperTest::finding);
        var before = threads.getCurrentThreadCpuTime();
        var mapped = map(body);
        var took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);

        assertThat(mapped.failures()).isEmpty();
        assertThat(mapped.facts().getFirst().getChanges().getFirst().getItems()).hasSize(5_000);
        // With plain maps CEL walks through all that lies in a variable at each look: minutes.
        assertThat(took).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void takesNullForAnEmptyListWhereAListWillDo() {
        var mapped = map("null");

        assertThat(mapped.failures()).isEmpty();
        assertThat(mapped.facts().getFirst().getChanges().getFirst().getItems()).isEmpty();
    }

    @Test
    void knowsWhenTheDeliveryWasReceived() {
        assertThat(map("[]").facts().getFirst().getChanges().getLast().getValue())
                .contains("\"lastReportAt\":\"" + Examples.RECEIVED_AT + "\"");
    }
}

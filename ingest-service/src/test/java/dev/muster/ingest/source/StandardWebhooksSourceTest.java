package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.DeadLetterReason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardWebhooksSourceTest extends SourceKit {

    StandardWebhooksSourceTest() {
        super("standard-webhooks");
    }

    private Mapped map(String body) {
        return Shipped.MAPPER.map(definition(), Examples.delivery(name, "x", Map.of(), body.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"fact":"coverage","value":{"newCode":1.0}}                                        | subject: 'subject' is missing
            {"subject":"repo:x/y/z","fact":"coverage","value":{"newCode":"much"}}              | value: newCode
            [{"subject":"repo:x/y/z","fact":"coverages"},{"subject":"no","fact":"coverage"}]   | did you mean 'coverage'
            {"subject":"entity:a:b/c","fact":"attestations","item":{"id":"1","rule":"r"}}      | fact: 'attestations' is told by Muster alone
            [{"subject":"entity:a:b/c","fact":"readiness","items":{}}]                          | 'readiness' is told by Muster alone
            """)
    void givesUpFactsWithMistakes(String body, String message) {
        var mapped = map(body);

        assertThat(mapped.facts()).isEmpty();
        assertThat(mapped.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(DeadLetterReason.MAPPING_FAILED);
            assertThat(failure.message()).contains(message);
        });
    }

    @Test
    void tellsWhatWasSoBeforeAsSuch() {
        var mapped = map("""
                {"subject":"repo:x/y/z","fact":"coverage","value":{"newCode":1.0},"backfill":true,"url":"https://x.example/1"}
                """);

        assertThat(mapped.facts()).singleElement().satisfies(facts -> {
            assertThat(facts.getOrigin().getBackfill()).isTrue();
            assertThat(facts.getOrigin().getUrl()).isEqualTo("https://x.example/1");
        });
    }
}

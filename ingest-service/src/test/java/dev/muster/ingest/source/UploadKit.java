package dev.muster.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.source.Examples.Example;
import dev.muster.schemas.DeadLetterReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every source promises whose reports a pipeline uploads.
abstract class UploadKit extends SourceKit {

    private static final String SUBJECT = "X-Muster-Subject";

    private final String authentic;

    /// @param authentic folder of its authentic payloads, where there are any
    UploadKit(String name, String authentic) {
        super(name);
        this.authentic = authentic;
    }

    @Override
    protected Path authentic() {
        return Shipped.authentic().resolve(authentic);
    }

    @Override
    protected boolean isAuthentic(Path file) {
        return true;
    }

    @Override
    protected Map<String, String> headersOf(Path file) {
        return Map.of(SUBJECT, "repo:github.com/acme/payments");
    }

    @Test
    void refusesAReportAboutNobodyAndSaysWhatToSend() {
        var refused = new ArrayList<Example>();
        examples().filter(example -> !example.facts().isEmpty()).forEach(example -> {
            var headers = new HashMap<>(example.headers());
            headers.remove(SUBJECT);
            var mapped = Shipped.MAPPER.map(
                    definition(), Examples.delivery(name, "x", example.contentType(), headers, example.bytes()));
            if (mapped.facts().isEmpty()) {
                refused.add(example);
                assertThat(mapped.failures()).as(example.name()).singleElement().satisfies(failure -> {
                    assertThat(failure.reason()).isEqualTo(DeadLetterReason.MAPPING_FAILED);
                    assertThat(failure.message()).startsWith("no subject").contains(SUBJECT);
                });
            } else {
                assertThat(mapped.failures()).as(example.name()).isEmpty();
            }
        });
        assertThat(refused).isNotEmpty();
    }
}

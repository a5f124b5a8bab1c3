package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.Delivery;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GithubSourceTest extends SourceKit {

    GithubSourceTest() {
        super("github");
    }

    @Override
    protected Map<String, String> headersOf(Path file) {
        return Map.of("X-GitHub-Event", file.getParent().getFileName().toString());
    }

    @Test
    void readsAForm() {
        var example = examples().filter(it -> !it.facts().isEmpty()).findFirst().orElseThrow();
        var form = "payload=" + URLEncoder.encode(new String(example.bytes(), UTF_8), UTF_8);
        var delivery = Delivery.newBuilder(example.delivery(name))
                .setContentType("application/x-www-form-urlencoded; charset=utf-8")
                .setBody(ByteBuffer.wrap(form.getBytes(UTF_8)))
                .build();

        assertThat(Shipped.MAPPER.map(definition(), delivery).facts())
                .isEqualTo(
                        Shipped.MAPPER.map(definition(), example.delivery(name)).facts());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    `` | the form has no field 'payload'
                    payloads={} | the form has no field 'payload'
                    a=b&payload=%zz | the form is not percent-encoded
                    payload=%7 | the form is not percent-encoded
                    payload= | The document is empty
                    payload=%7B%22a%22%3A1%2C%22a%22%3A2%7D | twice, with two values
                    payload={"a":%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ | nesting depth
                    """)
    void givesUpAFormWithAReason(String form, String reason) {
        var delivery = Delivery.newBuilder(
                        Examples.delivery(name, "x", Map.of("X-GitHub-Event", "push"), form.getBytes(UTF_8)))
                .setContentType("application/x-www-form-urlencoded")
                .build();

        assertThat(Shipped.MAPPER.map(definition(), delivery).failures())
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.reason()).isEqualTo(DeadLetterReason.NOT_JSON);
                    assertThat(failure.message()).contains(reason);
                });
    }

    @Test
    void countsAnEventThatNobodyReadsAsUnwanted() {
        var mapped = Shipped.MAPPER.map(
                definition(), Examples.delivery(name, "x", Map.of("X-GitHub-Event", "star"), "{}".getBytes(UTF_8)));

        assertThat(mapped).isEqualTo(new Mapped("star", false, java.util.List.of(), java.util.List.of()));
    }
}

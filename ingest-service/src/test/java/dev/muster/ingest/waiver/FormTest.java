package dev.muster.ingest.waiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.service.ProblemException;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FormTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00.123456Z");

    private static Form form(String expires) {
        var body = JsonMapper.shared().createObjectNode().put("expires", expires);
        return new Form(body, Set.of("expires"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T12:00:01Z, 2026-06-01T12:00:01Z",
        "2026-12-31T23:59:59.9999+02:00, 2026-12-31T21:59:59.999Z",
        "2026-06-02, 2026-06-02T00:00:00Z",
        "90d, 2026-08-30T12:00:00.123Z",
        "1h30m, 2026-06-01T13:30:00.123Z"
    })
    void readsAnEndAsATimeADateOrADuration(String text, Instant end) {
        assertThat(form(text).end(NOW)).hasValue(end);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-06-01",
                "2026-06-01T12:00:00Z",
                "-1s",
                "0s",
                "2026-02-30",
                "2026-13-01T00:00:00Z",
                "9",
                "soon"
            })
    void takesNoOtherEnd(String text) {
        var form = form(text);

        assertThat(form.end(NOW)).isEmpty();
        assertThatThrownBy(form::check).hasMessageContaining("invalid-content");
    }

    @ParameterizedTest
    @CsvSource({
        "https://wiki.example.org/a?b=c, true",
        "HTTP://x, true",
        "words that say it, true",
        "https://x see section 2, true",
        "https://, false",
        "http:///path, false",
        "https://a|b, false"
    })
    void takesLinksThatLeadSomewhereAndAnyWords(String evidence, boolean right) {
        assertThat(Evidence.mistakeIn(evidence).isEmpty()).isEqualTo(right);
    }

    @Test
    void shortensWhatItRepeats() {
        var body = JsonMapper.shared().createObjectNode().put("x".repeat(5_000), 1);

        assertThatThrownBy(() -> new Form(body, Set.of("expires")).check())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        it -> assertThat(it.problem().errors().getFirst().path())
                                .hasSize(101));
    }
}

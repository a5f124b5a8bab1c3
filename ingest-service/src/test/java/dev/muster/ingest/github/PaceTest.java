package dev.muster.ingest.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant ONE = Instant.parse("2026-06-01T13:00:00Z");

    private final Pace pace = new Pace();

    private static HttpHeaders headers(String... pairs) {
        return HttpHeaders.of(
                Arrays.stream(pairs)
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(it -> it[0], it -> List.of(it[1]))),
                (_, _) -> true);
    }

    private static HttpHeaders left(String resource, int remaining) {
        return headers(
                "x-ratelimit-limit=5000",
                "x-ratelimit-remaining=" + remaining,
                "x-ratelimit-reset=" + ONE.getEpochSecond(),
                "x-ratelimit-resource=" + resource);
    }

    @Test
    void closesWithTheLastQuestionUntilTheLimitIsSetBack() {
        assertThat(pace.saw(200, left("core", 1), "", NOON)).isEmpty();
        assertThat(pace.closedUntil(NOON)).isEmpty();

        assertThat(pace.saw(200, left("core", 0), "", NOON))
                .as("it is an answer all the same")
                .isEmpty();
        assertThat(pace.closedUntil(NOON)).contains(ONE);
        assertThat(pace.closedUntil(ONE)).isEmpty();
    }

    @Test
    void knowsTheLimitOfEachResourceAndKeepsATenth() {
        pace.saw(200, left("core", 4_000), "", NOON);
        assertThat(pace.scarceUntil(NOON)).isEmpty();

        pace.saw(200, left("graphql", 500), "", NOON);
        assertThat(pace.scarceUntil(NOON)).contains(ONE);
        assertThat(pace.scarceUntil(ONE)).isEmpty();
        assertThat(pace.remaining()).contains(500L);
    }

    @Test
    void takesARefusalForALimitByItsHeadersOrItsWords() {
        assertThat(pace.saw(403, headers(), "Resource not accessible by integration", NOON))
                .isEmpty();
        assertThat(pace.saw(403, headers("retry-after=30"), "", NOON)).contains(NOON.plusSeconds(30));
        assertThat(pace.saw(403, left("core", 0), "API rate limit exceeded", NOON))
                .contains(ONE);
    }

    @Test
    void waitsTwiceAsLongEachTimeWhenItIsNotTold() {
        var words = "You have exceeded a secondary rate limit";

        assertThat(pace.saw(403, headers(), words, NOON)).contains(NOON.plusSeconds(60));
        assertThat(pace.saw(429, headers(), "", NOON)).contains(NOON.plusSeconds(120));
        pace.saw(200, headers(), "", NOON);
        assertThat(new Pace().saw(429, headers(), "", NOON)).contains(NOON.plusSeconds(60));
    }
}

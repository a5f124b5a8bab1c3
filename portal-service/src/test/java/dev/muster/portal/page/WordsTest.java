package dev.muster.portal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.result.CauseView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Words words = new Words(InstantSource.fixed(NOON));

    @Test
    void tellsTimesAsPeopleDo() {
        assertThat(words.ago(NOON)).isEqualTo("just now");
        assertThat(words.ago(NOON.minusSeconds(60))).isEqualTo("1 minute ago");
        assertThat(words.ago(NOON.minus(Duration.ofMinutes(90)))).isEqualTo("2 hours ago");
        assertThat(words.ago(NOON.minus(Duration.ofDays(3)))).isEqualTo("3 days ago");
        assertThat(words.ago(NOON.plus(Duration.ofDays(30)))).isEqualTo("in 30 days");
        assertThat(words.ago(NOON.minus(Duration.ofDays(100)))).isEqualTo("15 Aug 2026");
        assertThat(words.exact(NOON)).isEqualTo("23 Nov 2026, 12:00:00 UTC");
    }

    @Test
    void saysWhatBecameOfAValueWithoutJson() {
        var cause = new CauseView(
                "FACT",
                "github",
                null,
                null,
                null,
                null,
                null,
                "vulnerabilities",
                null,
                "{\"package\":\"left-pad\",\"severity\":\"critical\",\"url\":\"https://exam…",
                NOON,
                1,
                false);

        assertThat(words.change(cause)).isEqualTo("new: severity critical, package left-pad");
    }

    @Test
    void linksOnlyToTheWeb() {
        assertThat(words.isLink("https://example.org/a")).isTrue();
        assertThat(words.isLink("HTTP://example.org")).isTrue();
        for (var strange : List.of("javascript:alert(1)", " https://x", "data:text/html,x", "//example.org", "")) {
            assertThat(words.isLink(strange)).as(strange).isFalse();
        }
        assertThat(words.isLink(null)).isFalse();
    }

    @Test
    void namesThingsAsTheirOwnersDo() {
        assertThat(words.name("component:default/payments")).isEqualTo("payments");
        assertThat(words.name("component:shop/payments")).isEqualTo("shop/payments");
        assertThat(words.page("group:default/payments-team")).isEqualTo("/teams/group:default/payments-team");
        assertThat(words.page("component:default/pay ments?")).isEqualTo("/entities/component:default/pay%20ments%3F");
    }

    @Test
    void coloursLevelsByMetalElseByRank() {
        assertThat(words.levelTone("Gold", List.of())).isEqualTo("gold");
        assertThat(words.levelTone("basic", List.of("basic", "solid", "superb")))
                .isEqualTo("rank2");
        assertThat(words.levelTone("superb", List.of("basic", "solid", "superb")))
                .isEqualTo("rank4");
        assertThat(words.levelTone(null, List.of("basic"))).isEqualTo("none");
    }

    @Test
    void hasWordsForEveryOutcome() {
        for (var outcome : dev.muster.schemas.v1.Outcome.values()) {
            assertThat(words.outcome(outcome.name())).isNotEqualTo("Gone");
            assertThat(words.meaning(outcome.name())).isNotEmpty();
        }
    }
}

package dev.muster.portal.badge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BadgeTest {

    @Test
    void saysLevelAndScoreInWords() {
        assertThat(Badge.of("Readiness", "gold", 97).svg())
                .startsWith("<svg")
                .contains("aria-label=\"Readiness: gold · 97\"");
    }

    @Test
    void saysWhenThereIsNoLevel() {
        assertThat(Badge.of("Readiness", null, 12).svg()).contains("no level · 12");
    }

    @Test
    void letsNoTitleBecomeMarkup() {
        assertThat(Badge.of("<script>&\"", "gold", 1).svg())
                .doesNotContain("<script")
                .contains("&lt;script&gt;&amp;&quot;");
    }
}

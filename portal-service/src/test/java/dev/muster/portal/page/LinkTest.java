package dev.muster.portal.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkTest {

    @Test
    void keepsWhatItHasAndBeginsAtTheFirstPieceWhenSomethingChanges() {
        var here = new Link("/failing", Map.of("cursor", "abc"))
                .with("owner", "group:default/a&b")
                .with("tier", 1);

        assertThat(here).hasToString("/failing?owner=group%3Adefault%2Fa%26b&tier=1");
        assertThat(here.with("tier", 2).without("owner")).hasToString("/failing?tier=2");
        assertThat(here.with("owner", " ").with("tier", null)).hasToString("/failing");
        assertThat(here.at("/exports/failing.csv"))
                .hasToString("/exports/failing.csv?owner=group%3Adefault%2Fa%26b&tier=1");
    }

    @Test
    void goesOnWhereAPieceEnded() {
        assertThat(Link.to("/").with("q", "x").with("cursor", "next")).hasToString("/?q=x&cursor=next");
    }
}

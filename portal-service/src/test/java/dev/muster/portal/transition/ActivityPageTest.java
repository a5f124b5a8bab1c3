package dev.muster.portal.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.Portal;
import org.junit.jupiter.api.Test;

class ActivityPageTest {

    private static final Portal PORTAL = Portal.shared();

    @Test
    void keepsTheTimeAndTheDeliveryWhenSomethingElseIsFiltered() {
        var page = PORTAL.get(
                        "/activity?kind=regressed&since=2026-11-01T00:00:00Z&until=2026-11-02T00:00:00Z&delivery=d-1")
                .body();

        assertThat(page)
                .contains(
                        "name=\"kind\" value=\"regressed\"",
                        "name=\"since\" value=\"2026-11-01T00:00:00Z\"",
                        "name=\"until\" value=\"2026-11-02T00:00:00Z\"",
                        "name=\"delivery\" value=\"d-1\"");
    }

    @Test
    void saysThatItShowsNotEveryTimeAndLeadsToAll() {
        var notice = notice("since=2026-11-01T00:00:00Z&until=2026-11-02T00:00:00Z&source=github");

        assertThat(notice)
                .contains("1 Nov 2026, 00:00:00 UTC", "2 Nov 2026, 00:00:00 UTC", "href=\"/activity?source=github\"");
        assertThat(notice("until=2026-11-02T00:00:00Z")).contains("before").doesNotContain("from");
        assertThat(PORTAL.get("/activity?source=github").body()).doesNotContain("id=\"of-time\"");
    }

    private static String notice(String query) {
        var page = PORTAL.get("/activity?" + query).body();
        int begin = page.indexOf("id=\"of-time\"");
        assertThat(begin).isPositive();
        return page.substring(begin, page.indexOf("</p>", begin));
    }
}

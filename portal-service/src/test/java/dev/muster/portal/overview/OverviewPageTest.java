package dev.muster.portal.overview;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Told;
import dev.muster.schemas.v1.TransitionKind;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OverviewPageTest {

    private static final Portal PORTAL = Portal.shared();
    private static final String CARD = "overview-card";
    private static final Told TOLD = new Told(PORTAL, CARD);

    @BeforeAll
    static void tell() {
        TOLD.publish("Overview card");
        var now = Instant.now();
        TOLD.declare("mapped-a", "group:default/map-one");
        TOLD.declare("mapped-b", "group:default/map-one");
        TOLD.declare("mapped-c", null);
        var first = TOLD.happen(null, "mapped-a", 1, "gold", now.minus(Duration.ofDays(2)), TransitionKind.BASELINE);
        TOLD.happen(
                first,
                "mapped-a",
                2,
                null,
                now.minus(Duration.ofHours(1)),
                TransitionKind.REGRESSED,
                "max-known-vulnerabilities",
                "FAIL");
        TOLD.happen(null, "mapped-b", 1, "gold", now.minus(Duration.ofDays(2)), TransitionKind.BASELINE);
        TOLD.happen(
                null,
                "mapped-c",
                1,
                "bronze",
                now.minus(Duration.ofDays(2)),
                TransitionKind.BASELINE,
                "coverage",
                "UNKNOWN");
        await().untilAsserted(() -> {
            assertThat(TOLD.failing()).containsExactly("mapped-a max-known-vulnerabilities");
            assertThat(page("")).contains("mapped-c", "map-one, security", "no owner, quality");
        });
    }

    private static String page(String more) {
        return PORTAL.get("/?scorecard=" + CARD + more).body();
    }

    @Test
    void leadsFromARedCellToTheRuleItsEvidenceItsCauseAndWhatToDo() {
        var cell = Pattern.compile("href=\"(/failing[^\"]*)\"[^>]*aria-label=\"map-one, security: ([^\"]*)\"")
                .matcher(page(""));

        assertThat(cell.find()).isTrue();
        assertThat(cell.group(2)).isEqualTo("75 %, 1 failing, 0 unknown or stale");
        var failing = PORTAL.get(cell.group(1).replace("&amp;", "&")).body();
        assertThat(failing)
                .contains(
                        "1 rule</span>",
                        "CVE-2026-1234 in org.example:parser",
                        "repo:github.com/acme/mapped-a",
                        "github reported vulnerabilities",
                        "Merge the pull request of Dependabot",
                        "/entities/component:default/mapped-a?scorecard=overview-card#rule-max-known-vulnerabilities");
    }

    @Test
    void tellsTheMeanAndTheWorstToo() {
        assertThat(page("&show=mean")).contains("map-one, security: 75 %");
        assertThat(page("&show=worst")).contains("map-one, security: 50 %");
        assertThat(page("&by=system")).contains("shop, security: 83 %");
    }

    @Test
    void putsTheWorstGroupOnTopByWhatIsShown() {
        var told = new Told(PORTAL, "order-card");
        told.publish("Order card");
        var at = Instant.now().minus(Duration.ofDays(1));
        for (var name : List.of("order-a", "order-b", "order-c")) {
            told.declare(name, "group:default/order-many");
            told.happen(
                    null,
                    name,
                    1,
                    "bronze",
                    at,
                    TransitionKind.BASELINE,
                    "coverage",
                    name.equals("order-a") ? "FAIL" : "PASS");
        }
        told.declare("order-d", "group:default/order-few");
        told.happen(
                null,
                "order-d",
                1,
                null,
                at,
                TransitionKind.BASELINE,
                "default-branch-protected",
                "FAIL",
                "has-runbook",
                "FAIL");
        var address = "/?scorecard=order-card";

        await().untilAsserted(() -> assertThat(PORTAL.get(address).body())
                .contains("order-many, quality: 66 %")
                .containsSubsequence("\"order-few, ", "\"order-many, "));
        assertThat(PORTAL.get(address + "&show=worst").body())
                .containsSubsequence("\"order-many, quality: 0 %", "\"order-few, ");
    }

    @Test
    void leadsToWhatIsNotKnownWhereNothingFails() {
        assertThat(page(""))
                .containsPattern("dimension=quality&amp;outcome=undecided\"[^>]*aria-label=\"no owner, quality: "
                        + "nothing decided, 0 failing, 1 unknown or stale");
    }

    @Test
    void showsLevelsByDayAndWhoMoved() {
        var body = page("&days=7");

        assertThat(body)
                .contains("data-chart=\"bars\"")
                .containsPattern("<th [^>]*data-series[^>]*class=\"fill-gold\">Gold</th>")
                .contains("<time datetime=\"" + LocalDate.now(ZoneOffset.UTC) + "\">");
        assertThat(body).contains("fell by", "Gold → No level", "score 100 → 80");
        assertThat(body).doesNotContain("score 100 → 100");
    }

    @Test
    void keepsWhatWasChosenInEveryLink() {
        assertThat(page("&show=worst&by=system"))
                .contains("/?scorecard=overview-card&amp;show=mean&amp;by=system#heat")
                .contains("/?scorecard=overview-card&amp;show=worst&amp;by=owner#heat");
    }

    @Test
    void showsAChangeSoonAfterIt() {
        var told = new Told(PORTAL, "soon-card");
        told.publish("Soon card");
        told.declare("soon-a", "group:default/soon");
        var now = Instant.now();
        var first = told.happen(null, "soon-a", 1, "gold", now.minus(Duration.ofHours(2)), TransitionKind.BASELINE);
        var address = "/?scorecard=soon-card";
        await().untilAsserted(() -> assertThat(PORTAL.get(address).body()).contains("soon, security: 100 %"));

        told.happen(first, "soon-a", 2, null, now, TransitionKind.REGRESSED, "max-known-vulnerabilities", "FAIL");

        await().untilAsserted(() -> assertThat(PORTAL.get(address).body())
                .contains("soon, security: 50 %", "Gold → No level", "data-behind=\"3000\""));
    }

    @Test
    void leadsToTheRegressionsThatItCounts() {
        var link = Pattern.compile("href=\"(/activity\\?kind=regressed&amp;since=[^\"]+)\"")
                .matcher(page(""));

        assertThat(link.find()).isTrue();
        var since = Instant.parse(URLDecoder.decode(link.group(1).replaceFirst(".*since=", ""), UTF_8));
        assertThat(Duration.between(since, Instant.now())).isBetween(Duration.ofDays(1), Duration.ofHours(25));
        assertThat(PORTAL.get(link.group(1).replace("&amp;", "&")).body()).contains("mapped-a");
    }

    @Test
    void refusesAViewThatThereIsNot() {
        assertThat(PORTAL.get("/?show=nonsense").statusCode()).isEqualTo(422);
    }
}

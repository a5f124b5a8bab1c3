package dev.muster.portal.acting;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.muster.portal.acting.ActingStory.ENTITY;
import static dev.muster.portal.acting.ActingStory.NEW;
import static dev.muster.portal.acting.ActingStory.OTHER;
import static dev.muster.portal.acting.ActingStory.PAGE;
import static dev.muster.portal.acting.ActingStory.PORTAL;
import static dev.muster.portal.acting.ActingStory.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.muster.portal.Story;
import dev.muster.portal.page.Chromium;
import dev.muster.portal.page.InChromium;
import dev.muster.schemas.v1.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Acting in a real Chromium: forms, what stays typed, and whether everybody can use them.
public class ActingBrowserTest extends InChromium {

    /// What a viewer may not see.
    private static final String FORBIDDEN = "/attestations/new";

    /// What each person may see.
    public static final Map<String, List<String>> PAGES = Map.of(
            "mona",
            List.of(
                    PAGE,
                    NEW,
                    NEW.replace("exemptions", "attestations"),
                    "/silences",
                    "/silences?show=past",
                    "/silences/new?entity=" + ENTITY,
                    "/teams/" + TEAM + "/preferences",
                    "/messages",
                    "/messages/waiting",
                    "/exemptions/acting-monas"),
            "erin",
            List.of(
                    "/exemptions",
                    "/exemptions/acting-adas",
                    "/dead-letters",
                    "/dead-letters/replay",
                    "/dead-letters/replays/r-1"),
            "victor",
            List.of("/audit", "/account", FORBIDDEN));

    @BeforeEach
    void reset() {
        OTHER.reset();
        ActingStory.preferences();
        OTHER.answers("GET /api/v1/silences", 200, ActingStory.silences());
        OTHER.answers("GET /api/v1/notifications?state=GATHERING,READY", 200, ActingStory.waiting());
        OTHER.answers("GET /v1/replays/r-1", 200, ActingStory.replay());
    }

    private void signIn(String name) {
        page.navigate(PORTAL.url() + "/login");
        page.locator("#token").fill(ActingStory.token(name));
        page.locator("form[action='/login'] button").click();
    }

    @Test
    void leadsFromARuleToTheFormAndKeepsWhatWasTyped() {
        OTHER.answers("POST /v1/exemptions", 422, """
                {"errors":[{"path":"expires","message":"is 2099-01-01T00:00:00Z; an exemption lasts 180d at most"}]}""");
        signIn("mona");
        page.navigate(PORTAL.url() + PAGE);
        page.locator("#rule-coverage a", new Page.LocatorOptions().setHasText("Ask for an exemption"))
                .click();
        page.locator("#f-reason").fill("It is replaced next month");
        page.locator("#f-expires").fill("2099-01-01");
        page.locator("#f-finding").fill("CVE-2026-1");
        page.locator("main form button.primary").click();

        assertThat(page.locator("#h-expires .mistake")).containsText("180d at most");
        assertThat(page.locator("#f-reason")).hasValue("It is replaced next month");
        assertThat(page.locator("#f-expires")).hasValue("2099-01-01");
        assertThat(page.locator("#f-finding")).hasValue("CVE-2026-1");
        Chromium.keep(page, "exemption-new-refused");
        complaints.removeIf(Chromium.answered(422, PORTAL.url() + "/exemptions/new"));

        OTHER.answers("POST /v1/exemptions", 201, "{}");
        page.locator("#f-expires").fill("2030-01-01");
        page.locator("main form button.primary").click();
        assertThat(page.locator(".done")).containsText("Asked for.");
        assertThat(page).hasURL(Pattern.compile(".*/entities/.*"));
        Chromium.keep(page, "entity-asked");
    }

    @Test
    void decidesInTheInboxWhileThePageLivesOnAndTakesNoNoteAway() {
        OTHER.answers("POST /v1/exemptions/acting-adas/approve", 200, "{}");
        signIn("erin");
        page.navigate(PORTAL.url() + "/exemptions");
        assertThat(page.locator("#live-text")).hasText("Live");
        page.locator("#d-acting-adas summary").click();
        page.locator("#c-acting-adas").fill("until the release");

        Entity news = Story.component("acting-news", TEAM, 1);
        PORTAL.tell(PORTAL.topics().catalog(), news.getRef(), news);

        assertThat(page.locator("#live-text")).hasText("Waits for your form");
        assertThat(page.locator("#c-acting-adas")).hasValue("until the release");
        Chromium.keep(page, "exemptions-decide");
        page.locator("#d-acting-adas button[value=approve]").click();
        assertThat(page.locator(".done")).containsText("Approved.");
        assertThat(OTHER.calls())
                .anySatisfy(it -> assertThat(it.call() + " " + it.by() + " " + it.body())
                        .isEqualTo("POST /v1/exemptions/acting-adas/approve erin {\"comment\":\"until the release\"}"));
    }

    @Test
    void goesOnLivingWhenTheNoteIsEmptiedAgain() {
        signIn("erin");
        page.navigate(PORTAL.url() + "/exemptions");
        assertThat(page.locator("#live-text")).hasText("Live");
        page.locator("#d-acting-adas summary").click();
        page.locator("#c-acting-adas").fill("hm");
        Entity news = Story.component("acting-more-news", TEAM, 1);
        PORTAL.tell(PORTAL.topics().catalog(), news.getRef(), news);
        assertThat(page.locator("#live-text")).hasText("Waits for your form");

        page.locator("#c-acting-adas").fill("");

        assertThat(page.locator("#live-text")).hasText("Live");
    }

    @Test
    void canBeUsedByEverybody() {
        var serious = new ArrayList<String>();
        PAGES.forEach((name, paths) -> {
            for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                show(new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1280, 900));
                signIn(name);
                for (var path : paths) {
                    page.navigate(PORTAL.url() + path);
                    page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)");
                    assertThat(page.locator("h1")).hasCount(1);
                    Chromium.serious(page).forEach(it -> serious.add(scheme + " " + path + ": " + it));
                    Chromium.keep(
                            page,
                            "acting-" + scheme.name().toLowerCase(java.util.Locale.ROOT)
                                    + path.replaceAll("[^a-z]+", "-"));
                }
            }
            show(new Browser.NewContextOptions().setViewportSize(360, 780).setHasTouch(true));
            signIn(name);
            for (var path : paths) {
                page.navigate(PORTAL.url() + path);
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .as(path)
                        .isLessThanOrEqualTo(360);
                Chromium.keep(page, "acting-phone" + path.replaceAll("[^a-z]+", "-"));
            }
        });
        assertThat(serious).isEmpty();
        assertThat(complaints).hasSize(3);
        complaints.removeIf(Chromium.answered(403, PORTAL.url() + FORBIDDEN));
    }

    @Test
    void canBeDoneFromTheKeyboard() {
        OTHER.answers("POST /api/v1/silences", 201, "{}");
        signIn("mona");
        page.navigate(PORTAL.url() + "/silences/new?entity=" + ENTITY);
        page.locator("#f-reason").focus();
        page.keyboard().type("planned");
        page.locator("#f-endsAt").fill("2030-01-01T10:00");
        page.keyboard().press("Enter");

        assertThat(page.locator(".done")).containsText("Silenced.");
    }
}

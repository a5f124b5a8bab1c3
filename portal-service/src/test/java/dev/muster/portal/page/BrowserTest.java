package dev.muster.portal.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.muster.portal.Operations;
import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.testkit.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages in a real Chromium. Skipped, and says so, where none is installed. Screenshots are kept in
/// `target/screenshots`.
class BrowserTest extends InChromium {

    private static final Portal PORTAL = Portal.shared();
    private static final String ENTITY = "component:default/browsed";
    private static final String NOWHERE = "/nowhere";
    private static final String OWNER = "group:default/payments-team";
    static final List<String> PAGES = List.of(
            "/",
            "/entities/" + ENTITY,
            "/entities/" + ENTITY + "?group=dimension",
            "/scorecards",
            "/scorecards/" + Story.SCORECARD,
            "/teams/" + OWNER,
            "/activity",
            "/failing",
            "/failing?outcome=undecided&scorecard=" + Story.SCORECARD,
            "/initiatives",
            "/initiatives/" + Operations.INITIATIVE,
            "/connections",
            "/deliveries",
            "/deliveries/" + Operations.DELIVERY,
            "/subjects",
            "/dead-letters",
            "/messages",
            "/exemptions",
            "/exemptions/e-1",
            "/attestations/a-1",
            "/docs",
            "/login",
            NOWHERE);

    private static Story story;
    private static Operations operations;
    private static Result now;

    @BeforeAll
    static void tell() {
        story = new Story(PORTAL, Instant.now().minus(Duration.ofHours(2)));
        story.begin();
        story.declare(Story.component("browsed", OWNER, 1));
        story.declare(Story.component("ledger", OWNER, 1));
        operations = new Operations(PORTAL, ENTITY, OWNER);
        operations.tellAll();
        now = Story.result(
                ENTITY,
                1,
                "bronze",
                Instant.now().minus(Duration.ofHours(1)),
                Map.of("coverage", Outcome.FAIL, "on-call", Outcome.UNKNOWN, "tests-pass", Outcome.STALE));
        story.happen(null, now, TransitionKind.BASELINE, OWNER);
        await().untilAsserted(() -> {
            assertThat(PORTAL.get("/entities/" + ENTITY).body()).contains("rule-coverage");
            assertThat(PORTAL.get("/teams/" + OWNER).statusCode()).isEqualTo(200);
            assertThat(PORTAL.get("/initiatives/" + Operations.INITIATIVE).statusCode())
                    .isEqualTo(200);
            assertThat(PORTAL.get("/deliveries/" + Operations.DELIVERY).body()).contains("slack to payments");
            assertThat(PORTAL.get("/connections").body()).contains("c-alertmanager");
            assertThat(PORTAL.get("/exemptions").body()).contains("approve e-1");
            assertThat(PORTAL.get("/attestations/a-1").statusCode()).isEqualTo(200);
            assertThat(PORTAL.get("/dead-letters").body()).contains("github/broken");
            assertThat(PORTAL.get("/scorecards/" + Story.SCORECARD).statusCode())
                    .isEqualTo(200);
        });
    }

    @AfterEach
    void nothingIsNowhere() {
        complaints.removeIf(Chromium.answered(404, PORTAL.url() + NOWHERE));
    }

    @Test
    void showsEveryRuleWithItsEvidenceAndTheCauseOfTheLastChange() {
        page.navigate(PORTAL.url() + "/entities/" + ENTITY);

        assertThat(page.locator("h1")).hasText("browsed");
        assertThat(page.locator(".now-level")).containsText("Bronze");
        assertThat(page.locator(".rule")).hasCount(8);
        assertThat(page.locator("#rule-coverage")).containsText("Failed");
        assertThat(page.locator("#rule-coverage .rule-message")).hasText("coverage of new code is 61.5 %");
        assertThat(page.locator("#rule-coverage .evidence")).containsText("repo:github.com/acme/browsed");
        assertThat(page.locator("#rule-coverage .todo")).containsText("Add tests");
        assertThat(page.locator("#rule-on-call")).containsText("Unknown");
        assertThat(page.locator("#cause")).containsText("github reported vulnerabilities");
        assertThat(page.locator("#cause .diff dd")).hasText("severity low → critical");
        assertThat(page.locator("#cause a[href^='https://github.com']")).hasCount(1);
        assertThat(page.locator(".missing a")).hasCount(2);
        assertThat(page.locator(".ladder .next")).containsText("Silver");
        assertThat(page.locator("body")).not().containsText("Do not click");
        keep("entity");
    }

    @Test
    void updatesWithoutAReloadWhenANewResultArrives() {
        page.navigate(PORTAL.url() + "/entities/" + ENTITY);
        assertThat(page.locator("#live-text")).hasText("Live");
        page.evaluate("window.sameDocument = true");
        page.locator("#rule-has-runbook summary").click();
        page.locator("#rule-has-runbook summary").focus();

        var worse = Story.result(
                ENTITY, now.getVersion() + 1, null, Instant.now(), Map.of("max-known-vulnerabilities", Outcome.FAIL));
        story.happen(now, worse, TransitionKind.REGRESSED, OWNER);
        now = worse;

        assertThat(page.locator(".now-level"))
                .containsText("No level", new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
        assertThat(page.locator("#rule-max-known-vulnerabilities")).hasJSProperty("open", true);
        assertThat(page.locator("#history .event").first()).containsText("Regressed");
        assertThat(page.locator("#announce")).containsText("updated");
        assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
        assertThat(page.locator("#rule-has-runbook")).hasJSProperty("open", true);
        assertThat(page.evaluate("document.activeElement.closest('details').id"))
                .isEqualTo("rule-has-runbook");
    }

    @Test
    void readsAgainWhatWasNotAnswered() {
        page.navigate(PORTAL.url() + "/entities/" + ENTITY);
        assertThat(page.locator("#live-text")).hasText("Live");
        var read = new AtomicInteger();
        page.route("**/entities/**", route -> {
            if (read.getAndIncrement() == 0) {
                route.abort();
            } else {
                route.resume();
            }
        });

        var next = Story.result(
                ENTITY, now.getVersion() + 1, null, Instant.now(), Map.of("max-known-vulnerabilities", Outcome.FAIL));
        story.happen(now, next, TransitionKind.CHANGED, OWNER);
        now = next;

        assertThat(page.locator("#live-text"))
                .hasText("Reconnecting", new LocatorAssertions.HasTextOptions().setTimeout(20_000));
        assertThat(page.locator("#live-text"))
                .hasText("Live", new LocatorAssertions.HasTextOptions().setTimeout(20_000));
        assertThat(read).hasValueGreaterThan(1);
        assertThat(page.evaluate("htmx.config.timeout")).isEqualTo(10_000);
        complaints.clear(); // the browser complains of what was not answered
    }

    @ParameterizedTest
    @ValueSource(strings = {"connections", "deliveries", "subjects", "dead-letters", "initiatives"})
    void updatesEachListWithoutAReload(String list) {
        page.navigate(PORTAL.url() + "/" + list);
        assertThat(page.locator("#live-text")).hasText("Live");
        page.evaluate("window.sameDocument = true");
        page.evaluate("document.getElementById('behind').textContent = 'It was behind.'");

        for (var name : List.of("live-one", "live-two", "live-three")) {
            operations.tellOf(list, name);
            assertThat(page.locator("#main")).containsText(name);
        }

        assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
        assertThat(page.locator("#behind")).hasText("");
    }

    @Test
    void readsAPageAtMostOnceASecondHoweverMuchHappens() {
        page.addInitScript("""
                EventSource = class extends EventSource {
                  constructor(url) { super(url); window.stream = this; }
                };""");
        page.navigate(PORTAL.url() + "/deliveries");
        assertThat(page.locator("#live-text")).hasText("Live");
        @SuppressWarnings("unchecked")
        var read = (List<Number>) page.evaluate("""
                () => new Promise(done => {
                  const happen = setInterval(() => {
                    const read = performance.getEntriesByType('resource').filter(e => e.initiatorType === 'xmlhttprequest');
                    if (read.length < 3) {
                      window.stream.dispatchEvent(new Event('delivery'));
                    } else {
                      clearInterval(happen);
                      done(read.map(e => e.startTime));
                    }
                  }, 10);
                })""");

        for (int i = 1; i < read.size(); i++) {
            // A little less than a second: the request begins a little after the moment that is kept of it.
            assertThat(read.get(i).doubleValue() - read.get(i - 1).doubleValue())
                    .isGreaterThan(900);
        }
    }

    @Test
    void readsTheOverviewOnceMoreSinceItMayHaveBeenReadAMomentBefore() {
        page.navigate(PORTAL.url() + "/");

        page.waitForRequest(PORTAL.url() + "/", () -> {});
        assertThat(page.locator("#live-text")).hasText("Live");
    }

    @Test
    void opensTheStreamAgainWhenItWasCut() {
        page.navigate(PORTAL.url() + "/entities/" + ENTITY);
        assertThat(page.locator("#live-text")).hasText("Live");
        context.setOffline(true);
        context.setOffline(false);
        assertThat(page.locator("#live-text"))
                .hasText("Live", new LocatorAssertions.HasTextOptions().setTimeout(20_000));
        complaints.clear();
    }

    @Test
    void saysThatItIsNotLiveWhenEnoughStreamsAreOpenAndIsLiveOnceOneIsShut() {
        try (var portal = Portal.another(
                "one-stream", TestPostgres.shared().newDatabase(), Map.of("muster.portal.streams", "1"))) {
            page.navigate(portal.url() + "/activity");
            assertThat(page.locator("#live-text")).hasText("Live");
            var other = context.newPage();
            other.clock().install();
            other.navigate(portal.url() + "/deliveries");
            assertThat(other.locator("#live-text")).hasText("Not live: read every 30 s");
            assertThat(other.locator("#live")).hasAttribute("data-state", "off");
            Chromium.keep(other, "not-live");

            other.evaluate("window.sameDocument = true");
            other.waitForRequest(
                    portal.url() + "/deliveries", () -> other.clock().fastForward(40_000));
            page.navigate(portal.url() + "/login");
            await().pollInSameThread().until(() -> {
                // That a browser shut its stream is seen when something is told to it.
                story.declare(Story.component("nobody-heard", OWNER, 1));
                other.clock().fastForward(40_000);
                return other.locator("#live-text").textContent().equals("Live");
            });
            assertThat(other.evaluate("window.sameDocument")).isEqualTo(true);
        }
    }

    @Test
    void followsTheColoursOfTheSystem() {
        page.navigate(PORTAL.url() + "/");
        var light = page.evaluate("getComputedStyle(document.body).backgroundColor");
        show(new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK).setViewportSize(1280, 900));
        page.navigate(PORTAL.url() + "/");
        var dark = page.evaluate("getComputedStyle(document.body).backgroundColor");

        assertThat(light).isEqualTo("rgb(245, 246, 243)");
        assertThat(dark).isEqualTo("rgb(14, 18, 19)");
        keep("overview-dark");
        page.navigate(PORTAL.url() + "/entities/" + ENTITY);
        keep("entity-dark");
    }

    @Test
    void isLightOrDarkAsTheReaderChose() {
        show(new Browser.NewContextOptions().setColorScheme(ColorScheme.LIGHT).setViewportSize(1280, 900));
        page.navigate(PORTAL.url() + "/failing?tier=1");
        var dark = page.locator("nav[aria-label=Colours] a", new Page.LocatorOptions().setHasText("Dark"));
        dark.focus();
        page.keyboard().press("Enter");

        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/failing\\?tier=1$"));
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(14, 18, 19)");
        assertThat(dark).hasAttribute("aria-current", "true");
        assertThat(serious("chosen dark", "/")).isEmpty();
        page.navigate(PORTAL.url() + "/theme/auto");
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(245, 246, 243)");
    }

    @Test
    void sortsATableByItsHeads() {
        page.navigate(PORTAL.url() + "/?q=browsed");
        page.locator("#entities th a", new Page.LocatorOptions().setHasText("Owner"))
                .click();
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*sort=owner.*"));
        assertThat(page.locator("#entities th[aria-sort=ascending]")).containsText("Owner");
        page.locator("#entities th a", new Page.LocatorOptions().setHasText("Owner"))
                .click();
        assertThat(page.locator("#entities th[aria-sort=descending]")).containsText("Owner");
        assertThat(page.locator("#entities tbody tr")).hasCount(1);
    }

    @Test
    void showsHowItStoodAndDoesNotUpdateThen() {
        page.navigate(PORTAL.url() + "/");
        var early = LocalDate.now(ZoneOffset.UTC).minusDays(5);
        page.locator("input[name=asOf]").fill(early + "T10:20:30");
        page.locator(".asof button").click();
        assertThat(page.locator(".band")).containsText(", 10:20:30 UTC, not now.");
        assertThat(page.locator("#live-text")).hasText("Not live");
        assertThat(serious("as of", "/?asOf=" + early + "T10:20:30")).isEmpty();
        keep("overview-as-of");
        page.locator(".band a").click();
        assertThat(page.locator("#live-text")).hasText("Live");
    }

    @Test
    void fitsAPhone() {
        show(new Browser.NewContextOptions().setViewportSize(360, 780).setHasTouch(true));
        for (var path : PAGES) {
            page.navigate(PORTAL.url() + path);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .as(path)
                    .isLessThanOrEqualTo(360);
            keep("phone" + path.replaceAll("[^a-z]+", "-"));
        }
    }

    @Test
    void givesEverythingThatCanBeUsedAName() {
        for (var path : PAGES) {
            page.navigate(PORTAL.url() + path);
            @SuppressWarnings("unchecked")
            var nameless = (List<String>) page.evaluate("""
                    () => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary, [role=img], [tabindex="0"]')]
                        .filter(e => e.offsetParent !== null || e.classList.contains('skip'))
                        .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || (e.labels && e.labels.length && e.labels[0].textContent.trim())))
                        .map(e => e.outerHTML)""");
            assertThat(nameless).as(path).isEmpty();
            @SuppressWarnings("unchecked")
            var twice = (List<String>) page.evaluate("""
                    () => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
                            return ids.filter((id, i) => ids.indexOf(id) !== i); }""");
            assertThat(twice).as("ids used twice on " + path).isEmpty();
            assertThat(page.locator("h1")).hasCount(1);
            assertThat(page.locator("html")).hasAttribute("lang", "en");
        }
    }

    @Test
    void hasNothingThatAxeTakesSeriously() {
        var serious = new ArrayList<String>();
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            show(new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1280, 900));
            // The contrast of the others on a dark ground is looked at below; nothing else depends on it.
            for (var path : scheme == ColorScheme.LIGHT ? PAGES : PAGES.subList(0, 2)) {
                serious.addAll(serious(scheme.name(), path));
                keep("axe-" + scheme.name().toLowerCase(Locale.ROOT) + path.replaceAll("[^a-z]+", "-"));
            }
        }
        assertThat(serious).isEmpty();
    }

    @Test
    void leadsFromARedCellToTheCauseInTwoClicks() {
        page.navigate(PORTAL.url() + "/?scorecard=" + Story.SCORECARD);
        page.locator("#heat a[aria-label^='payments-team, quality']").click();
        assertThat(page.locator("h1")).hasText("Failing rules");
        page.locator(".event-head a", new Page.LocatorOptions().setHasText("Coverage of new code"))
                .first()
                .click();
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*#rule-coverage"));
        assertThat(page.locator("#rule-coverage")).hasJSProperty("open", true);
        assertThat(page.locator("#rule-coverage")).containsText("Changed by");
        assertThat(page.locator("#rule-coverage .todo")).isVisible();
    }

    @Test
    void looksBackAndPrints() {
        page.navigate(PORTAL.url() + "/entities/" + ENTITY);
        var early = LocalDate.now(ZoneOffset.UTC).minusDays(300);
        page.locator("input[name=asOf]").fill(early + "T10:20:30");
        page.locator(".asof button").click();
        assertThat(page.locator("#past")).containsText("There was no result yet");
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*asOf=" + early + ".*"));
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator(".top")).isHidden();
        assertThat(page.locator(".asof")).isHidden();
        keep("entity-print");
        for (var path : List.of("/entities/" + ENTITY, "/connections")) {
            page.navigate(PORTAL.url() + path);
            assertThat(page.locator("details:not([open])")).not().hasCount(0);
            for (var closed :
                    page.locator("details:not([open]) > :not(summary)").all()) {
                assertThat(closed).isVisible();
            }
        }
    }

    @Test
    void canBeUsedFromTheKeyboard() {
        page.navigate(PORTAL.url() + "/entities/" + ENTITY);
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        assertThat(page.locator(".skip")).isInViewport();
        page.keyboard().press("Enter");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("main");

        var rule = page.locator("#rule-has-runbook summary");
        rule.focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#rule-has-runbook")).hasJSProperty("open", true);
        page.keyboard().press("Tab");
        page.keyboard().press("Shift+Tab");
        assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
    }

    @Test
    void readsWellOnBothGrounds() {
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            show(new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1280, 900));
            for (var path : PAGES) {
                page.navigate(PORTAL.url() + path);
                @SuppressWarnings("unchecked")
                var faint = (List<String>) page.evaluate(CONTRAST);
                assertThat(faint).as(scheme + " " + path).isEmpty();
            }
        }
    }

    @Test
    void findsAnEntityWhileTyping() {
        page.navigate(PORTAL.url() + "/");
        page.locator("#q").fill("browsed");
        assertThat(page.locator("#entities tbody tr")).hasCount(1);
        assertThat(page.locator("#q")).isFocused();
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*\\?q=browsed.*"));
        page.locator("#entities .name").click();
        assertThat(page.locator("h1")).hasText("browsed");
        page.goBack();
        assertThat(page.locator("#q")).hasValue("browsed");
    }

    @Test
    void keepsPicturesForTheReadme() {
        page.navigate(PORTAL.url() + "/");
        keep("overview");
        page.navigate(PORTAL.url() + "/scorecards/" + Story.SCORECARD);
        keep("scorecard");
    }

    @Test
    void showsTheDescriptionOfTheApi() {
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            show(new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1280, 900));
            page.navigate(PORTAL.url() + "/docs");
            page.locator("#get-api-v1-initiatives-name- summary").click();
            assertThat(page.locator("#get-api-v1-initiatives-name-"))
                    .containsText("done and owner choose among the entities");
            page.locator("#get-api-v1-initiatives-name- a", new Page.LocatorOptions().setHasText("InitiativeWhole"))
                    .click();
            assertThat(page.locator("#shape-InitiativeWhole")).hasJSProperty("open", true);
            page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)");
            assertThat(Chromium.serious(page)).as(scheme.name()).isEmpty();
        }
        keep("docs");
    }

    /// What axe takes seriously of a page.
    private List<String> serious(String scheme, String path) {
        page.navigate(PORTAL.url() + path);
        return Chromium.serious(page).stream()
                .map(it -> scheme + " " + path + ": " + it)
                .toList();
    }

    private void keep(String name) {
        Chromium.keep(page, name);
    }

    /// Texts whose contrast with what is behind them is below what WCAG 2.2 AA asks for.
    private static final String CONTRAST = """
            () => {
              const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
              const rgba = colour => {
                canvas.clearRect(0, 0, 1, 1);
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
                return [r, g, b, a / 255];
              };
              const light = ([r, g, b]) => {
                const [x, y, z] = [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
                return .2126 * x + .7152 * y + .0722 * z;
              };
              const ground = element => {
                for (let e = element; e; e = e.parentElement) {
                  const colour = rgba(getComputedStyle(e).backgroundColor);
                  if (colour[3] > .95) return colour;
                }
                return rgba('white');
              };
              const found = [];
              for (const element of document.querySelectorAll('body *')) {
                const text = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
                if (!text || element.closest('svg') || element.closest('.hush, .announce, .skip, .top') || element.offsetParent === null) continue;
                const style = getComputedStyle(element);
                const [a, b] = [light(rgba(style.color)), light(ground(element))].sort((x, y) => y - x);
                const ratio = (a + .05) / (b + .05);
                if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${element.localName}.${element.className} ${element.textContent.trim().slice(0, 40)}`);
              }
              return found;
            }""";
}

package dev.muster.portal.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.TransitionKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The pages in a real Chromium. Skipped, and says so, where none is installed. Screenshots are kept in
/// `target/screenshots`.
class BrowserTest {

    private static final Portal PORTAL = Portal.shared();
    private static final String ENTITY = "component:default/browsed";
    private static final String OWNER = "group:default/payments-team";
    private static final List<String> PAGES = List.of(
            "/",
            "/entities/" + ENTITY,
            "/entities/" + ENTITY + "?group=dimension",
            "/scorecards",
            "/scorecards/" + Story.SCORECARD,
            "/teams/" + OWNER,
            "/activity",
            "/nowhere");

    private static Playwright playwright;
    private static Browser browser;
    private static Story story;
    private static Result now;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void open() {
        var chromium = List.of(
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome",
                        "/snap/bin/chromium")
                .stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "no Chromium is installed: apt install chromium");
        com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.get())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
        story = new Story(PORTAL, Instant.now().minus(Duration.ofHours(2)));
        story.begin();
        story.declare(Story.component("browsed", OWNER, 1));
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
            assertThat(PORTAL.get("/scorecards/" + Story.SCORECARD).statusCode())
                    .isEqualTo(200);
        });
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void openPage() {
        show(new Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    private void show(Browser.NewContextOptions options) {
        context = browser.newContext(options.setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(30_000);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("404")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    @AfterEach
    void nothingWasComplainedOf() {
        context.close();
        assertThat(complaints).isEmpty();
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
    void followsTheColoursOfTheSystem() {
        page.navigate(PORTAL.url() + "/");
        var light = page.evaluate("getComputedStyle(document.body).backgroundColor");
        context.close();

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
    void fitsAPhone() {
        context.close();
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
            context.close();
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
    void weighsLittle() {
        page.navigate(PORTAL.url() + "/");
        page.waitForLoadState();
        var bytes = ((Number) page.evaluate("""
                performance.getEntriesByType('resource').reduce((sum, e) => sum + e.encodedBodySize,
                    performance.getEntriesByType('navigation')[0].encodedBodySize)""")).longValue();
        assertThat(bytes).isBetween(10_000L, 150_000L);
        keep("overview");
        page.navigate(PORTAL.url() + "/scorecards/" + Story.SCORECARD);
        keep("scorecard");
    }

    @Test
    void showsTheDescriptionOfTheApi() {
        page.navigate(PORTAL.url() + "/docs");
        assertThat(page.locator(".info .title")).containsText("Muster");
        assertThat(page.locator(".opblock-tag").first()).isVisible();
        complaints.removeIf(text -> text.contains("favicon"));
    }

    private void keep(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
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

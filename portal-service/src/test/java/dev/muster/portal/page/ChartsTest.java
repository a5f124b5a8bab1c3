package dev.muster.portal.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.muster.portal.Operations;
import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The charts in a real Chromium, of six weeks of a dozen components. Skipped as [BrowserTest] is.
class ChartsTest {

    private static final String OWNER = "group:default/payments-team";
    private static final String FIRST = "component:default/charted-3";
    private static final List<String> LEVELS = List.of("bronze", "silver", "gold");
    private static final List<List<String>> MISSING = List.of(
            List.of("max-known-vulnerabilities", "coverage", "on-call"),
            List.of("coverage", "on-call"),
            List.of("on-call"));

    // Topics of its own: what others tell would be in the numbers.
    private static TestBroker broker;
    private static Portal portal;
    private static Story story;
    private static Playwright playwright;
    private static Browser browser;
    private static Result first;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void open() {
        playwright = Chromium.playwright();
        browser = Chromium.launch(playwright);
        broker = TestBroker.start();
        portal = Portal.start(broker, TestPostgres.shared().newDatabase(), Map.of());
        story = new Story(portal, Instant.now());
        story.begin();
        for (int i = 0; i < 12; i++) {
            var entity = Story.component("charted-" + i, OWNER, 1 + i % 3);
            story.declare(entity);
            var last = change(entity.getRef(), i);
            first = entity.getRef().equals(FIRST) ? last : first;
        }
        new Operations(portal, FIRST, OWNER).tellOf("initiatives", "charted");
        portal.awaitTold();
        await().until(() -> portal.get("/initiatives/charted").statusCode() == 200);
    }

    /// Up the levels from none, each some days after the one before, and every third down again.
    private static Result change(String ref, int place) {
        Result before = null;
        for (int step = 0; step < 4; step++) {
            int height = step == 3 && place % 3 == 0 ? 0 : Math.min(step, place % 4);
            var at = Instant.now().minus(Duration.ofHours(24L * (40 - 10 * step - place % 7) + place));
            var level = height == 0 ? null : LEVELS.get(height - 1);
            var others = new HashMap<String, Outcome>();
            MISSING.stream().skip(height).findFirst().orElse(List.of()).forEach(rule -> others.put(rule, Outcome.FAIL));
            var after = Story.result(ref, step + 1, level, at, others);
            var kind = before == null
                    ? TransitionKind.BASELINE
                    : after.getScore() < before.getScore() ? TransitionKind.REGRESSED : TransitionKind.RECOVERED;
            story.happen(before, after, kind, OWNER);
            before = after;
        }
        return before;
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
        }
        if (portal != null) {
            portal.close();
            broker.close();
        }
    }

    @BeforeEach
    void openPage() {
        show(new Browser.NewContextOptions());
    }

    private void show(Browser.NewContextOptions options) {
        if (context != null) {
            context.close();
        }
        context = browser.newContext(options.setViewportSize(1280, 900).setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(30_000);
        page = context.newPage();
        Chromium.listen(page, complaints);
    }

    @AfterEach
    void nothingWasComplainedOf() {
        context.close();
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "trend, /?days=90, '220,174,44', '202,160,44'",
        "burn-up, /initiatives/charted, '11,94,79', '98,208,178'",
        "score, /entities/component:default/charted-3, '11,94,79', '98,208,178'"
    })
    void isDrawnFromItsTableInTheColoursOfThePage(String chart, String path, String light, String dark) {
        open(path);
        assertThat(colours(chart)).contains(light).doesNotContain(dark);
        assertThat(page.locator("#" + chart + "-plot canvas")).hasCount(1);
        assertThat(page.locator("#" + chart + "-table table")).isHidden();
        assertThat(rows(chart)).hasSizeGreaterThan(3);
        assertThat(Chromium.serious(page)).isEmpty();
        Chromium.keep(page, "chart-" + chart);

        page.locator("#" + chart + "-table summary").click();
        assertThat(page.locator("#" + chart + "-table table")).isVisible();

        show(new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK));
        open(path);
        assertThat(colours(chart)).contains(dark).doesNotContain(light);
        assertThat(Chromium.serious(page)).isEmpty();
        Chromium.keep(page, "chart-" + chart + "-dark");
    }

    @Test
    void followsTheSystemFromLightToDarkAndIsLightOnPaper() {
        open("/");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.waitForCondition(() -> colours("trend").contains("202,160,44"));

        // What stands there when the browser takes the page for the printer.
        page.evaluate(
                "addEventListener('beforeprint', () => queueMicrotask(() => queueMicrotask(() => window.onPaper = ("
                        + COLOURS + ")('trend'))))");
        page.pdf();
        assertThat(page.evaluate("window.onPaper").toString())
                .contains("220,174,44")
                .doesNotContain("202,160,44");
        page.waitForCondition(() -> colours("trend").contains("202,160,44"));
    }

    @Test
    void marksTheDueDayAndTellsTheNewestThatIsKnown() {
        open("/initiatives/charted");
        assertThat(colours("burn-up")).contains("184,50,42");
        assertThat(rows("burn-up").getFirst().getFirst()).endsWith(", due");
        assertThat(page.locator("#burn-up-plot .u-value"))
                .hasText(rows("burn-up").get(1).toArray(String[]::new));
    }

    @Test
    void tellsTheNewestRowAndWhatThePointerIsAt() {
        open("/");
        var plot = page.locator("#trend-plot");
        var rows = rows("trend");
        legendIs(rows.getFirst());

        var box = plot.locator(".u-over").boundingBox();
        page.mouse().move(box.x + 2, box.y + box.height / 2);
        legendIs(rows.getLast());
        page.mouse().move(0, 0);
        legendIs(rows.getFirst());
    }

    @Test
    void goesThroughTheRowsByKeyboardAndSaysThem() {
        open("/");
        var plot = page.locator("#trend-plot");
        assertThat(plot).hasRole(AriaRole.SLIDER);
        assertThat(plot).hasAccessibleName("Entities by level on each of the last 30 days");
        plot.focus();

        page.keyboard().press("ArrowLeft");
        assertThat(plot).hasAttribute("aria-valuenow", "28");
        legendIs(rows("trend").get(1));
        var said = rows("trend").get(1);
        assertThat(plot)
                .hasAttribute(
                        "aria-valuetext", "%s: Gold %s, Silver %s, Bronze %s, No level %s".formatted(said.toArray()));
        page.keyboard().press("Home");
        legendIs(rows("trend").getLast());
        page.keyboard().press("Escape");
        legendIs(rows("trend").getFirst());
    }

    @Test
    void isDrawnAgainWhenThePageWasReadAgainAndKeepsTheFocus() {
        open("/entities/" + FIRST);
        assertThat(page.locator("#live-text")).hasText("Live");
        page.evaluate("document.querySelector('#score-plot canvas').dataset.old = 'true'");
        page.locator("#score-plot").focus();
        int before = rows("score").size();

        var next = Story.result(FIRST, first.getVersion() + 1, "gold", Instant.now(), Map.of());
        story.happen(first, next, TransitionKind.RECOVERED, OWNER);
        first = next;

        assertThat(page.locator("#score-plot canvas[data-old]")).hasCount(0);
        assertThat(page.locator("#score-plot canvas")).hasCount(1);
        assertThat(rows("score")).hasSize(before + 1);
        assertThat(colours("score")).contains("11,94,79");
        assertThat(page.locator("#score-plot")).isFocused();
    }

    @Test
    void fitsItsPlaceWhateverItsWidth() {
        open("/");
        page.setViewportSize(360, 780);
        page.waitForFunction("document.querySelector('#trend-plot canvas').clientWidth < 340");
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        assertThat(colours("trend")).contains("220,174,44");
        Chromium.keep(page, "chart-trend-phone");
    }

    @Test
    void isItsTableWithoutScript() {
        show(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page.navigate(portal.url() + "/");
        assertThat(page.locator("#trend-table table")).isVisible();
        assertThat(page.locator("#trend-plot")).isHidden();
    }

    private void open(String path) {
        page.navigate(portal.url() + path);
        assertThat(page.locator(".chart canvas").first()).isVisible();
    }

    /// What stands below the chart of levels: the day, then numbers.
    private void legendIs(List<String> row) {
        assertThat(page.locator("#trend-plot .u-value")).hasText(row.toArray(String[]::new));
    }

    private List<List<String>> rows(String chart) {
        return page.locator("#" + chart + "-table tbody tr").all().stream()
                .map(row -> row.locator("th, td").allTextContents())
                .toList();
    }

    /// Opaque colours of a chart that are more than a few points.
    @SuppressWarnings("unchecked")
    private List<String> colours(String chart) {
        return (List<String>) page.evaluate(COLOURS, chart);
    }

    private static final String COLOURS = """
            chart => {
              const canvas = document.querySelector(`#${chart}-plot canvas`);
              const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              const seen = new Map();
              for (let i = 0; i < data.length; i += 4) {
                if (data[i + 3] === 255) {
                  const colour = data.slice(i, i + 3).join();
                  seen.set(colour, (seen.get(colour) ?? 0) + 1);
                }
              }
              return [...seen].filter(([, points]) => points > 50).map(([colour]) => colour);
            }""";
}

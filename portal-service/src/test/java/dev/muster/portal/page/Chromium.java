package dev.muster.portal.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.args.AxeRuleOptions;
import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The Chromium of this machine. Where none is installed the test is skipped, and says so, unless
/// `MUSTER_REQUIRE_BROWSER` is `true`: there it fails.
public final class Chromium {

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium"),
            Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"),
            Path.of("/snap/bin/chromium"));

    private Chromium() {}

    private static Optional<Path> program() {
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    public static Playwright playwright() {
        demand(program().isPresent(), System.getenv("MUSTER_REQUIRE_BROWSER"));
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /// Skips the test without a browser, or lets it fail where one is required.
    static void demand(boolean installed, String required) {
        var missing = "no Chromium is installed: apt install chromium";
        if (!installed && Boolean.parseBoolean(required)) {
            throw new AssertionError("MUSTER_REQUIRE_BROWSER is true and " + missing);
        }
        assumeTrue(installed, missing);
    }

    /// Notes what pages complain of, each with the address that it is about.
    public static void listen(Page page, List<String> complaints) {
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(complaints::add);
    }

    /// What Chromium complains of when an address answers with a status that is no success.
    public static Predicate<String> answered(int status, String address) {
        return complaint -> complaint.contains("status of " + status) && complaint.contains(" at " + address);
    }

    public static Browser launch(Playwright playwright) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program().orElseThrow())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
    }

    /// What axe takes seriously on a page, with the first place of each. The rule of WCAG 2.2 is off unless it is asked
    /// for.
    public static List<String> serious(Page page) {
        var on = new AxeRuleOptions();
        on.setEnabled(true);
        var options = new AxeRunOptions();
        options.setRules(Map.of("target-size", on));
        return new AxeBuilder(page)
                .options(options).analyze().getViolations().stream()
                        .filter(it -> List.of("serious", "critical").contains(it.getImpact()))
                        .map(it -> it.getId() + " " + it.getNodes().getFirst().getHtml())
                        .toList();
    }

    /// Keeps a screenshot in `target/screenshots`.
    public static void keep(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
    }
}

package dev.muster.portal.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// Gives each test a page of a real Chromium, 1280 points wide, and lets it fail when a page complained of
/// something that the test did not expect and take away.
public abstract class InChromium {

    private static Playwright playwright;
    private static Browser browser;

    protected final List<String> complaints = new ArrayList<>();
    protected BrowserContext context;
    protected Page page;

    @BeforeAll
    static void launch() {
        playwright = Chromium.playwright();
        browser = Chromium.launch(playwright);
    }

    @AfterAll
    static void quit() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void openPage() {
        open(new Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    /// Another page in place of the one that is open.
    protected void show(Browser.NewContextOptions options) {
        context.close();
        open(options);
    }

    private void open(Browser.NewContextOptions options) {
        context = browser.newContext(options.setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(30_000);
        page = context.newPage();
        Chromium.listen(page, complaints);
    }

    @AfterEach
    void nothingWasComplainedOf() {
        context.close();
        assertThat(complaints).isEmpty();
    }
}

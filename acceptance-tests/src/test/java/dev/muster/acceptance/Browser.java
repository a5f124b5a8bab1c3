package dev.muster.acceptance;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The browser of this machine, when it has one. Without one the story is told without it and says so, except where
/// `MUSTER_REQUIRE_BROWSER` is `true`.
final class Browser implements AutoCloseable {

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium"),
            Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"),
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));

    private final @Nullable Playwright playwright;
    private final @Nullable Page page;

    private Browser(@Nullable Playwright playwright, @Nullable Page page) {
        this.playwright = playwright;
        this.page = page;
    }

    static Browser open() {
        var program = PLACES.stream().filter(Files::isExecutable).findFirst();
        if (program.isEmpty()) {
            if (Boolean.parseBoolean(System.getenv("MUSTER_REQUIRE_BROWSER"))) {
                throw new AssertionError("no browser at any of " + PLACES);
            }
            System.out.println("SKIPPED what a browser would see: there is none at any of " + PLACES);
            return new Browser(null, null);
        }
        var playwright = Playwright.create();
        var browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program.get())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
        return new Browser(playwright, browser.newPage());
    }

    void ifPresent(Consumer<Page> use) {
        Optional.ofNullable(page).ifPresent(use);
    }

    @Override
    public void close() {
        if (playwright != null) {
            playwright.close();
        }
    }
}

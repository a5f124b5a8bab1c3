package dev.muster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A page under `docs/` that tests write from what it documents, each test its own section.
///
/// Run with `-Dmuster.docs=write`, the section is written anew; otherwise the test fails when it is stale. A section
/// stands between `<!-- NAME -->` and `<!-- end of NAME -->`; what stands elsewhere is written by hand.
///
/// @param page such as `metrics.md`
public record GeneratedPage(String page) {

    /// Checks or writes one section.
    ///
    /// @param name of the section
    /// @param text Markdown
    /// @throws AssertionError when the page does not say that
    public void section(String name, String text) {
        var begin = "<!-- " + name + " -->\n";
        var end = "<!-- end of " + name + " -->\n";
        var now = read();
        var from = now.indexOf(begin);
        var to = now.indexOf(end);
        if (from < 0 || to < from) {
            throw new AssertionError("%s has no section between '%s' and '%s'".formatted(path(), begin, end));
        }
        check(now.substring(0, from) + begin + "\n" + text.strip() + "\n\n" + now.substring(to));
    }

    /// Checks or writes the whole page.
    ///
    /// @throws AssertionError when the page does not say that
    public void whole(String text) {
        check(text);
    }

    private void check(String wanted) {
        if (System.getProperty("muster.docs", "").equals("write")) {
            write(wanted);
        }
        if (!read().equals(wanted)) {
            throw new AssertionError("%s is stale: run this test with -Dmuster.docs=write. It should be\n\n%s"
                    .formatted(path(), wanted));
        }
    }

    private Path path() {
        return Path.of("..", "docs").resolve(page);
    }

    private String read() {
        try {
            return Files.exists(path()) ? Files.readString(path()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) {
        try {
            Files.createDirectories(path().getParent());
            Files.writeString(path(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

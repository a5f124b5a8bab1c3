package dev.muster.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/// Started by `benchmarks/run`. The report goes to standard output, progress to standard error.
///
/// Ends with 0 when every bar is met, 1 when one is missed or a delivery is not accounted for, 2 when it was called
/// wrongly.
public final class Main {

    /// From the folder of this module, where the script starts us.
    private static final Path PAGES = Path.of("..", "docs");

    /// Of runs that measure an organisation only, and of all others: neither takes away what the other wrote.
    private static final String ORGANISATION_PAGE = "benchmarks-organisation.md";

    private static final String PAGE = "benchmarks.md";

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Settings settings;
        try {
            settings = Settings.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        var machine = Machine.here();
        if (machine.busy()) {
            progress("the machine is busy (load %.2f): the figures will be worse than they could be"
                    .formatted(machine.load()));
        }
        var begun = System.nanoTime();
        var log = Path.of("target", "jmh.log").toAbsolutePath();
        if (settings.engine()) {
            progress("measuring the engine alone; " + log + " tells how it goes");
        }
        var engine = settings.engine() ? EngineAlone.measure(log) : null;
        var measured = settings.wholeWay() ? new WholeWay(settings, Main::progress).measure() : null;
        var organisation = settings.sweep() || settings.pages() > 0 || settings.facts() > 0
                ? new Organisation(settings, Main::progress).measure()
                : null;
        var command = ("benchmarks/run " + String.join(" ", arguments)).strip();
        var page = Report.of(settings, machine, LocalDate.now(ZoneOffset.UTC), command, engine, measured, organisation);
        System.out.print(page.markdown());
        if (settings.write()) {
            var name = engine == null && measured == null ? ORGANISATION_PAGE : PAGE;
            Files.writeString(PAGES.resolve(name), page.markdown());
            progress("written to docs/" + name);
        }
        progress("done after %d s"
                .formatted(Duration.ofNanos(System.nanoTime() - begun).toSeconds()));
        System.exit(page.allMet() ? 0 : 1);
    }

    private static void progress(String what) {
        System.err.println("· " + what);
    }
}

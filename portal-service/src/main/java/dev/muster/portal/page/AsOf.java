package dev.muster.portal.page;

import dev.muster.portal.PortalSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads as of when a call of the API asks, as [When] does it for pages, and has the words that describe it.
@Component
public final class AsOf {

    /// What the parameter means.
    public static final String MEANS =
            "An instant or a day of the past, in UTC unless it names an offset; results are those of then,"
                    + " initiatives, scorecards and entities those of now. Without it, now";

    /// An example of it.
    public static final String DAY = "2026-11-01";

    /// Why it is refused (400).
    public static final String WRONG = "asOf is no date, has yet to come, or is older than history";

    /// Why there is no answer (503).
    public static final String LATE = "So much happened since asOf that it took too long";

    private final InstantSource clock;
    private final Duration kept;

    AsOf(InstantSource clock, PortalSettings settings) {
        this.clock = clock;
        this.kept = settings.keep().transitions();
    }

    /// The instant that is asked for.
    ///
    /// @return null for now
    /// @throws dev.muster.service.ProblemException 400 when it is not to be had
    public @Nullable Instant instant(@Nullable String asked) {
        return When.read(asked, clock.instant(), kept).instant();
    }
}

package dev.muster.notifier;

import dev.muster.notifier.pipeline.RoutesInUse;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Reads the file with the routes again when it changed. One with a mistake changes nothing: the last good
/// one holds.
@Component
class RoutesWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RoutesWatch.class);

    private final NotifierSettings settings;
    private final RoutesInUse routes;
    private final InstantSource clock;
    private @Nullable String seen;

    RoutesWatch(NotifierSettings settings, RoutesInUse routes, InstantSource clock) {
        this.settings = settings;
        this.routes = routes;
        this.clock = clock;
    }

    /// Takes the file over when it is another one than before. Whether it was looked into.
    synchronized boolean look() {
        var text = text();
        if (text == null || text.equals(seen)) {
            return false;
        }
        var first = seen == null;
        seen = text;
        try {
            routes.take(settings.readRoutes(), clock.instant());
            if (!first) {
                LOG.info("The routes changed: {}", settings.routesFile());
            }
        } catch (IllegalArgumentException wrong) {
            routes.refuse(String.valueOf(wrong.getMessage()));
            LOG.error("The routes stay as they were: {}", wrong.getMessage());
        }
        return true;
    }

    /// Null when there is no file to read, so that one that is being replaced is waited for.
    private @Nullable String text() {
        var file = settings.routesFile();
        try {
            return file == null ? null : Files.readString(file);
        } catch (IOException _) {
            return null;
        }
    }
}

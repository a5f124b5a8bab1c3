package dev.muster.ingest.source;

import dev.muster.ingest.meter.IngestMeters;
import dev.muster.ingest.settings.IngestSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// Looks at the mounted folder of definitions every few seconds.
@Component
final class SourceReload implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(SourceReload.class);

    private final SourceLibrary library;
    private final MeterRegistry meters;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sources").factory());
    private String trouble = "";

    SourceReload(SourceLibrary library, IngestSettings settings, MeterRegistry meters) {
        this.library = library;
        this.meters = meters;
        IngestMeters.SOURCES_REFUSED.gauge(meters, library, SourceReload::refused);
        if (settings.sourcesDir() != null) {
            var every = settings.sourcesReload().toMillis();
            var _ = clock.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
        }
    }

    private static long refused(SourceLibrary library) {
        return library.mounted().stream().filter(MountedSource::isRefused).count();
    }

    private void look() {
        try {
            library.reload().changed().forEach(this::tell);
            trouble = "";
        } catch (IOException | RuntimeException e) {
            if (!trouble.equals(e.toString())) { // once, not every few seconds
                trouble = e.toString();
                LOG.warn("the folder of source definitions cannot be read, what is in use stays: {}", trouble);
            }
        }
    }

    private void tell(MountedSource file) {
        if (file.isRefused()) {
            IngestMeters.SOURCE_RELOADS.counter(meters, "refused").increment();
            LOG.warn(
                    "{} has mistakes, what was in use stays:\n{}",
                    file.file(),
                    file.mistakes().stream().map(Object::toString).collect(Collectors.joining("\n")));
        } else if (file.text() == null) {
            IngestMeters.SOURCE_RELOADS.counter(meters, "gone").increment();
            LOG.warn("{} is gone; connections keep what it said, unless it replaced a source that ships", file.file());
        } else {
            IngestMeters.SOURCE_RELOADS.counter(meters, "applied").increment();
            LOG.info("{} is in use from now on", file.file());
        }
    }

    @Override
    public void destroy() {
        clock.shutdownNow();
    }
}

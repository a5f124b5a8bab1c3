package dev.muster.ingest.scim;

import dev.muster.engine.library.Framework;
import dev.muster.ingest.declared.Declarations;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.DirectoryEntry;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Tells each group again twice a day: who pushes changes does not tell what stays, and evidence grows old.
///
/// An identity provider that was silent for longer than `muster.scim.silent-after` is not believed to be connected; its
/// groups then grow old.
@Component
final class Retelling {

    private static final Logger LOG = LoggerFactory.getLogger(Retelling.class);
    private static final Duration AFTER = Duration.ofHours(12);

    /// Groups in one transaction.
    private static final int AT_ONCE = 50;

    private final Declarations<DirectoryEntry> directory;
    private final ScimSettings settings;
    private final Framework framework;
    private final Topics topics;
    private final InstantSource clock;

    Retelling(
            Declarations<DirectoryEntry> directory,
            ScimSettings settings,
            Framework framework,
            Topics topics,
            InstantSource clock) {
        this.directory = directory;
        this.settings = settings;
        this.framework = framework;
        this.topics = topics;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT10M")
    void tellAgain() {
        try {
            var told = 0;
            do {
                told = directory.change(current -> {
                    var now = clock.instant();
                    return new Directory(current, Team.SOURCE, now)
                            .retold(
                                    now.minus(AFTER),
                                    now.minus(settings.silentAfter()),
                                    AT_ONCE,
                                    topics.facts(),
                                    framework.facts());
                });
            } while (told == AT_ONCE);
        } catch (KafkaException e) {
            LOG.warn("Groups could not be told again, later they will: {}", e.getMessage());
        }
    }
}

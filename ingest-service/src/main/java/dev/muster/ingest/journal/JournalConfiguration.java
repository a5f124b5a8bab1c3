package dev.muster.ingest.journal;

import dev.muster.ingest.settings.IngestSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The journal, with a spool where there is a folder for it.
@Configuration(proxyBeanMethods = false)
class JournalConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final String FOLDER = "muster.ingest.spool.folder";

    /// What a restart has to read at once, and what a drained record may hold on the disk.
    private static final long SEGMENT_BYTES = 16L * 1024 * 1024;

    @Bean
    @ConditionalOnProperty(FOLDER)
    Spool spool(IngestSettings settings) {
        var spool = settings.spool();
        if (spool.folder() == null) {
            throw new IllegalStateException(FOLDER + " is empty");
        }
        return Spool.open(spool.folder(), spool.maxSize().toBytes(), SEGMENT_BYTES);
    }

    @Bean
    @ConditionalOnProperty(FOLDER)
    SpoolMetrics spoolMetrics(MeterRegistry meters, Spool spool, InstantSource clock) {
        return new SpoolMetrics(meters, spool, clock);
    }

    @Bean
    @ConditionalOnProperty(FOLDER)
    SmartLifecycle spoolDrain(Spool spool, KafkaJournal kafka, SpoolMetrics metrics) {
        return new WhileRunning(new SpoolDrain(spool, kafka, metrics));
    }

    @Bean
    Journal journal(
            KafkaJournal kafka,
            ObjectProvider<Spool> spool,
            ObjectProvider<SpoolMetrics> metrics,
            IngestSettings settings) {
        return new SpoolingJournal(kafka, spooling(spool.getIfAvailable(), metrics.getIfAvailable(), settings));
    }

    private static SpoolingJournal.@Nullable Spooling spooling(
            @Nullable Spool spool, @Nullable SpoolMetrics metrics, IngestSettings settings) {
        if (spool == null || metrics == null) {
            LOG.warn("no {} is set: while Kafka is away, deliveries of senders that never come back are lost", FOLDER);
            return null;
        }
        return new SpoolingJournal.Spooling(spool, metrics, settings.spool().patience());
    }

    @Bean
    HealthIndicator journalHealthIndicator(
            @Qualifier("kafkaHealthIndicator") HealthIndicator kafka,
            @Qualifier("schemaRegistryHealthIndicator") HealthIndicator registry,
            ObjectProvider<Spool> spool) {
        return new JournalHealth(kafka, registry, spool.getIfAvailable());
    }

    /// Drains from when the topics are known to be there until the port is closed.
    private static final class WhileRunning implements SmartLifecycle {

        private final SpoolDrain drain;
        private volatile boolean running;

        WhileRunning(SpoolDrain drain) {
            this.drain = drain;
        }

        @Override
        public void start() {
            drain.start();
            running = true;
        }

        @Override
        public void stop() {
            drain.close();
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return Integer.MIN_VALUE + 1;
        }
    }
}

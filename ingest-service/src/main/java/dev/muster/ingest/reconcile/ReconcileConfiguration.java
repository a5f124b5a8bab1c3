package dev.muster.ingest.reconcile;

import dev.muster.ingest.consumer.ConsumerConnection;
import dev.muster.ingest.declared.DeclaredTopic;
import dev.muster.ingest.github.Access;
import dev.muster.ingest.github.Github;
import dev.muster.ingest.github.GithubAddress;
import dev.muster.ingest.journal.Journal;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Reconciliation;
import dev.muster.service.ReliableProducer;
import dev.muster.service.StrictJson;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Reads `muster.reconcile.*`. An unknown property stops the start, and so does a wrong one.
@Configuration(proxyBeanMethods = false)
class ReconcileConfiguration {

    /// The connections that have credentials.
    record Reconciled(Map<String, ReconcileSettings> byConnection) {

        Reconciled {
            byConnection = Map.copyOf(byConnection);
        }
    }

    @Bean
    static Reconciled reconciled(Environment environment) {
        var all = Binder.get(environment)
                .bind(
                        "muster.reconcile",
                        Bindable.mapOf(String.class, ReconcileSettings.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                .orElse(Map.of());
        var on = new TreeMap<String, ReconcileSettings>();
        all.forEach((name, settings) -> {
            if (settings.isOn()) {
                settings.check("muster.reconcile." + name);
                on.put(name, settings);
            }
        });
        LoggerFactory.getLogger(Reconciling.class).info("connections that are reconciled: {}", on.keySet());
        return new Reconciled(on);
    }

    @Bean
    DeclaredTopic<Reconciliation> reconciliationTopic(
            Topics topics, KafkaProperties kafka, KafkaConnectionDetails details) {
        return new DeclaredTopic<>(topics.reconciliations(), ConsumerConnection.of(kafka, details));
    }

    @Bean
    Reconciliations reconciliations(DeclaredTopic<Reconciliation> topic, Reconciled reconciled) {
        return new Reconciliations(topic, List.copyOf(reconciled.byConnection().keySet()));
    }

    @Bean
    Reconciling reconciling(
            Reconciled reconciled,
            Reconciliations reconciliations,
            DeclaredTopic<Reconciliation> topic,
            Topics topics,
            KafkaProperties kafka,
            KafkaConnectionDetails details,
            Journal journal,
            ReliableProducer producer,
            StrictJson json,
            InstantSource clock,
            MeterRegistry meters) {
        var config = ConsumerConnection.of(kafka, details);
        var workers = new ArrayList<Worker>();
        var clients = new ArrayList<Github>();
        reconciled.byConnection().forEach((name, settings) -> {
            var metrics = new ReconcileMetrics(meters, name, kind -> reconciliations.reconciledAt(name, kind));
            var github = github(name, settings, clock, json, metrics);
            clients.add(github);
            workers.add(new Worker(name, () -> {
                var progress = new Progress(topics.reconciliations(), producer, name, clock, topic.current());
                var invalidations = new Invalidations(
                        topics.facts(),
                        config,
                        name,
                        subject -> asked(subject, settings, github),
                        settings.coalesce(),
                        clock);
                var parts = new Parts(name, settings, github, new Readings(journal, name), progress, metrics, clock);
                return new Worker.Bench(new Reconciler(parts, invalidations), invalidations);
            }));
        });
        return new Reconciling(
                topic, workers, clients, config, topics.reconciliations().name());
    }

    private static Optional<Subject> asked(String subject, ReconcileSettings settings, Github github) {
        return Subject.read(subject, github.address().host())
                .filter(it -> settings.organizations().stream().anyMatch(it.owner()::equalsIgnoreCase));
    }

    private static Github github(
            String name, ReconcileSettings settings, InstantSource clock, StrictJson json, ReconcileMetrics metrics) {
        var property = "muster.reconcile." + name;
        try {
            var access = settings.token() != null ? new Access.Token(settings.token()) : app(property, settings);
            return new Github(
                    new GithubAddress(settings.url(), settings.host()),
                    access,
                    settings.within(),
                    clock,
                    json,
                    metrics::asked);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    String.valueOf(wrong.getMessage()).startsWith("muster.")
                            ? wrong.getMessage()
                            : property + ".url: " + wrong.getMessage(),
                    wrong);
        }
    }

    private static Access app(String property, ReconcileSettings settings) {
        if (settings.appId() == null || settings.privateKeyFile() == null) {
            throw new IllegalArgumentException(property + ": an app has an app-id and a private-key-file");
        }
        return new Access.App(settings.appId(), key(property, Path.of(settings.privateKeyFile())));
    }

    private static PrivateKey key(String property, Path file) {
        try {
            var key = Files.isReadable(file) ? PemContent.load(file).getPrivateKey() : null;
            if (key != null && key.getAlgorithm().equals("RSA")) {
                return key;
            }
        } catch (IOException | RuntimeException _) {
            // said below, without what is in the file
        }
        throw new IllegalArgumentException(
                property + ".private-key-file: '" + file + "' is not the RSA private key of an app in PEM");
    }
}

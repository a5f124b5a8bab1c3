package dev.muster.service;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/// Whether a broker answers within two seconds.
final class KafkaHealth extends AbstractHealthIndicator {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Admin admin;

    KafkaHealth(Admin admin) {
        super("Kafka could not be asked");
        this.admin = admin;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws InterruptedException {
        var cluster = admin.describeCluster(new DescribeClusterOptions().timeoutMs((int) TIMEOUT.toMillis()));
        try {
            var nodes = cluster.nodes().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            builder.up().withDetail("nodes", nodes.size());
        } catch (ExecutionException | TimeoutException e) {
            builder.down().withDetail("reason", "No broker answers within " + TIMEOUT.toSeconds() + " s");
        }
    }
}

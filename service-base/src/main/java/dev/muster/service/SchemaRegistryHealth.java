package dev.muster.service;

import dev.muster.schemas.SchemaRegistry;
import dev.muster.schemas.SchemaRegistryException;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/// Whether the schema registry answers.
final class SchemaRegistryHealth extends AbstractHealthIndicator {

    private final SchemaRegistry registry;

    SchemaRegistryHealth(SchemaRegistry registry) {
        super("The schema registry could not be asked");
        this.registry = registry;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.withDetail("registry", registry.toString());
        try {
            registry.ping();
            builder.up();
        } catch (SchemaRegistryException e) {
            builder.down().withDetail("reason", String.valueOf(e.getMessage()));
        }
    }
}

package dev.muster.service;

import dev.muster.schemas.SchemaRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/// Health of what a service needs: parts of readiness, never of liveness.
@AutoConfiguration(after = KafkaConnectionAutoConfiguration.class)
class HealthAutoConfiguration {

    @Bean
    @ConditionalOnEnabledHealthIndicator("kafka")
    KafkaHealth kafkaHealthIndicator(Admin admin) {
        return new KafkaHealth(admin);
    }

    @Bean
    @ConditionalOnEnabledHealthIndicator("schemaRegistry")
    SchemaRegistryHealth schemaRegistryHealthIndicator(SchemaRegistry registry) {
        return new SchemaRegistryHealth(registry);
    }
}

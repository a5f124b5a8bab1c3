package dev.muster.portal.audit;

import dev.muster.portal.audit.DeclarationProjection.Declared;
import dev.muster.portal.projection.Projection;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Initiative;
import dev.muster.schemas.v1.Scorecard;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The declarations whose changes are in the audit log.
@Configuration(proxyBeanMethods = false)
class AuditProjections {

    @Bean
    Projection<Entity> auditOfEntities(Topics topics) {
        return new DeclarationProjection<>(
                topics.catalog(),
                "entity",
                it -> new Declared(it.getAppliedAt(), it.getAppliedBy(), it.getDeliveryId(), it.getDigest()));
    }

    @Bean
    Projection<Scorecard> auditOfScorecards(Topics topics) {
        return new DeclarationProjection<>(
                topics.scorecards(),
                "scorecard",
                it -> new Declared(it.getPublishedAt(), it.getPublishedBy(), it.getDeliveryId(), it.getDigest()));
    }

    @Bean
    Projection<Initiative> auditOfInitiatives(Topics topics) {
        return new DeclarationProjection<>(
                topics.initiatives(),
                "initiative",
                it -> new Declared(it.getAppliedAt(), it.getAppliedBy(), it.getDeliveryId(), it.getDigest()));
    }
}

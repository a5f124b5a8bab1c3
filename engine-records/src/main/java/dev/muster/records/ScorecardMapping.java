package dev.muster.records;

import dev.muster.engine.definition.AttestationTerms;
import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.rule.EntityView;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.Scorecard;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Definitions and entities, from their topics to the engine.
public final class ScorecardMapping {

    private static final TypeReference<Map<String, Object>> PARAMS = new TypeReference<>() {};
    private static final TypeReference<Map<Integer, Map<String, Object>>> TIERS = new TypeReference<>() {};

    /// Whole numbers as longs: CEL has no smaller ones.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private ScorecardMapping() {}

    public static ScorecardDefinition toEngine(Scorecard it) {
        return new ScorecardDefinition(
                it.getName(),
                it.getTitle(),
                it.getDescription(),
                it.getOwner(),
                it.getAppliesTo(),
                it.getLevels(),
                it.getNotifyRegressions(),
                it.getNotifyRecoveries(),
                it.getDraft(),
                it.getRules().stream().map(ScorecardMapping::toEngine).toList());
    }

    public static EntityView toEngine(Entity it) {
        return new EntityView(
                it.getRef(),
                it.getKind(),
                it.getNamespace(),
                it.getName(),
                it.getTitle(),
                it.getType(),
                it.getLifecycle(),
                it.getOwner(),
                it.getSystem(),
                it.getTier() == null ? EntityView.NO_TIER : it.getTier(),
                it.getTags(),
                it.getAnnotations(),
                it.getDependsOn());
    }

    private static RuleDefinition toEngine(Rule it) {
        return new RuleDefinition(
                it.getId(),
                it.getTitle(),
                it.getMotivation(),
                it.getAppliesTo(),
                it.getCheck(),
                it.getWarn(),
                it.getMessage(),
                it.getLevel(),
                it.getWeight(),
                duration(it.getFreshMillis()),
                it.getEffectiveFrom(),
                it.getRemediation(),
                it.getEffort(),
                it.getDimension(),
                values(it.getParams(), PARAMS),
                values(it.getTiers(), TIERS),
                terms(it.getAttestation()),
                it.getRequirement(),
                it.getUse());
    }

    private static @Nullable AttestationTerms terms(dev.muster.schemas.v1.@Nullable AttestationTerms it) {
        return it == null
                ? null
                : new AttestationTerms(Set.copyOf(it.getBy()), Duration.ofMillis(it.getPeriodMillis()));
    }

    private static @Nullable Duration duration(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }

    /// Parameters that do not read are none: the rule that needs them then does not compile and says so.
    private static <K, V> Map<K, V> values(String json, TypeReference<Map<K, V>> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JacksonException _) {
            return Map.of();
        }
    }
}

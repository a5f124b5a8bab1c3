package dev.muster.routing;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What routes and silences can ask about one transition or reminder.
///
/// @param entity null when it is about several
/// @param owner null when the entity has none
/// @param tier 1 is the most critical; [#NO_TIER] when undeclared
/// @param rules ids of the rules that changed
/// @param ruleLevels levels that need these rules
/// @param level the level afterwards, null when there is none
/// @param lost the level that was lost, null when none was
/// @param source what caused it, such as `github`
public record Change(
        ChangeKind kind,
        @Nullable String entity,
        @Nullable String owner,
        @Nullable String scorecard,
        int tier,
        Set<String> tags,
        Set<String> rules,
        Set<String> ruleLevels,
        @Nullable String level,
        @Nullable String lost,
        @Nullable String source) {

    /// The tier of those who do not say.
    public static final int NO_TIER = 9;

    public Change {
        tags = Set.copyOf(tags);
        rules = Set.copyOf(rules);
        ruleLevels = Set.copyOf(ruleLevels);
    }

    /// A change of which only kind and owner are known.
    public static Change of(ChangeKind kind, @Nullable String owner) {
        return new Change(kind, null, owner, null, NO_TIER, Set.of(), Set.of(), Set.of(), null, null, null);
    }

    /// The values of a field; none when it has none.
    Collection<String> values(Field field) {
        return switch (field) {
            case KIND -> List.of(kind.label());
            case ENTITY -> one(entity);
            case OWNER -> one(owner);
            case SCORECARD -> one(scorecard);
            case TIER -> List.of(Integer.toString(tier));
            case TAG -> tags;
            case RULE -> rules;
            case RULE_LEVEL -> ruleLevels;
            case LEVEL -> one(level);
            case LOST -> one(lost);
            case SOURCE -> one(source);
        };
    }

    private static List<String> one(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }
}

package dev.muster.routing;

import dev.muster.engine.definition.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What routes and silences match by.
public enum Field {
    /// One of `regressed`, `recovered`, `reminder`, `escalated`, `report`, `connection`.
    KIND,
    /// Reference, such as `component:default/payments`.
    ENTITY,
    /// Reference, such as `group:default/payments`.
    OWNER,
    /// Name.
    SCORECARD,
    /// Number; 9 when undeclared.
    TIER,
    /// Of the entity.
    TAG,
    /// Id of a rule that changed.
    RULE,
    /// Level that needs a rule that changed.
    RULE_LEVEL("ruleLevel"),
    /// Level afterwards.
    LEVEL,
    /// Level that was lost.
    LOST,
    /// What caused it.
    SOURCE;

    private final String label;

    Field() {
        this.label = name().toLowerCase(Locale.ROOT);
    }

    Field(String label) {
        this.label = label;
    }

    /// As routes and silences write it.
    public String label() {
        return label;
    }

    /// All labels.
    public static List<String> labels() {
        return Arrays.stream(values()).map(Field::label).toList();
    }

    /// What is wrong with a value to match by, in words; empty when nothing is.
    public static Optional<String> complaint(Field field, String value) {
        if (value.isBlank() || value.length() > 500) {
            return Optional.of("'" + field.label() + "' needs a value of 1 to 500 characters");
        }
        if (value.contains("*")) {
            return Optional.empty();
        }
        return switch (field) {
            case KIND -> {
                var kinds = Arrays.stream(ChangeKind.values())
                        .map(ChangeKind::label)
                        .toList();
                yield kinds.contains(value)
                        ? Optional.empty()
                        : Optional.of("'kind' is one of " + String.join(", ", kinds) + ", not '" + value + "'"
                                + Nearest.hint(value, kinds));
            }
            case TIER ->
                value.matches("[0-9]") ? Optional.empty() : Optional.of("'tier' is a number, not '" + value + "'");
            case OWNER, ENTITY ->
                value.contains(":") && value.contains("/")
                        ? Optional.empty()
                        : Optional.of("'%s' is a full reference such as %s, or has a *; is '%s'"
                                .formatted(
                                        field.label(),
                                        field == OWNER ? "group:default/payments" : "component:default/payments",
                                        value));
            case SCORECARD, TAG, RULE, RULE_LEVEL, LEVEL, LOST, SOURCE -> Optional.empty();
        };
    }

    /// That a label is none, in words, with what was probably meant.
    public static String unknown(String label) {
        return "unknown field" + Nearest.hint(label, labels()) + "; fields are " + String.join(", ", labels());
    }

    /// The field with a label.
    public static Optional<Field> of(String label) {
        return Arrays.stream(values()).filter(it -> it.label().equals(label)).findFirst();
    }
}

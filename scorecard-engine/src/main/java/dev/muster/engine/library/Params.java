package dev.muster.engine.library;

import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Nearest;
import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.definition.YamlFields;
import dev.muster.engine.definition.YamlNode;
import dev.muster.engine.definition.YamlNode.Mapping;
import dev.muster.engine.definition.YamlNode.Scalar;
import dev.muster.engine.definition.YamlNode.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the params of a rule. Their types are those of their defaults.
final class Params {

    private static final int MOST = 50;
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,59}");
    private static final Pattern TIER = Pattern.compile("[0-9]");

    private Params() {}

    /// Params that a rule declares with their defaults.
    static Map<String, Object> declared(YamlFields fields, Mistakes mistakes) {
        var params = new LinkedHashMap<String, Object>();
        mapping(fields, "params", mistakes).entries().forEach((name, entry) -> {
            if (!NAME.matcher(name).matches()) {
                mistakes.add(
                        entry.key().key(name), "the name of a param begins with a-z and has only letters and digits");
            } else if (params.size() == MOST) {
                mistakes.add(entry.key().key(name), "more than " + MOST + " params");
            } else {
                var value = value(entry.value(), mistakes);
                if (value != null) {
                    params.put(name, value);
                }
            }
        });
        return params;
    }

    /// The params of a shipped rule, changed by `with`.
    static Map<String, Object> with(YamlFields fields, RuleDefinition base, Mistakes mistakes) {
        var params = new LinkedHashMap<>(base.params());
        params.putAll(changed(mapping(fields, "with", mistakes), base.params(), "'" + base.use() + "'", mistakes));
        return params;
    }

    /// What `tiers` says, on top of what a shipped rule says of tiers. There, a param that `with` changes is the same
    /// for every tier: who writes it means it.
    static Map<Integer, Map<String, Object>> tiers(
            YamlFields fields, Map<String, Object> params, @Nullable RuleDefinition base, Mistakes mistakes) {
        var tiers = new TreeMap<Integer, Map<String, Object>>();
        if (base != null) {
            base.tiers().forEach((tier, values) -> {
                var kept = new LinkedHashMap<>(values);
                kept.keySet()
                        .removeIf(name ->
                                !Objects.equals(params.get(name), base.params().get(name)));
                tiers.put(tier, kept);
            });
        }
        mapping(fields, "tiers", mistakes).entries().forEach((tier, entry) -> {
            if (!TIER.matcher(tier).matches()) {
                mistakes.add(entry.key().key(tier), "a tier is a number from 0 to 9, not '" + tier + "'");
            } else if (entry.value() instanceof Mapping mapping) {
                tiers.computeIfAbsent(Integer.valueOf(tier), _ -> new LinkedHashMap<>())
                        .putAll(changed(mapping, params, "the rule", mistakes));
            } else {
                mistakes.add(
                        entry.value(),
                        "expected a mapping of params, found " + entry.value().kind());
            }
        });
        tiers.values().removeIf(Map::isEmpty);
        return tiers;
    }

    /// Values for params that exist, of the types that they have.
    private static Map<String, Object> changed(
            Mapping mapping, Map<String, Object> existing, String rule, Mistakes mistakes) {
        var changed = new LinkedHashMap<String, Object>();
        mapping.entries().forEach((name, entry) -> {
            var otherwise = existing.get(name);
            if (otherwise == null) {
                mistakes.add(
                        entry.key().key(name),
                        rule + " has no param '" + name + "'" + Nearest.hint(name, existing.keySet()));
                return;
            }
            var value = value(entry.value(), mistakes);
            if (value instanceof Long number && otherwise instanceof Double) {
                value = number.doubleValue();
            }
            if (value != null && !word(value).equals(word(otherwise))) {
                mistakes.add(entry.value(), "expected " + word(otherwise) + ", found " + word(value));
            } else if (value != null) {
                changed.put(name, value);
            }
        });
        return changed;
    }

    private static Mapping mapping(YamlFields fields, String key, Mistakes mistakes) {
        var node = fields.node(key);
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        if (node != null) {
            mistakes.add(node, "expected a mapping, found " + node.kind());
        }
        return new Mapping(fields.place(), new LinkedHashMap<>());
    }

    private static @Nullable Object value(YamlNode node, Mistakes mistakes) {
        var value = switch (node) {
            case Scalar scalar -> scalar.plain();
            case Sequence sequence
            when sequence.items().stream().allMatch(Scalar.class::isInstance) ->
                sequence.items().stream().map(item -> ((Scalar) item).text()).toList();
            case Sequence _, Mapping _ -> null;
        };
        if (value == null || (value instanceof Double number && !Double.isFinite(number))) {
            mistakes.add(node, "a param is a bool, a number, text or a list of texts, not " + node.kind());
            return null;
        }
        return value;
    }

    private static String word(Object value) {
        return switch (value) {
            case Boolean _ -> "true or false";
            case Long _ -> "a whole number";
            case Double _ -> "a number";
            case List<?> _ -> "a list of texts";
            default -> "text";
        };
    }
}

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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the params of a rule. Their types are those of their defaults.
final class Params {

    private static final int MOST = 50;
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,59}");

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
        mapping(fields, "with", mistakes).entries().forEach((name, entry) -> {
            var otherwise = base.params().get(name);
            if (otherwise == null) {
                mistakes.add(
                        entry.key().key(name),
                        "'" + base.use() + "' has no param '" + name + "'"
                                + Nearest.hint(name, base.params().keySet()));
                return;
            }
            var value = value(entry.value(), mistakes);
            if (value instanceof Long number && otherwise instanceof Double) {
                value = number.doubleValue();
            }
            if (value != null && !word(value).equals(word(otherwise))) {
                mistakes.add(entry.value(), "expected " + word(otherwise) + ", found " + word(value));
            } else if (value != null) {
                params.put(name, value);
            }
        });
        return params;
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

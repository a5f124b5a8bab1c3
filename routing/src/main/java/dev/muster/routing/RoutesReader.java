package dev.muster.routing;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.DurationText;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Nearest;
import dev.muster.engine.definition.YamlFields;
import dev.muster.engine.definition.YamlNode;
import dev.muster.engine.definition.YamlNode.Scalar;
import dev.muster.engine.definition.YamlReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `routes.yaml` (`apiVersion: muster.dev/v1`, `kind: Routes`).
public final class RoutesReader {

    /// Nodes below each other.
    static final int MAX_DEPTH = 8;

    /// Nodes of a tree.
    static final int MAX_NODES = 500;

    private static final Set<String> SPEC = Set.of("zone", "mutes", "route");
    private static final Set<String> ROOT_KEYS =
            Set.of("receivers", "also", "groupWait", "digest", "mute", "escalateAfter", "routes");
    private static final Set<String> NODE_KEYS = Set.of(
            "name",
            "match",
            "when",
            "receivers",
            "also",
            "groupWait",
            "digest",
            "mute",
            "escalateAfter",
            "continue",
            "routes");
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final Duration SHORTEST_ESCALATION = Duration.ofHours(1);
    private static final Duration LONGEST_ESCALATION = Duration.ofDays(365);

    private final Mistakes mistakes = new Mistakes();
    private final @Nullable Set<String> receivers;
    private final Set<String> paths = new HashSet<>();
    private Times times = new Times(mistakes);
    private int nodes;

    private RoutesReader(@Nullable Set<String> receivers) {
        this.receivers = receivers;
    }

    /// Reads a file.
    ///
    /// @param file name for messages
    /// @param receivers names of the destinations that are configured; null when they are not known here
    /// @throws RoutesException with every mistake
    public static Routes read(String file, String yaml, @Nullable Set<String> receivers) throws RoutesException {
        var reader = new RoutesReader(receivers);
        try {
            var root = reader.document(YamlReader.readOne(file, yaml));
            reader.mistakes.throwIfAny();
            return new Routes(root);
        } catch (DefinitionException wrong) {
            throw new RoutesException(wrong);
        }
    }

    private Node document(YamlNode document) {
        var top = YamlFields.of(document, mistakes, Set.of("apiVersion", "kind", "spec"));
        expect(top, "apiVersion", "muster.dev/v1");
        expect(top, "kind", "Routes");
        top.required("spec");
        var spec = top.fields("spec", SPEC);
        times = Times.of(spec, mistakes);
        if (top.has("spec")) {
            spec.required("route");
        }
        var fields = spec.fields("route", ROOT_KEYS);
        return node(fields, Routes.ROOT, Matchers.ANY, null, false, Routes.NONE.at(Routes.ROOT), 1);
    }

    private void expect(YamlFields top, String key, String value) {
        if (!top.requiredText(key).equals(value) && top.has(key)) {
            mistakes.add(top.place(key), "'" + key + "' must be " + value);
        }
    }

    private Node node(
            YamlFields fields,
            String path,
            Matchers match,
            @Nullable Condition when,
            boolean goesOn,
            Sending above,
            int depth) {
        if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
            mistakes.add(
                    fields.place(),
                    "more than " + MAX_NODES + " nodes, or more than " + MAX_DEPTH + " below each other");
            return new Node(path, match, when, goesOn, above, List.of());
        }
        if (!paths.add(path)) {
            mistakes.add(fields.place(), "the name '" + path + "' is there twice; give each node a name of its own");
        }
        var sending = new Sending(
                names(fields, "receivers", above.receivers()),
                names(fields, "also", above.also()),
                duration(fields, "groupWait", SHORTEST_WAIT, LONGEST_WAIT, above.groupWait()),
                fields.has("digest") ? times.digest(fields) : above.digest(),
                fields.has("mute") ? times.mutes(fields) : above.mute(),
                duration(fields, "escalateAfter", SHORTEST_ESCALATION, LONGEST_ESCALATION, above.escalateAfter()));
        var children = new ArrayList<Node>();
        for (var item : fields.list("routes")) {
            children.add(child(item, path, sending, depth, children.size()));
        }
        return new Node(path, match, when, goesOn, sending, children);
    }

    private Node child(YamlNode item, String path, Sending above, int depth, int index) {
        var fields = YamlFields.of(item, mistakes, NODE_KEYS);
        var name = fields.text("name").orElse("routes[" + index + "]");
        if (fields.has("name") && !name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            mistakes.add(fields.place("name"), "a name has lower-case letters, digits and hyphens, at most 63");
        }
        if (!fields.has("match") && !fields.has("when")) {
            mistakes.add(item, "a node needs 'match' or 'when'; what fits everything belongs above");
        }
        return node(
                fields,
                path.equals(Routes.ROOT) ? name : path + "/" + name,
                match(fields),
                fields.scalar("when").map(it -> Condition.compile(it, mistakes)).orElse(null),
                fields.bool("continue", false),
                above,
                depth + 1);
    }

    private Matchers match(YamlFields fields) {
        if (!fields.has("match")) {
            return Matchers.ANY;
        }
        var match = fields.fields("match", Field.labels());
        var wanted = new EnumMap<Field, List<String>>(Field.class);
        for (var field : Field.values()) {
            if (match.has(field.label())) {
                var values = match.node(field.label()) instanceof Scalar one
                        ? List.of(one.text().strip())
                        : match.texts(field.label());
                if (values.isEmpty()) {
                    mistakes.add(match.place(field.label()), "'" + field.label() + "' needs a value");
                }
                values.forEach(it -> check(match, field, it));
                wanted.put(field, values);
            }
        }
        return new Matchers(wanted);
    }

    private void check(YamlFields match, Field field, String value) {
        Field.complaint(field, value).ifPresent(it -> mistakes.add(match.place(field.label()), it));
    }

    private List<String> names(YamlFields fields, String key, List<String> above) {
        if (!fields.has(key)) {
            return above;
        }
        for (var item : fields.list(key)) {
            if (receivers != null && item instanceof Scalar name && !receivers.contains(name.text())) {
                mistakes.add(
                        item,
                        "no destination '%s' is configured in muster.notifier.destinations%s"
                                .formatted(name.text(), Nearest.hint(name.text(), receivers)));
            }
        }
        return fields.texts(key);
    }

    private @Nullable Duration duration(
            YamlFields fields, String key, Duration least, Duration most, @Nullable Duration above) {
        var text = fields.text(key).orElse(null);
        if (text == null || (key.equals("escalateAfter") && text.equals("never"))) {
            return text == null ? above : null;
        }
        var duration = DurationText.parse(text).orElse(null);
        if (duration == null || duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            mistakes.add(
                    fields.place(key),
                    "'%s' must be a duration from %s to %s, such as 30s or 7d; is '%s'"
                            .formatted(key, DurationText.format(least), DurationText.format(most), text));
        }
        return duration;
    }
}

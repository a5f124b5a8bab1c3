package dev.muster.ingest.fact;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.FactType;
import dev.muster.engine.fact.SourceTime;
import dev.muster.ingest.subject.Subjects;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.service.ProblemError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the facts of one request, and notes every mistake in any of them. Pure.
///
/// One fact is `{"subject", "fact", "value"}` for a scalar; for a collection `{"subject", "fact", "item"}`
/// where `item` is an object with its `id` (and `scope`, and its fields beside them or under `value`), or
/// the id itself with the `value` beside it; `"removed": true` removes it; `"items": {id: value}` with an
/// optional `"scope"` replaces all items of that scope. `observedAt` (RFC 3339), `url` and `backfill` are
/// optional.
public final class FactRequestReader {

    static final int MAX_FACTS = 1_000;
    static final int MAX_SCOPE = 300;
    private static final int MAX_SHOWN = 100;
    private static final Set<String> KEYS =
            Set.of("subject", "fact", "value", "item", "items", "scope", "removed", "observedAt", "url", "backfill");

    private final FactCatalogue facts;
    private final Instant receivedAt;
    private final List<ProblemError> errors = new ArrayList<>();
    private final List<ToldFact> told = new ArrayList<>();

    /// A reader of one request.
    ///
    /// @param facts every fact that can be told, with its type
    /// @param receivedAt time that counts for a fact that says none
    public FactRequestReader(FactCatalogue facts, Instant receivedAt) {
        this.facts = facts;
        this.receivedAt = receivedAt;
    }

    /// Reads the facts of a body.
    ///
    /// @param body an object or a list of them
    public void read(JsonNode body) {
        if (!body.isArray()) {
            readOne(body, "");
        } else if (body.size() > MAX_FACTS) {
            mistake("", "at most " + MAX_FACTS + " facts at once, these are " + body.size());
        } else if (body.isEmpty()) {
            mistake("", "holds no fact");
        } else {
            for (var i = 0; i < body.size(); i++) {
                readOne(body.get(i), "[" + i + "]");
            }
        }
    }

    /// Every mistake that was found.
    public List<ProblemError> errors() {
        return errors;
    }

    /// The facts in which none was found.
    public List<ToldFact> told() {
        return told;
    }

    private void readOne(JsonNode node, String path) {
        if (!(node instanceof ObjectNode fact)) {
            mistake(path, "a fact is an object");
            return;
        }
        var before = errors.size();
        fact.propertyNames().stream()
                .filter(key -> !KEYS.contains(key))
                .forEach(key -> mistake(below(path, key), "unknown member '" + key + "'"));
        var subject = text(fact, "subject", path);
        Subjects.mistakeIn(subject)
                .filter(_ -> !subject.isEmpty())
                .ifPresent(it -> mistake(below(path, "subject"), it));
        var declaration = declaration(fact, path);
        var time = time(fact, path);
        var url = url(fact, path);
        var backfill = flag(fact, "backfill", path);
        if (declaration.isPresent()) {
            var change = change(fact, declaration.get(), time, path);
            if (errors.size() == before && change.isPresent()) {
                told.add(new ToldFact(subject, change.get(), url, backfill));
            }
        }
    }

    private Optional<FactDeclaration> declaration(ObjectNode fact, String path) {
        var name = text(fact, "fact", path);
        var declaration = facts.find(name);
        if (declaration.isEmpty() && !name.isEmpty()) {
            var hint = facts.nearest(name)
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse("");
            var shown = name.length() > MAX_SHOWN ? name.substring(0, MAX_SHOWN) + "…" : name;
            mistake(below(path, "fact"), "no fact is called '" + shown + "'" + hint);
        }
        var refusal = declaration.flatMap(OwnFacts::refusal);
        refusal.ifPresent(it -> mistake(below(path, "fact"), it));
        return declaration.filter(_ -> refusal.isEmpty());
    }

    private SourceTime time(ObjectNode fact, String path) {
        var observedAt = fact.get("observedAt");
        if (observedAt == null || observedAt.isNull()) {
            return SourceTime.of(null, receivedAt);
        }
        try {
            var told = OffsetDateTime.parse(observedAt.isString() ? observedAt.stringValue() : "")
                    .toInstant();
            if (told.isBefore(Instant.EPOCH)) {
                mistake(
                        below(path, "observedAt"),
                        "is before 1970; say when it was observed, or leave it out: then the time of receipt counts");
            }
            return SourceTime.of(told, receivedAt);
        } catch (DateTimeException _) {
            mistake(below(path, "observedAt"), "is no RFC 3339 time such as 2026-06-01T12:00:00Z");
            return SourceTime.of(null, receivedAt);
        }
    }

    private Optional<FactChange> change(ObjectNode fact, FactDeclaration declaration, SourceTime time, String path) {
        if (!declaration.isCollection()) {
            if (fact.has("item") || fact.has("items") || fact.has("removed")) {
                mistake(path, "'" + declaration.name() + "' is no collection: it takes 'value'");
            }
            var value = fact.get("value");
            if (value == null) {
                mistake(below(path, "value"), "'value' is missing");
                return Optional.empty();
            }
            return json(declaration, null, value, below(path, "value"))
                    .map(json -> builder(declaration, FactChangeKind.SET, "", time)
                            .setValue(json)
                            .build());
        }
        if (fact.has("items")) {
            for (var other : List.of("item", "removed", "value")) {
                if (fact.has(other)) {
                    mistake(below(path, other), "'items' replaces all items of its scope: it takes no '" + other + "'");
                }
            }
            return snapshot(fact, declaration, time, path);
        }
        if (!fact.has("item")) {
            mistake(path, "'" + declaration.name() + "' is a collection: it takes 'item' or 'items'");
            return Optional.empty();
        }
        return item(fact, declaration, time, path);
    }

    private Optional<FactChange> item(ObjectNode fact, FactDeclaration declaration, SourceTime time, String path) {
        var item = fact.get("item");
        var idNode = item.isObject() ? item.get("id") : item;
        if (idNode == null
                || !(idNode.isString() || idNode.isIntegralNumber())
                || idNode.asString().isBlank()) {
            mistake(below(path, "item"), "needs the id of the item, as text");
            return Optional.empty();
        }
        var id = idNode.asString();
        var scope = item.isObject() && item.has("scope") && !hasField(declaration, "scope")
                ? scope(item, below(path, "item"))
                : scope(fact, path);
        if (flag(fact, "removed", path)) {
            facts.mistakeIn(declaration.name(), id, "{}").ifPresent(it -> mistake(below(path, "item"), it));
            return Optional.of(builder(declaration, FactChangeKind.REMOVE, scope, time)
                    .setItem(id)
                    .build());
        }
        var value = value(fact, item, declaration);
        if (value == null) {
            mistake(below(path, "value"), "'value' is missing: the fields of the item");
            return Optional.empty();
        }
        return json(declaration, id, value, below(path, "item"))
                .map(json -> builder(declaration, FactChangeKind.UPSERT, scope, time)
                        .setItem(id)
                        .setValue(json)
                        .build());
    }

    private static @Nullable JsonNode value(ObjectNode fact, JsonNode item, FactDeclaration declaration) {
        if (!(item instanceof ObjectNode object)) {
            return fact.get("value");
        }
        if (object.has("value")) {
            return object.get("value");
        }
        if (fact.has("value")) {
            return fact.get("value");
        }
        var fields = object.deepCopy();
        for (var name : List.of("id", "scope")) {
            if (!hasField(declaration, name)) {
                fields.remove(name);
            }
        }
        return fields;
    }

    private static boolean hasField(FactDeclaration declaration, String name) {
        return declaration.type() instanceof FactType.CollectionOf collection
                && collection.item().fields().containsKey(name);
    }

    private Optional<FactChange> snapshot(ObjectNode fact, FactDeclaration declaration, SourceTime time, String path) {
        if (!(fact.get("items") instanceof ObjectNode items)) {
            mistake(below(path, "items"), "is an object of item ids to values");
            return Optional.empty();
        }
        if (items.size() > declaration.bound()) {
            mistake(
                    below(path, "items"),
                    "has " + items.size() + " items, more than the " + declaration.bound() + " that are kept");
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (var entry : items.properties()) {
            json(declaration, entry.getKey(), entry.getValue(), below(below(path, "items"), entry.getKey()))
                    .ifPresent(json -> values.put(entry.getKey(), json));
        }
        return Optional.of(builder(declaration, FactChangeKind.SNAPSHOT, scope(fact, path), time)
                .setItems(values)
                .build());
    }

    private String scope(JsonNode holder, String path) {
        var scope = holder.get("scope");
        if (scope == null || scope.isNull()) {
            return "";
        }
        if (!scope.isString() || scope.stringValue().length() > MAX_SCOPE) {
            mistake(below(path, "scope"), "is no text of at most " + MAX_SCOPE + " characters");
        }
        return scope.asString("");
    }

    private boolean flag(ObjectNode fact, String key, String path) {
        var flag = fact.get(key);
        if (flag != null && !flag.isBoolean()) {
            mistake(below(path, key), "is neither true nor false");
        }
        return flag != null && flag.asBoolean(false);
    }

    private Optional<String> json(FactDeclaration declaration, @Nullable String item, JsonNode value, String path) {
        var json = value.toString();
        var mistake = facts.mistakeIn(declaration.name(), item, json);
        if (mistake.isPresent()) {
            mistake(path, mistake.get());
            return Optional.empty();
        }
        return Optional.of(facts.canonical(json));
    }

    private static FactChange.Builder builder(
            FactDeclaration declaration, FactChangeKind kind, String scope, SourceTime time) {
        return FactChange.newBuilder()
                .setFact(declaration.name())
                .setKind(kind)
                .setScope(scope)
                .setSourceTime(time.at())
                .setClamped(time.clamped());
    }

    private @Nullable String url(ObjectNode fact, String path) {
        var url = fact.get("url");
        if (url == null || url.isNull()) {
            return null;
        }
        if (!url.isString() || !url.stringValue().matches("https?://\\S{1,990}")) {
            mistake(below(path, "url"), "is no address that starts with https:// or http://");
        }
        return url.asString("");
    }

    private String text(ObjectNode fact, String key, String path) {
        var node = fact.get(key);
        if (node == null || !node.isString() || node.stringValue().isBlank()) {
            mistake(below(path, key), "'" + key + "' is missing, or no text");
            return "";
        }
        return node.stringValue();
    }

    private void mistake(String path, String message) {
        if (errors.size() < 100) {
            errors.add(ProblemError.at(path, message));
        }
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}

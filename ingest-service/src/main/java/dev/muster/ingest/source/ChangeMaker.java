package dev.muster.ingest.source;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.SourceTime;
import dev.muster.ingest.json.CanonicalJson;
import dev.muster.ingest.payload.Fields;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the changes that one fact mapping gives for one item, typed by the fact catalogue.
final class ChangeMaker {

    private static final int MAX_ITEM_ID = 300;
    private static final int MAX_SCOPE = 300;
    private static final int MAX_VALUE = 64 * 1024;

    private final FactCatalogue facts;
    private final FactMapping mapping;
    private final Instant receivedAt;

    ChangeMaker(FactCatalogue facts, FactMapping mapping, Instant receivedAt) {
        this.facts = facts;
        this.mapping = mapping;
        this.receivedAt = receivedAt;
    }

    List<FactChange> changes(Map<String, Object> variables) throws MappingRefused {
        var time = time(variables);
        var rank = rank(variables);
        var scope = scope(variables);
        var changes = new ArrayList<FactChange>();
        for (var fact : mapping.facts()) {
            changes.add(
                    switch (mapping.change()) {
                        case SET ->
                            change(
                                    fact,
                                    FactChangeKind.SET,
                                    null,
                                    scope,
                                    value(fact, null, variables),
                                    Map.of(),
                                    time,
                                    rank);
                        case UPSERT -> {
                            var id = item(variables);
                            yield change(
                                    fact,
                                    FactChangeKind.UPSERT,
                                    id,
                                    scope,
                                    value(fact, id, variables),
                                    Map.of(),
                                    time,
                                    rank);
                        }
                        case REMOVE ->
                            change(fact, FactChangeKind.REMOVE, item(variables), scope, null, Map.of(), time, rank);
                        case SNAPSHOT ->
                            change(
                                    fact,
                                    FactChangeKind.SNAPSHOT,
                                    null,
                                    scope,
                                    null,
                                    members(fact, variables),
                                    time,
                                    rank);
                        case INVALIDATE ->
                            change(fact, FactChangeKind.INVALIDATE, null, scope, null, Map.of(), time, rank);
                    });
        }
        return changes;
    }

    private static FactChange change(
            String fact,
            FactChangeKind kind,
            @Nullable String item,
            String scope,
            @Nullable String value,
            Map<String, String> items,
            SourceTime time,
            int rank) {
        return FactChange.newBuilder()
                .setFact(fact)
                .setKind(kind)
                .setItem(item)
                .setScope(scope)
                .setValue(value)
                .setItems(items)
                .setSourceTime(time.at())
                .setRank(rank)
                .setClamped(time.clamped())
                .build();
    }

    private SourceTime time(Map<String, Object> variables) throws MappingRefused {
        var expression = mapping.version().time();
        if (expression == null) {
            return SourceTime.of(null, receivedAt);
        }
        var told = expression.value(variables);
        try {
            return SourceTime.of(TimeText.read(told).orElse(null), receivedAt);
        } catch (DateTimeException | NumberFormatException _) {
            throw expression.refused(
                    "'" + told + "' is no time, such as 2026-06-01T12:00:00Z or a count of seconds since 1970");
        }
    }

    private String scope(Map<String, Object> variables) throws MappingRefused {
        var scope =
                mapping.scope() == null ? "" : mapping.scope().text(variables).orElse("");
        if (scope.length() > MAX_SCOPE) {
            throw new MappingRefused(
                    DeadLetterReason.MAPPING_FAILED, "a scope has at most " + MAX_SCOPE + " characters");
        }
        return scope;
    }

    private int rank(Map<String, Object> variables) throws MappingRefused {
        var rank = mapping.version().rank();
        return rank == null ? 0 : Math.clamp(rank.number(variables), 0, Integer.MAX_VALUE);
    }

    private String item(Map<String, Object> variables) throws MappingRefused {
        var id = mapping.item() == null
                ? Optional.<String>empty()
                : mapping.item().text(variables);
        if (id.isEmpty() || id.get().length() > MAX_ITEM_ID) {
            throw new MappingRefused(
                    DeadLetterReason.MAPPING_FAILED, "the id of an item has 1 to " + MAX_ITEM_ID + " characters");
        }
        return id.get();
    }

    private Map<String, String> members(String fact, Map<String, Object> variables) throws MappingRefused {
        if (mapping.members() == null) {
            return Map.of();
        }
        var members = mapping.members().list(variables);
        if (members.size() > Mapper.MAX_ITEMS) {
            throw new MappingRefused(
                    DeadLetterReason.TOO_LARGE, members.size() + " members, more than " + Mapper.MAX_ITEMS);
        }
        var items = new LinkedHashMap<String, String>();
        for (var member : members) {
            var own = new HashMap<>(variables);
            own.put("member", member instanceof Map<?, ?> map ? Fields.of(map) : member);
            var id = item(own);
            items.put(id, value(fact, id, own));
        }
        var bound = facts.find(fact).map(FactDeclaration::bound).orElse(FactDeclaration.DEFAULT_BOUND);
        if (items.size() > bound) {
            throw new MappingRefused(
                    DeadLetterReason.TOO_LARGE,
                    items.size() + " items, more than the " + bound + " that '" + fact + "' holds for one subject");
        }
        return items;
    }

    private String value(String fact, @Nullable String item, Map<String, Object> variables) throws MappingRefused {
        var made = switch (mapping.value()) {
            case null -> null;
            case ValueMapping.Whole(var expression) -> expression.value(variables);
            case ValueMapping.Fields(var expressions) -> {
                var fields = new LinkedHashMap<String, Object>();
                for (var field : expressions.entrySet()) {
                    var value = field.getValue().value(variables);
                    if (value != null) {
                        fields.put(field.getKey(), value);
                    }
                }
                yield fields;
            }
        };
        var json = CanonicalJson.of(Plain.of(made));
        if (json.length() > MAX_VALUE) {
            throw new MappingRefused(
                    DeadLetterReason.TOO_LARGE, "a value of '" + fact + "' has more than " + MAX_VALUE + " characters");
        }
        var mistake = facts.mistakeIn(fact, item, json);
        if (mistake.isPresent()) {
            throw new MappingRefused(DeadLetterReason.MAPPING_FAILED, "'" + fact + "': " + mistake.get());
        }
        return facts.canonical(json);
    }
}

package dev.muster.ingest.source;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.ingest.subject.Subjects;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.Delivery;
import dev.muster.schemas.v1.Origin;
import dev.muster.service.StrictJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns a delivery into facts by the definition of its source. Pure: the same delivery gives the same facts, always.
///
/// One part that cannot be read costs only itself: the rest of the delivery is told all the same.
public final class Mapper {

    /// Items of one mapping in one delivery.
    static final int MAX_ITEMS = 10_000;

    private final FactCatalogue facts;
    private final StrictJson json;

    /// A mapper of facts of this catalogue.
    ///
    /// @param json reads bodies within its limits
    public Mapper(FactCatalogue facts, StrictJson json) {
        this.facts = facts;
        this.json = json;
    }

    /// Never throws, whatever the body is.
    public Mapped map(SourceDefinition definition, Delivery delivery) {
        try {
            var variables = new HashMap<String, Object>();
            variables.put("body", Payload.of(json, definition, delivery));
            variables.put("headers", Map.copyOf(delivery.getHeaders()));
            var event = definition.event().text(variables).orElse("");
            variables.put("event", event);
            var observed = new Observed(delivery.getReceivedAt());
            var failures = new ArrayList<Mapped.Failure>();
            var wanted = false;
            for (var mapping : definition.mappings()) {
                if (mapping.events().contains(event)) {
                    wanted = true;
                    read(mapping, variables, delivery, observed, failures);
                }
            }
            return new Mapped(event, wanted, observed.facts(), List.copyOf(failures));
        } catch (MappingRefused refused) {
            return Mapped.failed(refused.reason(), String.valueOf(refused.getMessage()));
        } catch (RuntimeException bug) {
            // Thrown, it would make the journal stand still.
            return Mapped.failed(DeadLetterReason.PROCESSING_FAILED, bug.toString());
        }
    }

    private void read(
            Mapping mapping,
            Map<String, Object> variables,
            Delivery delivery,
            Observed observed,
            List<Mapped.Failure> failures) {
        try {
            if (mapping.when() != null && !mapping.when().isTrue(variables)) {
                return;
            }
            for (var item : items(mapping, variables)) {
                var own = new HashMap<>(variables);
                own.put("item", item);
                try {
                    readItem(mapping, own, delivery, observed);
                } catch (MappingRefused refused) {
                    failures.add(failure(mapping, refused));
                }
            }
        } catch (MappingRefused refused) {
            failures.add(failure(mapping, refused));
        }
    }

    private static Mapped.Failure failure(Mapping mapping, MappingRefused refused) {
        return new Mapped.Failure(refused.reason(), mapping.name() + ": " + refused.getMessage());
    }

    private static List<?> items(Mapping mapping, Map<String, Object> variables) throws MappingRefused {
        if (mapping.items() == null) {
            return List.of(variables.get("body"));
        }
        var items = mapping.items().list(variables);
        if (items.size() > MAX_ITEMS) {
            throw new MappingRefused(DeadLetterReason.TOO_LARGE, items.size() + " items, more than " + MAX_ITEMS);
        }
        return items;
    }

    private void readItem(Mapping mapping, Map<String, Object> variables, Delivery delivery, Observed observed)
            throws MappingRefused {
        var mappingSubject = Optional.<String>empty();
        for (var fact : mapping.facts()) {
            if (fact.when() != null && !fact.when().isTrue(variables)) {
                continue;
            }
            if (fact.subject() == null && mappingSubject.isEmpty()) {
                mappingSubject = mapping.subject().text(variables);
            }
            var subject =
                    fact.subject() == null ? mappingSubject : fact.subject().text(variables);
            if (subject.isEmpty()) {
                continue; // the tool does not say what it is about: nobody could claim it
            }
            var mistake = Subjects.mistakeIn(subject.get());
            if (mistake.isPresent()) {
                throw new MappingRefused(DeadLetterReason.MAPPING_FAILED, mistake.get());
            }
            var origin = new Origin(
                    delivery.getSource(),
                    delivery.getConnection(),
                    delivery.getId(),
                    text(mapping.actor(), variables),
                    text(mapping.url(), variables),
                    false);
            for (var change : new ChangeMaker(facts, fact, delivery.getReceivedAt()).changes(variables)) {
                observed.add(subject.get(), origin, change);
            }
        }
    }

    private static @Nullable String text(@Nullable Expression expression, Map<String, Object> variables)
            throws MappingRefused {
        return expression == null
                ? null
                : expression.text(variables).map(Mapper::bounded).orElse(null);
    }

    private static String bounded(String text) {
        return text.length() > 1_000 ? text.substring(0, 1_000) : text;
    }
}

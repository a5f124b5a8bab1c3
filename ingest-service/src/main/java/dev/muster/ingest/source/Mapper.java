package dev.muster.ingest.source;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.ingest.payload.Fields;
import dev.muster.ingest.payload.Payloads;
import dev.muster.ingest.payload.UnreadablePayloadException;
import dev.muster.ingest.subject.Subjects;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.Delivery;
import dev.muster.schemas.v1.Origin;
import dev.muster.service.StrictJson;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Turns a delivery into facts by the definition of its source. Pure: the same delivery gives the same
/// facts, always.
///
/// One part that cannot be read costs only itself: the rest of the delivery is told all the same.
public final class Mapper {

    /// Header of a delivery that tells what was so before the connection existed; counts where the definition keeps it.
    public static final String BACKFILL = "x-muster-backfill";

    /// Items of one mapping in one delivery.
    static final int MAX_ITEMS = 10_000;

    private final FactCatalogue facts;
    private final Payloads payloads;

    /// A mapper of facts of this catalogue.
    ///
    /// @param json reads bodies within its limits
    public Mapper(FactCatalogue facts, StrictJson json) {
        this.facts = facts;
        this.payloads = new Payloads(json);
    }

    /// What the mappings of one delivery have told so far. A reason that several of them share counts once.
    private record Told(Observed observed, SequencedSet<Mapped.Failure> failures) {}

    /// Never throws, whatever the body is.
    public Mapped map(SourceDefinition definition, Delivery delivery) {
        try {
            var variables = new HashMap<String, Object>();
            variables.put("body", body(payloads, definition, delivery.getContentType(), bytes(delivery.getBody())));
            variables.put("headers", Map.copyOf(delivery.getHeaders()));
            var event = definition.event().text(variables).orElse("");
            variables.put("event", event);
            variables.put("receivedAt", delivery.getReceivedAt());
            var told = new Told(new Observed(delivery.getReceivedAt()), new LinkedHashSet<>());
            var wanted = false;
            for (var mapping : definition.mappings()) {
                if (mapping.events().contains(event)) {
                    wanted = true;
                    read(mapping, variables, delivery, told);
                }
            }
            return new Mapped(event, wanted, told.observed().facts(), List.copyOf(told.failures()));
        } catch (UnreadablePayloadException unreadable) {
            return Mapped.failed(DeadLetterReason.NOT_JSON, String.valueOf(unreadable.getMessage()));
        } catch (MappingRefused refused) {
            return Mapped.failed(refused.reason(), String.valueOf(refused.getMessage()));
        } catch (RuntimeException bug) {
            // Thrown, it would make the journal stand still.
            return Mapped.failed(DeadLetterReason.PROCESSING_FAILED, bug.toString());
        }
    }

    /// The body of a delivery as the definition wants it.
    static Object body(Payloads payloads, SourceDefinition definition, String contentType, byte[] bytes)
            throws UnreadablePayloadException {
        var content = definition.content();
        return payloads.read(contentType, content.formField(), content.listAllowed(), bytes);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private void read(Mapping mapping, Map<String, Object> variables, Delivery delivery, Told told) {
        try {
            if (mapping.when() != null && !mapping.when().isTrue(variables)) {
                return;
            }
            for (var item : items(mapping, variables)) {
                var own = new HashMap<>(variables);
                own.put("item", item instanceof Map<?, ?> map ? Fields.of(map) : item);
                readInWords(mapping, own, delivery, told);
                for (var fact : mapping.facts()) {
                    try {
                        tell(mapping, fact, own, delivery, told);
                    } catch (MappingRefused refused) {
                        told.failures().add(failure(mapping, refused));
                    }
                }
            }
        } catch (MappingRefused refused) {
            told.failures().add(failure(mapping, refused));
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

    private void tell(Mapping mapping, FactMapping fact, Map<String, Object> variables, Delivery delivery, Told told)
            throws MappingRefused {
        if (fact.when() != null && !fact.when().isTrue(variables)) {
            return;
        }
        var subject = (fact.subject() == null ? mapping.subject() : fact.subject()).text(variables);
        if (subject.isEmpty()) {
            if (mapping.noSubject() != null) {
                told.failures().add(new Mapped.Failure(DeadLetterReason.MAPPING_FAILED, mapping.noSubject()));
            }
            return; // the tool does not say what it is about: nobody could claim it
        }
        var mistake = Subjects.mistakeIn(subject.get());
        if (mistake.isPresent()) {
            throw new MappingRefused(DeadLetterReason.MAPPING_FAILED, mistake.get());
        }
        var origin = origin(mapping, variables, delivery, text(mapping.url(), variables), false);
        for (var change : new ChangeMaker(facts, fact, delivery.getReceivedAt()).changes(variables)) {
            told.observed().add(subject.get(), origin, change);
        }
    }

    private void readInWords(Mapping mapping, Map<String, Object> variables, Delivery delivery, Told told) {
        if (mapping.told() == null) {
            return;
        }
        try {
            var subject = mapping.subject().text(variables);
            for (var fact : mapping.told().read(facts, variables, subject, delivery.getReceivedAt())) {
                var url = fact.url() == null ? text(mapping.url(), variables) : fact.url();
                var origin = origin(mapping, variables, delivery, url, fact.backfill());
                told.observed().add(fact.subject(), origin, fact.change());
            }
        } catch (MappingRefused refused) {
            told.failures().add(failure(mapping, refused));
        }
    }

    private static Origin origin(
            Mapping mapping, Map<String, Object> variables, Delivery delivery, @Nullable String url, boolean backfill)
            throws MappingRefused {
        return new Origin(
                delivery.getSource(),
                delivery.getConnection(),
                delivery.getId(),
                text(mapping.actor(), variables),
                url,
                backfill || "true".equals(delivery.getHeaders().get(BACKFILL)));
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

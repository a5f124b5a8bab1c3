package dev.muster.ingest.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.muster.ingest.json.CanonicalJson;
import dev.muster.ingest.source.Mapped;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactsObserved;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a definition makes of a delivery.
///
/// @param draft whether it is one that was sent along, and not the one in use
/// @param deliveryId id under which it would be journalled
/// @param headers those that are kept, which is all that a mapping sees
/// @param event event type; empty where the delivery cannot be read
/// @param outcome as the metric `muster.normaliser.deliveries` has it
/// @param failures what would become a dead letter
@JsonInclude(JsonInclude.Include.NON_NULL)
record Preview(
        String source,
        boolean draft,
        String deliveryId,
        Map<String, String> headers,
        String event,
        String outcome,
        List<Fact> facts,
        List<Mapped.Failure> failures) {

    /// One change to one fact, in the form in which the examples of a source have it.
    ///
    /// @param at the source's time; that of receipt where it gives none
    /// @param value JSON
    /// @param items JSON of each member of a snapshot
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Fact(
            String subject,
            String fact,
            String change,
            @Nullable String item,
            @Nullable String scope,
            Instant at,
            int rank,
            boolean clamped,
            @JsonRawValue @Nullable String value,
            @JsonRawValue @Nullable String items,
            @Nullable String actor,
            @Nullable String url) {}

    static List<Fact> facts(List<FactsObserved> observed) {
        return observed.stream()
                .flatMap(facts -> facts.getChanges().stream().map(change -> fact(facts, change)))
                .toList();
    }

    private static Fact fact(FactsObserved facts, FactChange change) {
        return new Fact(
                facts.getSubject(),
                change.getFact(),
                change.getKind().name().toLowerCase(Locale.ROOT),
                change.getItem(),
                change.getScope().isEmpty() ? null : change.getScope(),
                change.getSourceTime(),
                change.getRank(),
                change.getClamped(),
                change.getValue(),
                change.getItems().isEmpty() ? null : object(new TreeMap<>(change.getItems())),
                facts.getOrigin().getActor(),
                facts.getOrigin().getUrl());
    }

    private static String object(SortedMap<String, String> members) {
        var text = new StringBuilder("{");
        members.forEach((id, json) -> text.append(text.length() > 1 ? "," : "")
                .append(CanonicalJson.of(id))
                .append(':')
                .append(json));
        return text.append('}').toString();
    }
}

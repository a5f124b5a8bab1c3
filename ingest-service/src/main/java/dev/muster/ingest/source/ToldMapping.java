package dev.muster.ingest.source;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.ingest.fact.FactRequestReader;
import dev.muster.ingest.fact.ToldFact;
import dev.muster.schemas.DeadLetterReason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Facts that a delivery tells in the words of `POST /v1/facts`, one or a list. All of them are right, or none counts.
///
/// @param facts gives them
/// @param time gives the time of those that say none; null or nothing: the time of receipt counts
record ToldMapping(Expression facts, @Nullable Expression time) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// Reads the facts.
    ///
    /// @param subject of those that name none
    List<ToldFact> read(
            FactCatalogue catalogue, Map<String, Object> variables, Optional<String> subject, Instant receivedAt)
            throws MappingRefused {
        JsonNode told = JSON.valueToTree(Plain.of(facts.value(variables)));
        var observedAt = observedAt(variables);
        (told.isArray() ? told.values() : List.of(told)).forEach(one -> complete(one, subject, observedAt));
        var reader = new FactRequestReader(catalogue, receivedAt);
        reader.read(told);
        if (!reader.errors().isEmpty()) {
            var first = reader.errors().getFirst();
            var more = reader.errors().size() == 1
                    ? ""
                    : " (and " + (reader.errors().size() - 1) + " more)";
            throw refused((first.path() == null ? "" : first.path() + ": ") + first.message() + more);
        }
        return reader.told();
    }

    private Optional<Instant> observedAt(Map<String, Object> variables) throws MappingRefused {
        if (time == null) {
            return Optional.empty();
        }
        try {
            return TimeText.read(time.value(variables));
        } catch (DateTimeException | NumberFormatException _) {
            throw time.refused("gives no time");
        }
    }

    private static void complete(JsonNode told, Optional<String> subject, Optional<Instant> observedAt) {
        if (told instanceof ObjectNode fact) {
            if (!fact.has("subject")) {
                subject.ifPresent(text -> fact.put("subject", text));
            }
            if (!fact.has("observedAt")) {
                observedAt.ifPresent(at -> fact.put("observedAt", at.toString()));
            }
        }
    }

    private static MappingRefused refused(String why) {
        return new MappingRefused(DeadLetterReason.MAPPING_FAILED, why);
    }
}

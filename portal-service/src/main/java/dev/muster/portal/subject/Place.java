package dev.muster.portal.subject;

import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where the name of a subject went, by the newest news: the fact `whereabouts`.
///
/// @param movedTo subject that took its place, null when none did
/// @param at time of the source, null when nobody told
record Place(
        @Nullable String movedTo,
        boolean deleted,
        @Nullable Instant at,
        @Nullable Integer rank) {

    /// Nobody told: it is where it is.
    static final Place HERE = new Place(null, false, null, null);

    private static final String FACT = "whereabouts";
    private static final JsonMapper JSON = JsonMapper.shared();

    /// What a change tells of it; [#HERE] when it tells other things.
    static Place of(String subject, FactChange change) {
        if (!change.getFact().equals(FACT) || change.getKind() != FactChangeKind.SET) {
            return HERE;
        }
        var value = read(change.getValue());
        var to = value.path("movedTo").asString("").strip();
        var movedTo = to.isEmpty() || to.equals(subject) ? null : to;
        var deleted = to.isEmpty() && value.path("deleted").asBoolean(false);
        return new Place(movedTo, deleted, change.getSourceTime(), change.getRank());
    }

    private static JsonNode read(@Nullable String json) {
        try {
            return JSON.readTree(json == null ? "{}" : json);
        } catch (JacksonException _) {
            return JSON.createObjectNode();
        }
    }

    /// The newer of both; of two of one time and rank, the one that came later.
    Place and(Place later) {
        if (at == null || rank == null) {
            return later;
        }
        if (later.at == null || later.rank == null) {
            return this;
        }
        var order = at.equals(later.at) ? rank.compareTo(later.rank) : at.compareTo(later.at);
        return order > 0 ? this : later;
    }
}

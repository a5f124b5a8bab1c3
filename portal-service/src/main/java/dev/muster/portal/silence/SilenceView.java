package dev.muster.portal.silence;

import dev.muster.portal.acting.Json;
import dev.muster.portal.paging.Sort;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A silence as the notifier tells it.
///
/// @param state PENDING, ACTIVE or EXPIRED
/// @param matchers wanted values by field
/// @param owner who made it
/// @param endedBy who ended it early, null when nobody did
record SilenceView(
        String id,
        String state,
        Map<String, List<String>> matchers,
        String reason,
        String owner,
        Instant createdAt,
        Instant startsAt,
        Instant endsAt,
        @Nullable String endedBy,
        @Nullable Instant endedAt) {

    private static final Map<String, Comparator<SilenceView>> ORDERS = Map.of(
            "made", Comparator.comparing(SilenceView::createdAt),
            "ends", Comparator.comparing(SilenceView::ends),
            "owner", Comparator.comparing(SilenceView::owner));

    /// How the list is sorted.
    ///
    /// @param asked `-made` (the newest first, usual), `ends` or `owner`
    /// @throws dev.muster.service.ProblemException 400 when it cannot be sorted so
    static Sort sort(@Nullable String asked) {
        return Sort.read(asked, "-made", List.of("made", "ends", "owner"));
    }

    static Comparator<SilenceView> order(Sort sort) {
        return sort.comparator(ORDERS);
    }

    static List<SilenceView> listOf(JsonNode body) {
        return List.of(Json.read(body.path("silences"), SilenceView[].class));
    }

    /// Whether it is over, by itself or early.
    public boolean isOver() {
        return state.equals("EXPIRED");
    }

    /// When it is over, or was.
    public Instant ends() {
        return endedAt == null ? endsAt : endedAt;
    }

    /// How it stands, for people.
    public String standing() {
        return switch (state) {
            case "PENDING" -> "has not begun";
            case "ACTIVE" -> "holds back";
            default -> endedBy == null ? "over" : "ended early";
        };
    }
}

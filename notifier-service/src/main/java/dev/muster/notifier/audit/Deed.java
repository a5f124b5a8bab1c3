package dev.muster.notifier.audit;

import org.jspecify.annotations.Nullable;

/// What somebody did.
///
/// @param actor name of the caller; of who came by a link without a token, the way it went
/// @param action such as `silence.made`: the kind of what it is about, and what was done
/// @param about reference of the entity or team that it is about, or [#NOTIFIER]
/// @param id of what was done something to
/// @param before state before; null when there was none
/// @param after state after; null when there is none
/// @param comment what the actor said to it, or how far it went
public record Deed(
        String actor,
        String action,
        String about,
        @Nullable String rule,
        @Nullable String scorecard,
        String id,
        @Nullable String before,
        @Nullable String after,
        @Nullable String comment) {

    /// Stands in place of a reference where it is about none.
    public static final String NOTIFIER = "notifier";

    /// One that is about neither a rule nor a scorecard.
    public static Deed of(
            String actor,
            String action,
            String about,
            String id,
            @Nullable String before,
            @Nullable String after,
            @Nullable String comment) {
        return new Deed(actor, action, about, null, null, id, before, after, comment);
    }
}

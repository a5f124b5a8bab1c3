package dev.muster.notifier.pipeline;

import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Direction;
import java.util.List;
import java.util.Set;

/// What to do about one transition: what becomes of the episode, and whether somebody hears of it.
///
/// @param episode what becomes of the episode
/// @param telling whether somebody hears of it
record Decision(EpisodeStep episode, Telling telling) {

    /// What becomes of the episode.
    sealed interface EpisodeStep {

        /// Rules that are broken in it now, as far as that says; none when it ends or stays as it is.
        default Set<String> rules() {
            return Set.of();
        }

        /// Nothing.
        record Leave() implements EpisodeStep {}

        /// A new one begins with these broken rules.
        record Open(Set<String> rules) implements EpisodeStep {}

        /// The open one now has these broken rules, more or fewer than before; regressions that still
        /// wait are withdrawn when all that they tell is resolved.
        record Keep(Set<String> rules) implements EpisodeStep {}

        /// The one of which recoveries wait to be told goes on with these broken rules, without those
        /// recoveries.
        ///
        /// @param undone ids of the recoveries that are told to nobody any more
        record GoOn(Set<String> rules, List<String> undone) implements EpisodeStep {}

        /// The open one ends; regressions of it that still wait are withdrawn.
        record Close() implements EpisodeStep {}
    }

    /// Whether somebody hears of it.
    sealed interface Telling {

        /// It joins the message of its owner and cause.
        record Tell(Direction direction) implements Telling {}

        /// It went back and forth too often: it joins the one message that tells all of it later.
        record Damp() implements Telling {}

        /// Nobody does; only incidents that its regression opened end.
        record End(SuppressedBecause reason) implements Telling {}

        /// Nobody does.
        record Suppress(SuppressedBecause reason) implements Telling {}
    }
}

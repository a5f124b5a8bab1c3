package dev.muster.notifier.message;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a message says, for every channel the same. All text is on one line, clean and bounded, and not yet escaped.
///
/// @param headline one line that says it all
/// @param subject subject of the thread that it belongs to, so that mail programs keep it together
/// @param items what it is about, worst first, at most as many as `muster.notifier.max-entities`
/// @param more how many further entities it is about
/// @param link where all of them are shown
/// @param why why it happened; for a reminder: what happens then
/// @param ends for a recovery: what it ends, in words
/// @param complete for a recovery: whether everything that was told is resolved
/// @param ending for a recovery: how what it ends is over; null for anything else
public record Message(
        Direction direction,
        String headline,
        String subject,
        @Nullable String owner,
        List<Item> items,
        int more,
        String link,
        Why why,
        @Nullable String ends,
        boolean complete,
        @Nullable Ending ending,
        Instant at) {

    public Message {
        items = List.copyOf(items);
    }

    /// Whether it tells something good: what is no longer judged is not.
    @JsonIgnore
    public boolean isGood() {
        return direction == Direction.RECOVERY && (ending == null || ending == Ending.RECOVERED);
    }

    /// The same with the first `most` items; the others are counted.
    public Message first(int most) {
        return most >= items.size()
                ? this
                : new Message(
                        direction,
                        headline,
                        subject,
                        owner,
                        items.subList(0, most),
                        more + items.size() - most,
                        link,
                        why,
                        ends,
                        complete,
                        ending,
                        at);
    }

    /// One entity on one scorecard; for rules that begin to count, the scorecard on the owner's entities.
    ///
    /// @param level such as `silver → bronze`, empty in a reminder
    /// @param score such as `84 → 61`, empty in a reminder
    /// @param more how many further rules changed
    public record Item(
            String entity,
            String name,
            String scorecard,
            String level,
            boolean levelChanged,
            String score,
            List<Rule> rules,
            int more,
            String link) {

        public Item {
            rules = List.copyOf(rules);
        }

        /// For templates, which cannot count.
        @JsonIgnore
        public boolean hasMore() {
            return more > 0;
        }

        /// Whether level and score have anything to say.
        @JsonIgnore
        public boolean hasLevel() {
            return !level.isEmpty();
        }
    }

    /// One rule that changed.
    ///
    /// @param change such as `PASS → FAIL` or `ends 2026-12-10 14:00:00 UTC`
    /// @param remediation what to do, as text
    /// @param remediationLink what to do, as an address that was checked
    public record Rule(
            String title,
            String change,
            String message,
            @Nullable String remediation,
            @Nullable String remediationLink) {}

    /// Why it happened.
    ///
    /// @param sentence such as `github reported coverage of repo:github.com/acme/payments: new code 81 → 64`
    /// @param link where a person can look at it
    /// @param at since when it is so; for a reminder, its first day
    public record Why(
            String sentence,
            @Nullable String actor,
            @Nullable String deliveryId,
            @Nullable String link,
            Instant at) {}
}

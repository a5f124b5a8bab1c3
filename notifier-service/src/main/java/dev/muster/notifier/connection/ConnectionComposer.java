package dev.muster.notifier.connection;

import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.message.Message.Item;
import dev.muster.notifier.message.Message.Rule;
import dev.muster.notifier.message.Message.Why;
import dev.muster.notifier.text.Links;
import dev.muster.notifier.text.Text;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes one message of connections that are silent, or report again. A pure function.
///
/// @param links addresses of the portal
/// @param maxEntities connections that are listed; further ones are counted
public record ConnectionComposer(Links links, int maxEntities) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final int HEADLINE = 140;
    private static final int NAMED = 3;

    /// The message that connections are silent.
    ///
    /// @param silent at least one
    Message silent(@Nullable String owner, List<Spell> silent, Instant now) {
        var headline = Text.line(
                "%s silent for longer than usual".formatted(named(silent, "Connection %s is", "%d connections are")),
                HEADLINE);
        return message(
                owner,
                headline,
                headline,
                silent,
                "What they report of grows old meanwhile, and the rules that rest on it become stale.",
                null,
                now);
    }

    /// The message that connections report again.
    ///
    /// @param again at least one
    /// @param still what its thread told of that is silent yet
    /// @param began what its thread began with; null when that is forgotten
    Message again(@Nullable String owner, List<Spell> again, List<Spell> still, @Nullable Message began, Instant now) {
        var headline = Text.line(
                "%s again".formatted(named(again, "Connection %s reports", "%d connections report")), HEADLINE);
        return message(
                owner,
                headline,
                began == null ? headline : began.subject(),
                again,
                still.isEmpty()
                        ? "What they reported before counts as it is; what happened in between may be missing."
                        : "Still silent: " + names(still) + ".",
                began == null ? null : began.headline(),
                now);
    }

    private Message message(
            @Nullable String owner,
            String headline,
            String subject,
            List<Spell> spells,
            String then,
            @Nullable String ends,
            Instant now) {
        return new Message(
                Direction.REMINDER,
                headline,
                subject,
                owner,
                spells.stream().limit(maxEntities).map(this::item).toList(),
                Math.max(0, spells.size() - maxEntities),
                links.connections(),
                new Why(then, null, null, null, spells.getFirst().since()),
                ends,
                true,
                null,
                now);
    }

    private Item item(Spell it) {
        var name = Text.line(it.connection(), 100);
        return new Item(
                "resource:connections/" + name,
                "Connection " + name,
                Text.line(it.source(), 100),
                "",
                false,
                "",
                List.of(it.endedAt() == null ? silent(it) : reports(it)),
                0,
                links.connections());
    }

    private static Rule silent(Spell it) {
        return new Rule(
                "Silent",
                it.lastAt() == null ? "nothing came yet" : "the last delivery came at " + TIME.format(it.lastAt()),
                "Longer than usual since " + TIME.format(it.since()),
                "Look at the sender: is the webhook still there and active?",
                null);
    }

    private static Rule reports(Spell it) {
        return new Rule(
                "Reports",
                "again since " + (it.endedAt() == null ? "" : TIME.format(it.endedAt())),
                it.lastAt() == null ? "" : "The last delivery before came at " + TIME.format(it.lastAt()),
                "Have the sender deliver again what it could not, where it can.",
                null);
    }

    private static String named(List<Spell> spells, String one, String several) {
        return spells.size() == 1 ? one.formatted(spells.getFirst().connection()) : several.formatted(spells.size());
    }

    private static String names(List<Spell> spells) {
        var names = spells.stream()
                .limit(NAMED)
                .map(it -> Text.line(it.connection(), 60))
                .collect(Collectors.joining(", "));
        return spells.size() > NAMED ? "%s and %d more".formatted(names, spells.size() - NAMED) : names;
    }
}

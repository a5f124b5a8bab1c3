package dev.muster.notifier.report;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.message.Message.Item;
import dev.muster.notifier.message.Message.Rule;
import dev.muster.notifier.message.Message.Why;
import dev.muster.notifier.preference.Preference;
import dev.muster.notifier.report.Week.Card;
import dev.muster.notifier.report.Week.Move;
import dev.muster.notifier.report.Week.Standing;
import dev.muster.notifier.text.Links;
import dev.muster.notifier.text.Text;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes one message of the week of a team. A pure function.
///
/// @param links addresses of the portal
/// @param maxEntities scorecards, and entities whose level changed, that are listed; further ones are counted
public record ReportComposer(Links links, int maxEntities) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);
    private static final Card UNKNOWN = new Card("", Map.of(), List.of());
    private static final int MAX_RULES = 5;
    private static final int NAMED = 3;
    private static final int LINE = 300;
    private static final int HEADLINE = 140;

    /// The report; empty when nothing of the team is scored.
    Optional<Message> compose(Week week, Instant now) {
        if (week.standings().isEmpty()) {
            return Optional.empty();
        }
        var moved = week.moves().stream()
                .filter(it -> !Objects.equals(it.before(), it.after()))
                .toList();
        var items = new ArrayList<Item>();
        var byScorecard = week.standings().stream().collect(groupingBy(Standing::scorecard, TreeMap::new, toList()));
        byScorecard.entrySet().stream()
                .limit(maxEntities)
                .forEach(it -> items.add(scorecard(it.getKey(), it.getValue(), week)));
        if (!moved.isEmpty()) {
            items.add(moved(moved, week));
        }
        if (!week.endings().isEmpty()) {
            items.add(endings(week));
        }
        if (!week.open().isEmpty()) {
            items.add(open(week, now));
        }
        var headline = Text.line(headline(week, moved), HEADLINE);
        return Optional.of(new Message(
                Direction.REPORT,
                headline,
                headline,
                week.team(),
                items,
                Math.max(0, byScorecard.size() - maxEntities),
                links.overview(week.team()),
                new Why(
                        "From %s to %s. The preferences of the team, or the annotation %s, say when it comes, or that it does not (off)."
                                .formatted(
                                        TIME.format(week.begins()),
                                        TIME.format(week.ends()),
                                        Preference.WEEKLY_REPORT.annotation()),
                        null,
                        null,
                        null,
                        week.ends()),
                null,
                true,
                null,
                now));
    }

    private static String headline(Week week, List<Move> moved) {
        var entities =
                week.standings().stream().map(Standing::entity).distinct().count();
        var up = moved.stream().filter(it -> rise(it, week) > 0).count();
        var down = moved.stream().filter(it -> rise(it, week) < 0).count();
        return "Weekly report: %s, %s"
                .formatted(
                        counted(entities, "entity", "entities"),
                        up + down == 0 ? "no level changed" : "%d up, %d down".formatted(up, down));
    }

    private static int rise(Move it, Week week) {
        var card = card(it.scorecard(), week);
        return Integer.compare(card.rank(it.after()), card.rank(it.before()));
    }

    private static Card card(String scorecard, Week week) {
        return week.scorecards().getOrDefault(scorecard, UNKNOWN);
    }

    private Item scorecard(String name, List<Standing> standings, Week week) {
        var card = card(name, week);
        var failing = new LinkedHashMap<String, List<String>>();
        standings.forEach(it -> it.failing()
                .forEach(rule ->
                        failing.computeIfAbsent(rule, _ -> new ArrayList<>()).add(it.title())));
        var next = failing.entrySet().stream()
                .sorted(comparingInt((Map.Entry<String, List<String>> it) ->
                                -it.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .toList();
        return new Item(
                Text.line(name, 200),
                title(name, card),
                counted(standings.size(), "entity", "entities"),
                levels(standings, card),
                false,
                score(name, standings, week),
                next.stream()
                        .limit(MAX_RULES)
                        .map(it -> new Rule(
                                Text.line(card.rule(it.getKey()), 150),
                                "fails for %d of %d".formatted(it.getValue().size(), standings.size()),
                                Text.line(named(it.getValue()), LINE),
                                null,
                                null))
                        .toList(),
                Math.max(0, next.size() - MAX_RULES),
                links.scorecard(name));
    }

    private static String title(String name, Card card) {
        return Text.line(card.title().isBlank() ? name : card.title(), 100);
    }

    /// Such as `2 gold, 1 silver, 3 none`: the highest first.
    private static String levels(List<Standing> standings, Card card) {
        var names = new LinkedHashSet<String>(card.levels().reversed());
        standings.stream()
                .map(it -> level(it.level()))
                .filter(it -> !it.equals("none"))
                .forEach(names::add);
        names.add("none");
        return names.stream()
                .map(name -> Map.entry(
                        name,
                        standings.stream()
                                .filter(it -> level(it.level()).equals(name))
                                .count()))
                .filter(it -> it.getValue() > 0)
                .map(it -> it.getValue() + " " + it.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String level(@Nullable String level) {
        return level == null ? "none" : level;
    }

    /// The mean now, and that of the beginning where it was another.
    private static String score(String scorecard, List<Standing> standings, Week week) {
        var before = week.moves().stream()
                .filter(it -> it.scorecard().equals(scorecard))
                .collect(Collectors.toMap(Move::entity, Move::scoreBefore));
        var now = Math.round(
                standings.stream().mapToInt(Standing::score).average().orElse(0));
        var then = Math.round(standings.stream()
                .mapToInt(it -> before.getOrDefault(it.entity(), it.score()))
                .average()
                .orElse(0));
        return then == now ? "" + now : then + " → " + now;
    }

    private Item moved(List<Move> moved, Week week) {
        var titles =
                week.standings().stream().collect(Collectors.toMap(Standing::entity, Standing::title, (one, _) -> one));
        return new Item(
                week.team(),
                "Levels that changed",
                "your entities",
                "",
                false,
                "",
                moved.stream()
                        .sorted(comparingInt((Move it) -> rise(it, week)))
                        .limit(maxEntities)
                        .map(it -> new Rule(
                                Text.line(titles.getOrDefault(it.entity(), it.entity()), 100),
                                level(it.before()) + " → " + level(it.after()),
                                Text.line(title(it.scorecard(), card(it.scorecard(), week)), LINE),
                                null,
                                null))
                        .toList(),
                Math.max(0, moved.size() - maxEntities),
                links.overview(week.team()));
    }

    private Item open(Week week, Instant now) {
        return new Item(
                week.team(),
                "Initiatives to finish",
                "your entities",
                "",
                false,
                "",
                week.open().stream()
                        .limit(MAX_RULES)
                        .map(it -> new Rule(
                                Text.line(it.title(), 100),
                                (it.due().isAfter(now) ? "due on " : "overdue since ") + DAY.format(it.due()),
                                Text.line("Not done: " + named(it.lacking()), LINE),
                                null,
                                null))
                        .toList(),
                Math.max(0, week.open().size() - MAX_RULES),
                links.overview(week.team()));
    }

    private Item endings(Week week) {
        return new Item(
                week.team(),
                "Exemptions that end soon",
                "your entities",
                "",
                false,
                "",
                week.endings().stream()
                        .limit(MAX_RULES)
                        .map(it -> new Rule(
                                Text.line(it.title(), 100),
                                "ends " + DAY.format(it.at()),
                                Text.line(
                                        it.scorecard() == null
                                                ? it.rule()
                                                : card(it.scorecard(), week).rule(it.rule()),
                                        LINE),
                                null,
                                null))
                        .toList(),
                Math.max(0, week.endings().size() - MAX_RULES),
                links.overview(week.team()));
    }

    private static String named(List<String> entities) {
        var shown = entities.stream().limit(NAMED).map(it -> Text.line(it, 60)).collect(Collectors.joining(", "));
        return entities.size() > NAMED ? "%s and %d more".formatted(shown, entities.size() - NAMED) : shown;
    }

    private static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}

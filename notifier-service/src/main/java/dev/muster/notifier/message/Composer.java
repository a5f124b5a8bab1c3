package dev.muster.notifier.message;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import dev.muster.notifier.message.Message.Item;
import dev.muster.notifier.message.Message.Rule;
import dev.muster.notifier.message.Message.Why;
import dev.muster.notifier.text.Links;
import dev.muster.notifier.text.Text;
import dev.muster.notifier.transition.Cause;
import dev.muster.notifier.transition.Course;
import dev.muster.notifier.transition.RuleChange;
import dev.muster.notifier.transition.Transition;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.service.ValueWords;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes one message of the transitions of one group. A pure function.
///
/// @param links addresses of the portal
/// @param maxEntities entities that are listed; further ones are counted
public record Composer(Links links, int maxEntities) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final int MAX_RULES = 5;
    private static final int LINE = 300;

    /// One transition to tell, with what is known around it.
    ///
    /// @param unresolved rules of its episode that are still broken
    public record Part(Transition transition, Set<String> unresolved) {

        public Part {
            unresolved = Set.copyOf(unresolved);
        }
    }

    /// The message that tells `parts`.
    ///
    /// @param titles titles of entities by reference
    /// @param root the message that began the thread, which a recovery or a further regression answers
    public Message compose(
            Direction direction,
            @Nullable String owner,
            List<Part> parts,
            Map<String, String> titles,
            @Nullable Message root) {
        return compose(direction, owner, parts, titles, root, null);
    }

    /// As [#compose], with something to say before the cause.
    public Message compose(
            Direction direction,
            @Nullable String owner,
            List<Part> parts,
            Map<String, String> titles,
            @Nullable Message root,
            @Nullable String note) {
        var byResult = parts.stream()
                .sorted(comparingInt((Part it) -> tier(it.transition()))
                        .thenComparing(it -> it.transition().entity())
                        .thenComparing(it -> it.transition().scorecard())
                        .thenComparingLong(it -> it.transition().version()))
                .collect(Collectors.groupingBy(Composer::result, LinkedHashMap::new, Collectors.toList()));
        var items = byResult.values().stream()
                .limit(maxEntities)
                .map(it -> item(direction, it, titles))
                .toList();
        var last = parts.stream()
                .map(Part::transition)
                .max(comparing(Transition::at))
                .orElseThrow();
        var complete = direction == Direction.REGRESSION
                || byResult.values().stream()
                        .map(List::getLast)
                        .allMatch(it -> it.unresolved().isEmpty());
        var ending = direction == Direction.RECOVERY ? ending(byResult.values()) : null;
        var headline = headline(verb(ending, byResult.size(), complete), items, byResult.size());
        return new Message(
                direction,
                headline,
                root == null ? headline : root.subject(),
                owner,
                items,
                byResult.size() - items.size(),
                links.overview(owner),
                why(note, parts, last.cause()),
                direction == Direction.RECOVERY && root != null
                        ? "“%s” of %s".formatted(root.headline(), TIME.format(root.at()))
                        : null,
                complete,
                ending,
                last.at());
    }

    private Item item(Direction direction, List<Part> parts, Map<String, String> titles) {
        var first = parts.getFirst().transition();
        var last = parts.getLast().transition();
        var rules = rules(direction, parts);
        var levelChanged = !Objects.equals(first.levelBefore(), last.levelAfter());
        return new Item(
                Text.line(last.entity(), 200),
                Text.line(titles.getOrDefault(last.entity(), last.entity()), 100),
                Text.line(last.scorecardTitle().isBlank() ? last.scorecard() : last.scorecardTitle(), 100),
                change(level(first.levelBefore()), level(last.levelAfter())),
                levelChanged,
                change(
                        first.before() == null ? "none" : "" + first.before().score(),
                        last.after() == null ? "none" : "" + last.after().score()),
                rules.stream().limit(MAX_RULES).map(Composer::rule).toList(),
                Math.max(0, rules.size() - MAX_RULES),
                links.entity(last.entity()));
    }

    /// Changes to show, the last one of each rule, what the message is about before what only came along. Of a
    /// regression, what has recovered while the message waited is left out.
    private static List<RuleChange> rules(Direction direction, List<Part> parts) {
        var changes = new LinkedHashMap<String, RuleChange>();
        for (var part : parts) {
            for (var change : part.transition().changes()) {
                if (change.turns() || changes.containsKey(change.rule())) {
                    changes.merge(change.rule(), change, Composer::since);
                }
            }
        }
        var bad = parts.getLast().unresolved();
        var shown = new ArrayList<>(changes.values());
        shown.removeIf(
                direction == Direction.REGRESSION && !bad.isEmpty()
                        ? it -> !bad.contains(it.rule())
                        : it -> !it.turns());
        return shown;
    }

    private static RuleChange since(RuleChange earlier, RuleChange later) {
        return new RuleChange(
                later.rule(),
                later.title(),
                later.level(),
                earlier.before(),
                later.after(),
                later.message(),
                later.remediation());
    }

    private static Rule rule(RuleChange it) {
        var remediation = good(it) || it.remediation() == null ? "" : it.remediation();
        var link = Links.checked(remediation).orElse(null);
        return new Rule(
                Text.line(it.title().isBlank() ? it.rule() : it.title(), 150),
                change(outcome(it.before()), outcome(it.after())),
                Text.line(it.message(), LINE),
                link != null || remediation.isBlank() ? null : Text.line(Text.steps(remediation), LINE),
                link);
    }

    /// Whether there is nothing left to do.
    private static boolean good(RuleChange it) {
        return it.after() == null || it.after() == Outcome.PASS || it.after() == Outcome.EXEMPT;
    }

    private static String outcome(@Nullable Enum<?> outcome) {
        return outcome == null ? "none" : outcome.name().replace('_', ' ');
    }

    private static String verb(@Nullable Ending ending, int results, boolean complete) {
        return switch (ending) {
            case null -> "regressed";
            case RECOVERED -> complete ? ending.words() : "partly " + ending.words();
            case NO_LONGER_JUDGED, JUDGED_DIFFERENTLY -> (results == 1 ? "is " : "are ") + ending.words();
        };
    }

    private static Ending ending(Collection<List<Part>> results) {
        var last = results.stream().map(it -> it.getLast().transition()).toList();
        if (last.stream().anyMatch(it -> it.kind() == TransitionKind.RECOVERED)) {
            return Ending.RECOVERED;
        }
        return last.stream().anyMatch(Composer::gone) ? Ending.NO_LONGER_JUDGED : Ending.JUDGED_DIFFERENTLY;
    }

    /// Whether the whole result is gone, or a rule that failed, and so nobody says that it is good.
    private static boolean gone(Transition it) {
        var before = it.before();
        var after = it.after();
        return after == null
                || (before != null
                        && before.outcomes().entrySet().stream()
                                .filter(rule -> rule.getValue() == Outcome.FAIL || rule.getValue() == Outcome.ERROR)
                                .map(rule -> after.outcomes().getOrDefault(rule.getKey(), Outcome.NOT_APPLICABLE))
                                .anyMatch(Outcome.NOT_APPLICABLE::equals));
    }

    private static String headline(String verb, List<Item> items, int entities) {
        var item = items.getFirst();
        var level = item.levelChanged() ? " (" + item.level() + ")" : "";
        var rules = item.rules().isEmpty()
                ? item.scorecard()
                : item.rules().getFirst().title();
        var further = item.rules().size() + item.more() - 1;
        return entities == 1
                ? Text.line(
                        "%s %s: %s%s%s"
                                .formatted(
                                        item.name(),
                                        verb,
                                        rules,
                                        further > 0 ? " and %d more".formatted(further) : "",
                                        level),
                        140)
                : Text.line("%d entities %s: %s".formatted(entities, verb, rules), 140);
    }

    /// The message that tells all of a window: what regressed, and what recovered.
    ///
    /// @param every such as `Daily`
    public Message digest(String every, @Nullable String owner, List<Part> parts, Map<String, String> titles) {
        var results = parts.stream()
                .collect(Collectors.groupingBy(
                        Composer::result, Collectors.mapping(Part::transition, Collectors.toList())));
        var regressed =
                results.values().stream().filter(it -> new Course(it).isWorse()).count();
        var recovered = results.size() - regressed;
        var direction = regressed == 0 ? Direction.RECOVERY : Direction.REGRESSION;
        var it = compose(direction, owner, parts, titles, null);
        var headline = "%s digest: %s%s%s"
                .formatted(
                        every,
                        regressed > 0 ? regressed + " regressed" : "",
                        regressed > 0 && recovered > 0 ? ", " : "",
                        recovered > 0 ? recovered + " recovered" : "");
        return new Message(
                direction,
                headline,
                headline,
                owner,
                it.items(),
                it.more(),
                it.link(),
                it.why(),
                null,
                it.complete(),
                it.ending(),
                it.at());
    }

    private static String result(Part it) {
        return it.transition().entity() + "|" + it.transition().scorecard();
    }

    private static Why why(@Nullable String note, List<Part> parts, Cause cause) {
        var causes = parts.stream()
                .map(it -> it.transition().cause())
                .map(it -> it.deliveryId() == null ? it.subject() + "|" + it.fact() + "|" + it.at() : it.deliveryId())
                .distinct()
                .count();
        var before = (note == null ? "" : note + " ") + (causes > 1 ? "The last of %d causes: ".formatted(causes) : "");
        return new Why(
                Text.line(before + sentence(cause), 600),
                cause.actor() == null ? null : Text.line(cause.actor(), 100),
                cause.deliveryId() == null ? null : Text.line(cause.deliveryId(), 200),
                Links.checked(cause.url()).orElse(null),
                cause.at());
    }

    private static String sentence(Cause cause) {
        var source = cause.source()
                + (cause.connection() == null || cause.connection().equals(cause.source())
                        ? ""
                        : " (" + cause.connection() + ")");
        var fact = cause.fact() == null
                ? ""
                : cause.subject() == null ? cause.fact() : cause.fact() + " of " + cause.subject();
        var values = cause.before() == null && cause.after() == null
                ? ""
                : ": " + ValueWords.change(cause.before(), cause.after());
        return switch (cause.kind()) {
            case FACT -> source + " reported " + (fact.isEmpty() ? "a fact" : fact) + values;
            case CLOCK -> "A deadline passed" + (fact.isEmpty() ? "" : " for " + fact) + values;
            case ENTITY -> "The entity was declared or changed by " + source;
            case CLAIM ->
                "The entity began or ceased to claim " + Objects.requireNonNullElse(cause.subject(), "a subject");
            case SCORECARD -> "The scorecard was published or changed by " + source;
            case UNKNOWN -> source + " changed something" + values;
        };
    }

    private static String level(@Nullable String level) {
        return level == null ? "none" : level;
    }

    private static String change(String before, String after) {
        return before.equals(after) ? after : before + " → " + after;
    }

    private static int tier(Transition it) {
        return it.tier() == null ? 9 : it.tier();
    }
}

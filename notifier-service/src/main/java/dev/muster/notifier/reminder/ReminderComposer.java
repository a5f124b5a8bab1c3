package dev.muster.notifier.reminder;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.muster.notifier.initiative.Goal;
import dev.muster.notifier.initiative.Initiatives.Lacking;
import dev.muster.notifier.ledger.ReminderKind;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.message.Message.Item;
import dev.muster.notifier.message.Message.Rule;
import dev.muster.notifier.message.Message.Why;
import dev.muster.notifier.reminder.Reminders.Told;
import dev.muster.notifier.text.Links;
import dev.muster.notifier.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes one message of the reminders of one owner. A pure function.
///
/// @param links addresses of the portal
/// @param maxEntities entities that are listed; further ones are counted
public record ReminderComposer(Links links, int maxEntities) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

    /// What may stand in a command that people paste into a shell.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]*");

    private static final int MAX_RULES = 5;
    private static final int NAMED = 3;
    private static final int LINE = 300;
    private static final int HEADLINE = 140;

    /// The message that attestations and exemptions end.
    ///
    /// @param told what ends, the first to end first; at least one
    /// @param titles titles of entities by reference
    Message ends(@Nullable String owner, List<Told> told, Map<String, String> titles, Instant now) {
        var byPlace = told.stream()
                .collect(groupingBy(
                        it -> it.reminder().entity() + "|" + it.reminder().scorecard(), LinkedHashMap::new, toList()));
        var items = byPlace.values().stream()
                .limit(maxEntities)
                .map(it -> item(it, titles))
                .toList();
        return message(
                endsHeadline(told, items.getFirst().name()),
                owner,
                items,
                byPlace.size() - items.size(),
                links.overview(owner),
                whatThen(told),
                told.getFirst().reminder().endsAt(),
                now);
    }

    private Item item(List<Told> told, Map<String, String> titles) {
        var first = told.getFirst();
        var entity = Objects.requireNonNullElse(first.reminder().entity(), "");
        return new Item(
                Text.line(entity, 200),
                Text.line(titles.getOrDefault(entity, entity), 100),
                Text.line(Objects.requireNonNullElse(first.scorecardTitle(), "every scorecard"), 100),
                "",
                false,
                "",
                told.stream().limit(MAX_RULES).map(ReminderComposer::end).toList(),
                Math.max(0, told.size() - MAX_RULES),
                links.entity(entity));
    }

    private static Rule end(Told it) {
        return new Rule(
                Text.line(title(it), 150),
                "ends " + TIME.format(it.reminder().endsAt()),
                Text.line(basis(it.reminder()), LINE),
                again(it.reminder()),
                null);
    }

    private static String basis(Reminder it) {
        var details = it.details();
        return it.kind() == ReminderKind.ATTESTATION_ENDS
                ? "Attested by %s on %s: %s".formatted(details.by(), DAY.format(details.since()), details.words())
                : "%sAsked for by %s, approved by %s: %s"
                        .formatted(
                                it.finding() == null ? "" : "For %s only. ".formatted(it.finding()),
                                details.by(),
                                details.approvedBy(),
                                details.words());
    }

    /// What to do, with the command when all of it is harmless in a shell.
    private static String again(Reminder it) {
        var attests = it.kind() == ReminderKind.ATTESTATION_ENDS;
        var what = attests ? "Attest it again before then" : "Put it right before then, or ask for a new exemption";
        var words = new ArrayList<>(
                List.of("./muster", attests ? "attest" : "exempt", String.valueOf(it.entity()), it.rule()));
        if (it.scorecard() != null) {
            words.addAll(List.of("--scorecard", it.scorecard()));
        }
        if (it.finding() != null) {
            words.addAll(List.of("--finding", it.finding()));
        }
        var harmless = words.stream()
                .skip(2)
                .allMatch(word -> word.startsWith("--") || PLAIN.matcher(word).matches());
        words.addAll(List.of(attests ? "--evidence" : "--reason", "'…'", "--expires", span(it)));
        var command = String.join(" ", words);
        return harmless && command.length() <= LINE ? what + ": " + command : what;
    }

    /// As long as it was.
    private static String span(Reminder it) {
        return Duration.between(it.details().since(), it.endsAt()).toDays() + "d";
    }

    private static String endsHeadline(List<Told> told, String entity) {
        var day = DAY.format(told.getFirst().reminder().endsAt());
        var attestations = count(told, ReminderKind.ATTESTATION_ENDS);
        var exemptions = count(told, ReminderKind.EXEMPTION_ENDS);
        if (told.size() == 1) {
            return "%s: the %s “%s” ends on %s"
                    .formatted(
                            entity,
                            attestations == 1 ? "attestation of" : "exemption from",
                            Text.line(title(told.getFirst()), 60),
                            day);
        }
        return "%s%s%s end, the first on %s"
                .formatted(
                        counted(attestations, "attestation"),
                        attestations > 0 && exemptions > 0 ? " and " : "",
                        counted(exemptions, "exemption"),
                        day);
    }

    private static int count(List<Told> told, ReminderKind kind) {
        return (int) told.stream().filter(it -> it.reminder().kind() == kind).count();
    }

    private static String counted(int count, String what) {
        return count == 0 ? "" : count + " " + what + (count == 1 ? "" : "s");
    }

    private static String whatThen(List<Told> told) {
        var attestation = count(told, ReminderKind.ATTESTATION_ENDS) == 0
                ? ""
                : "Where an attestation ended, the rule needs other evidence or a new attestation; without either it is"
                        + " stale and holds back its level.";
        var exemption = count(told, ReminderKind.EXEMPTION_ENDS) == 0
                ? ""
                : "Where an exemption ended, the rule counts again, and fails if nothing else has changed.";
        return (attestation + " " + exemption).strip();
    }

    /// The message that rules of one scorecard begin to count.
    ///
    /// @param told rules, the first to count first; at least one
    /// @param entities titles of the owner's entities that the scorecard scores
    Message counts(@Nullable String owner, List<Told> told, List<String> entities, Instant now) {
        var first = told.getFirst();
        var scorecard = first.reminder().subject();
        var title = Text.line(Objects.requireNonNullElse(first.scorecardTitle(), scorecard), 100);
        var link = links.scorecard(scorecard);
        var item = new Item(
                Text.line(scorecard, 200),
                title,
                Text.line(named(entities), LINE),
                "",
                false,
                "",
                told.stream().limit(MAX_RULES).map(ReminderComposer::count).toList(),
                Math.max(0, told.size() - MAX_RULES),
                link);
        return message(
                countsHeadline(told, title),
                owner,
                List.of(item),
                0,
                link,
                "From then on %s for level and score. The page of each entity says what %s as of now."
                        .formatted(
                                told.size() == 1 ? "the rule counts" : "the rules count",
                                told.size() == 1 ? "it would be" : "they would be"),
                first.reminder().endsAt(),
                now);
    }

    /// The message that an initiative comes due, or is.
    ///
    /// @param lacking entities of the owner that are not done; at least one
    Message initiative(@Nullable String owner, Told told, Goal goal, List<Lacking> lacking, Instant now) {
        var over = told.reminder().kind() == ReminderKind.INITIATIVE_OVERDUE;
        var due = goal.due();
        var scorecard = Text.line(Objects.requireNonNullElse(told.scorecardTitle(), goal.scorecard()), 100);
        var items = lacking.stream()
                .limit(maxEntities)
                .map(it -> new Item(
                        Text.line(it.entity(), 200),
                        Text.line(it.title(), 100),
                        scorecard,
                        "",
                        false,
                        "",
                        toDo(it, goal).limit(MAX_RULES).toList(),
                        Math.max(0, it.open().size() - MAX_RULES),
                        links.entity(it.entity())))
                .toList();
        return message(
                "Initiative “%s” %s %s: %d of your entities %s not done"
                        .formatted(
                                Text.line(goal.title(), 60),
                                over ? "is overdue since" : "is due on",
                                DAY.format(due),
                                lacking.size(),
                                lacking.size() == 1 ? "is" : "are"),
                owner,
                items,
                lacking.size() - items.size(),
                links.initiative(goal.name()),
                over
                        ? "It was due at %s; what is not done counts as overdue.".formatted(TIME.format(due))
                        : "What is not done by %s is overdue.".formatted(TIME.format(due)),
                due,
                now);
    }

    private static Stream<Rule> toDo(Lacking it, Goal goal) {
        return goal.level() == null
                ? it.open().stream().map(rule -> new Rule(Text.line(rule, 150), "to be met", "", null, null))
                : Stream.of(new Rule(
                        Text.line("Level " + goal.level(), 150),
                        "to be reached, is " + Objects.requireNonNullElse(it.level(), "none"),
                        "",
                        null,
                        null));
    }

    private static Rule count(Told it) {
        var details = it.reminder().details();
        var remediation = Objects.requireNonNullElse(details.remediation(), "");
        var link = Links.checked(remediation).orElse(null);
        return new Rule(
                Text.line(title(it), 150),
                "counts from %s on".formatted(TIME.format(it.reminder().endsAt())),
                Text.line("Needed for level " + details.level(), LINE),
                link != null || remediation.isBlank() ? null : Text.line(Text.steps(remediation), LINE),
                link);
    }

    private static String title(Told it) {
        return it.ruleTitle().isBlank() ? it.reminder().rule() : it.ruleTitle();
    }

    private static String countsHeadline(List<Told> told, String scorecard) {
        var first = DAY.format(told.getFirst().reminder().endsAt());
        if (told.size() == 1) {
            return "%s: “%s” counts from %s on".formatted(scorecard, Text.line(title(told.getFirst()), 60), first);
        }
        return first.equals(DAY.format(told.getLast().reminder().endsAt()))
                ? "%s: %d rules count from %s on".formatted(scorecard, told.size(), first)
                : "%s: %d rules begin to count, the first on %s".formatted(scorecard, told.size(), first);
    }

    private static String named(List<String> entities) {
        var shown = String.join(
                ", ",
                entities.stream().limit(NAMED).map(it -> Text.line(it, 60)).toList());
        return entities.size() > NAMED ? "%s and %d more".formatted(shown, entities.size() - NAMED) : shown;
    }

    private static Message message(
            String headline,
            @Nullable String owner,
            List<Item> items,
            int more,
            String link,
            String whatThen,
            Instant at,
            Instant now) {
        var line = Text.line(headline, HEADLINE);
        return new Message(
                Direction.REMINDER,
                line,
                line,
                owner,
                items,
                more,
                link,
                new Why(whatThen, null, null, null, at),
                null,
                true,
                null,
                now);
    }
}

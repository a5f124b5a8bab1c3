package dev.muster.notifier.reminder;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.TEAM;

import dev.muster.notifier.message.Message;
import dev.muster.notifier.reminder.Reminders.Told;
import dev.muster.notifier.text.Links;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Messages of reminders, for tests of channels.
public final class ReminderExamples {

    private static final ReminderComposer COMPOSER =
            new ReminderComposer(new Links(URI.create("https://muster.example")), 40);
    private static final Instant DAY = NOON.plus(Duration.ofDays(30));

    private ReminderExamples() {}

    /// An exemption of payments and an attestation end.
    public static Message ends() {
        var exemption = ReminderReader.read(Declared.approved("e1", Duration.ofDays(30)), Duration.ofDays(7));
        var attestation = ReminderReader.read(Declared.attestation("a1", Duration.ofDays(31)), Duration.ofDays(7));
        return COMPOSER.ends(
                TEAM,
                List.of(
                        new Told(exemption.reminders().getFirst(), "No known CVE", null),
                        new Told(attestation.reminders().getFirst(), "Critical events are logged", null)),
                Map.of(),
                NOON);
    }

    /// Rules begin to count, for that many entities.
    public static Message counts(int rules, int entities, IntFunction<String> text) {
        return COMPOSER.counts(
                TEAM,
                IntStream.range(0, rules)
                        .mapToObj(i -> new Told(rule(text.apply(i), DAY.plusSeconds(i)), text.apply(i), text.apply(i)))
                        .toList(),
                IntStream.range(0, entities).mapToObj(text).toList(),
                NOON);
    }

    /// Attestations and exemptions of that many entities end.
    public static Message ends(int entities, IntFunction<String> text) {
        return COMPOSER.ends(
                TEAM,
                IntStream.range(0, entities)
                        .mapToObj(i -> new Told(end(text.apply(i) + i, text.apply(i)), text.apply(i), text.apply(i)))
                        .toList(),
                Map.of(),
                NOON);
    }

    private static Reminder end(String entity, String text) {
        var it = ReminderReader.read(Declared.approved("e1", Duration.ofDays(30)), Duration.ofDays(7))
                .reminders()
                .getFirst();
        return new Reminder(
                it.id(),
                it.kind(),
                it.subject(),
                entity,
                text,
                text,
                text,
                it.endsAt(),
                it.dueAt(),
                new Reminder.Details(text, text, NOON, text, null, null));
    }

    private static Reminder rule(String text, Instant from) {
        var it = ReminderReader.read(
                        Declared.scorecard(2, NOON, Declared.rule("new", "New", from)), Duration.ofDays(14))
                .reminders()
                .getFirst();
        return new Reminder(
                it.id(),
                it.kind(),
                text,
                null,
                it.rule(),
                text,
                null,
                it.endsAt(),
                it.dueAt(),
                new Reminder.Details(null, null, NOON, "", text, text));
    }
}

package dev.muster.notifier.reminder;

import dev.muster.notifier.ledger.ReminderKind;
import dev.muster.notifier.reminder.Reminder.Details;
import dev.muster.notifier.text.Text;
import dev.muster.schemas.v1.Attestation;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.Initiative;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.schemas.v1.Step;
import dev.muster.schemas.v1.StepKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The one place where Avro becomes [Noted]. Pure.
final class ReminderReader {

    /// So that a scorecard may be corrected, and has scored what it scores, before owners hear of its rules.
    static final Duration SETTLING = Duration.ofMinutes(5);

    /// Of what lasts less long, whoever made it need not be reminded.
    static final Duration SHORTEST = Duration.ofDays(1);

    /// An initiative that is overdue for longer, such as at the first start, is no news.
    static final Duration STILL_NEWS = Duration.ofDays(7);

    private ReminderReader() {}

    /// An attestation that stands ends one day.
    ///
    /// @param notice how long before people hear of it; zero for never
    static Noted read(Attestation it, Duration notice) {
        var last = last(it.getSteps());
        return noted(
                last.getKind() == StepKind.ATTESTED,
                notice,
                ends(
                        ReminderKind.ATTESTATION_ENDS,
                        it.getId(),
                        it.getEntity(),
                        it.getRule(),
                        it.getScorecard(),
                        null,
                        it.getExpiresAt(),
                        notice,
                        new Details(
                                Text.stored(last.getActor()),
                                null,
                                last.getAt(),
                                Text.stored(it.getEvidence()),
                                null,
                                null)));
    }

    /// An exemption that is approved ends one day.
    ///
    /// @param notice how long before people hear of it; zero for never
    static Noted read(Exemption it, Duration notice) {
        var last = last(it.getSteps());
        return noted(
                last.getKind() == StepKind.APPROVED,
                notice,
                ends(
                        ReminderKind.EXEMPTION_ENDS,
                        it.getId(),
                        it.getEntity(),
                        it.getRule(),
                        it.getScorecard(),
                        it.getFinding(),
                        it.getExpiresAt(),
                        notice,
                        new Details(
                                Text.stored(it.getSteps().getFirst().getActor()),
                                Text.stored(last.getActor()),
                                last.getAt(),
                                Text.stored(it.getReason()),
                                null,
                                null)));
    }

    private static Step last(List<Step> steps) {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("it has no steps");
        }
        return steps.getLast();
    }

    private static Noted noted(boolean stands, Duration notice, Reminder it) {
        var since = it.details().since();
        var tells = stands
                && notice.isPositive()
                && Duration.between(since, it.endsAt()).compareTo(SHORTEST) >= 0;
        return new Noted(it.kind(), it.subject(), since, tells ? List.of(it) : List.of());
    }

    private static Reminder ends(
            ReminderKind kind,
            String subject,
            String entity,
            String rule,
            @Nullable String scorecard,
            @Nullable String finding,
            Instant endsAt,
            Duration notice,
            Details details) {
        var half = Duration.between(details.since(), endsAt).dividedBy(2);
        return new Reminder(
                Reminder.id(kind, Text.stored(subject), Text.stored(rule), endsAt),
                kind,
                Text.stored(subject),
                Text.stored(entity),
                Text.stored(rule),
                Text.storedOrNull(scorecard),
                Text.storedOrNull(finding),
                endsAt,
                endsAt.minus(shorter(notice, half)),
                details);
    }

    /// Rules count from a day on. A draft, and a scorecard that tells no regressions, announces none.
    ///
    /// @param notice how long before people hear of it; zero for never
    static Noted read(Scorecard it, Duration notice) {
        var tells = !it.getDraft() && it.getNotifyRegressions() && notice.isPositive();
        return new Noted(
                ReminderKind.RULE_COUNTS,
                Text.stored(it.getName()),
                it.getPublishedAt(),
                it.getRules().stream()
                        .filter(rule -> tells && rule.getEffectiveFrom() != null)
                        .map(rule -> counts(it, rule, notice))
                        .toList());
    }

    private static Reminder counts(Scorecard it, Rule rule, Duration notice) {
        var name = Text.stored(it.getName());
        var from = Objects.requireNonNull(rule.getEffectiveFrom());
        var span = Duration.between(it.getPublishedAt(), from);
        var longest = span.minus(shorter(SETTLING, span.dividedBy(2)));
        return new Reminder(
                Reminder.id(ReminderKind.RULE_COUNTS, name, Text.stored(rule.getId()), from),
                ReminderKind.RULE_COUNTS,
                name,
                null,
                Text.stored(rule.getId()),
                name,
                null,
                from,
                from.minus(shorter(notice, longest)),
                new Details(
                        null,
                        null,
                        it.getPublishedAt(),
                        "",
                        Text.stored(rule.getLevel()),
                        Text.storedOrNull(rule.getRemediation())));
    }

    /// An initiative comes due one day; who is not done then is told once more.
    ///
    /// @param notice how long before people hear of it; zero for never
    static List<Noted> read(Initiative it, Duration notice) {
        var longest = shorter(
                SETTLING, Duration.between(it.getAppliedAt(), it.getDue()).dividedBy(2));
        var before = shorter(notice, Duration.between(it.getAppliedAt().plus(longest), it.getDue()));
        return List.of(
                initiative(
                        it,
                        ReminderKind.INITIATIVE_DUE,
                        it.getDue(),
                        it.getDue().minus(before),
                        notice),
                initiative(it, ReminderKind.INITIATIVE_OVERDUE, it.getDue().plus(STILL_NEWS), it.getDue(), notice));
    }

    private static Noted initiative(Initiative it, ReminderKind kind, Instant endsAt, Instant dueAt, Duration notice) {
        var name = Text.stored(it.getName());
        var scorecard = Text.stored(it.getScorecard());
        var reminder = new Reminder(
                Reminder.id(kind, name, scorecard, it.getDue()),
                kind,
                name,
                null,
                "",
                scorecard,
                null,
                endsAt,
                dueAt,
                new Details(
                        Text.stored(it.getAppliedBy()),
                        null,
                        it.getAppliedAt(),
                        Text.stored(it.getTitle()),
                        Text.storedOrNull(it.getLevel()),
                        null));
        return new Noted(
                kind,
                name,
                it.getAppliedAt(),
                notice.isPositive() && it.getDue().isAfter(it.getAppliedAt()) ? List.of(reminder) : List.of());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

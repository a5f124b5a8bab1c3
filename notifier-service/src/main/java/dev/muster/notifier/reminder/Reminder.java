package dev.muster.notifier.reminder;

import dev.muster.notifier.ledger.ReminderKind;
import dev.muster.notifier.text.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that ends or begins on a day, and that owners hear of before.
///
/// @param id the same whenever it is read; another one when the day changes
/// @param subject id of the attestation or exemption, name of the scorecard
/// @param entity null for a rule: all that the scorecard scores
/// @param scorecard null for every one that has the rule
/// @param finding the one finding that an exemption is about, null for the whole rule
/// @param endsAt when it ends, or the rule begins to count
/// @param dueAt when people are to hear of it
record Reminder(
        String id,
        ReminderKind kind,
        String subject,
        @Nullable String entity,
        String rule,
        @Nullable String scorecard,
        @Nullable String finding,
        Instant endsAt,
        Instant dueAt,
        Details details) {

    /// What only its message needs.
    ///
    /// @param by who attested or asked for it
    /// @param approvedBy who approved it
    /// @param since since when it stands; of a rule, when it was published
    /// @param words evidence of an attestation, reason of an exemption
    /// @param level level that needs the rule
    record Details(
            @Nullable String by,
            @Nullable String approvedBy,
            Instant since,
            String words,
            @Nullable String level,
            @Nullable String remediation) {}

    static String id(ReminderKind kind, String subject, String rule, Instant endsAt) {
        return Digest.of("reminder", kind.name(), subject, rule, endsAt.toString());
    }
}

package dev.muster.notifier.reminder;

import dev.muster.notifier.ledger.ReminderKind;
import java.time.Instant;
import java.util.List;

/// All that one record asks to be reminded of.
///
/// @param asOf how new the record is; older ones say nothing any more
/// @param reminders none when it does not stand, or nobody is to hear of it
record Noted(ReminderKind kind, String subject, Instant asOf, List<Reminder> reminders) {

    Noted {
        reminders = List.copyOf(reminders);
    }
}

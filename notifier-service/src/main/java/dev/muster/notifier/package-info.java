/// Tells people: transitions in, messages out, each with a known end.
///
/// **Promises.** A transition that is consumed twice makes one message. Pending work survives a crash: it is in the
/// ledger before the offset is committed. Every notification ends at every destination as sent, accepted, suppressed
/// or failed, with a reason. **Does not promise.** Exactly once to people: a crash between sending and recording
/// gives one duplicate with the same id.
///
/// Start reading at [dev.muster.notifier.pipeline]; reminders begin in [dev.muster.notifier.reminder].
@NullMarked
package dev.muster.notifier;

import org.jspecify.annotations.NullMarked;

/// Who hears before a day: that an attestation or an exemption ends, that a rule begins to count.
///
/// `read → note → take what is due → group (owner) → compose`: [dev.muster.notifier.reminder.Noting] keeps what
/// stands, [dev.muster.notifier.reminder.Reminding] gathers what is due into notifications. From there on they go the
/// way of all others: routed, sent, receipted.
///
/// **Promises.** One reminder for each end, at least once, to the owner of that day. What is withdrawn, revoked,
/// renewed or changed before is not told. What became due while nobody looked is told late, but never after its end.
@NullMarked
package dev.muster.notifier.reminder;

import org.jspecify.annotations.NullMarked;

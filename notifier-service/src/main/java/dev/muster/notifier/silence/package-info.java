/// Silences: what somebody does not want to hear of for a time.
///
/// A silence holds back, it drops nothing: what is still so when it ends is told then, in one message.
/// Who silenced what, why, and who ended it early stays in the ledger. One is made through the API, or by
/// the link in a
/// message that snoozes what it tells.
@NullMarked
package dev.muster.notifier.silence;

import org.jspecify.annotations.NullMarked;

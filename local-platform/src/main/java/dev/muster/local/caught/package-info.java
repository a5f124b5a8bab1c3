/// Catches what Muster sends to people from this machine, so that it can be looked at and goes to nobody: mail, and
/// messages to Slack.
///
/// The HTTP paths of mail are a few of Mailpit's, so that scripts for the one read the other.
@NullMarked
package dev.muster.local.caught;

import org.jspecify.annotations.NullMarked;

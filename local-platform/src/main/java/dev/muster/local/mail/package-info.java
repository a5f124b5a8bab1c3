/// Catches the mail that Muster sends on this machine, so that it can be looked at and goes to nobody.
///
/// The HTTP paths are a few of Mailpit's, so that scripts for the one read the other.
@NullMarked
package dev.muster.local.mail;

import org.jspecify.annotations.NullMarked;

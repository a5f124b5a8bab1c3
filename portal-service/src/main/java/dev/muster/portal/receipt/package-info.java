/// What became of messages to people.
@NullMarked
package dev.muster.portal.receipt;

import org.jspecify.annotations.NullMarked;

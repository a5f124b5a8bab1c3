/// Silences of the notifier: what somebody does not want to hear of for a time.
@NullMarked
package dev.muster.portal.silence;

import org.jspecify.annotations.NullMarked;

/// What people did to the notifier, for the audit trail.
@NullMarked
package dev.muster.notifier.audit;

import org.jspecify.annotations.NullMarked;

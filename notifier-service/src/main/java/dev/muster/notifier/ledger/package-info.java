/// The durable memory of the service in PostgreSQL: transitions, episodes, notifications.
@NullMarked
package dev.muster.notifier.ledger;

import org.jspecify.annotations.NullMarked;

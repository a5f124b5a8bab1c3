/// Who hears about what: `dedupe → episode → suppress → group (owner and cause) → route → compose → ledger`.
///
/// Every decision is a pure function with a named reason: [dev.muster.notifier.pipeline.Deciding],
/// [dev.muster.notifier.pipeline.Grouping], [dev.muster.notifier.pipeline.Routing]. They run inside one database
/// transaction each: [dev.muster.notifier.pipeline.Intake] up to the group, [dev.muster.notifier.pipeline.Closing]
/// from there. What follows, rendering and sending, is [dev.muster.notifier.delivery].
@NullMarked
package dev.muster.notifier.pipeline;

import org.jspecify.annotations.NullMarked;

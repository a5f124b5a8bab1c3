/// Who hears about what: \`dedupe → episode → suppress → group (owner and cause) → route → compose → ledger\`.
///
/// Every decision is a pure function with a named reason: [dev.muster.notifier.pipeline.Deciding],
/// [dev.muster.notifier.pipeline.Grouping],
/// [dev.muster.notifier.pipeline.Routing]. [dev.muster.notifier.pipeline.Intake] and
/// [dev.muster.notifier.pipeline.Closing] run them
/// inside one database transaction each. What follows, rendering and sending, is [dev.muster.notifier.delivery].
@NullMarked
package dev.muster.notifier.pipeline;

import org.jspecify.annotations.NullMarked;

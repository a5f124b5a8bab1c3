/// Webhooks and declarations in; deliveries, facts, catalogue and scorecards out.
///
/// **Promises.** What was answered with 202 is in Kafka. What is authentic is never lost: what cannot be mapped becomes
/// a dead letter.
/// **Does not promise.** That a delivery is mapped once: facts are registers, a second time changes nothing.
///
/// Start reading at [dev.muster.ingest.webhook] for the way in, [dev.muster.ingest.normaliser] for the way on.
@NullMarked
package dev.muster.ingest;

import org.jspecify.annotations.NullMarked;

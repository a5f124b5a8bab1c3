/// `/v1/attestations` and `/v1/exemptions`: what people decide about rules, each in their own name and for a time.
///
/// **Promises.** What was answered with 200, 201 or 204 is on its own topic with its history, on the audit topic, and
/// on the topic of facts that the evaluator reads: all three in one transaction of the one instance that may write.
/// Nothing accepted is lost by a crash between them, and the evaluator hears of nothing that was not accepted. What was
/// answered with 503 may have been written, as a whole, or not at all: read it again.
/// **Does not promise.** Anything about the past: a rule, an owner or a team may be another one by now. A crash within
/// the transaction keeps readers of facts waiting until the next writer undoes it, 10 s at most.
///
/// Start reading at [ExemptionController].
@NullMarked
package dev.muster.ingest.waiver;

import org.jspecify.annotations.NullMarked;

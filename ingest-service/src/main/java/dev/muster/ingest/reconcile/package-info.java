/// Reads from GitHub's API what webhooks cannot give: what they name without saying what changed, what was missed, what
/// was there before.
///
/// **Promises.** What it reads is journalled as a delivery of the source `github-api` and leads to the same facts as
/// webhooks do. What GitHub told later wins. Nothing that an invalidation named is lost while GitHub cannot be asked; a
/// snapshot goes on after a restart where it was.
/// **Does not promise.** That a thing is read once: it is read again rather than not at all.
///
/// One instance works at a time: the one that has partition 0 of the topic of reconciliations in the group
/// `muster-reconciler`, as Kafka's group protocol decides. An instance that has lost it without knowing yet may ask
/// GitHub for a while longer, which does no harm: facts bear being told twice.
///
/// Start reading at [Reconciler].
@NullMarked
package dev.muster.ingest.reconcile;

import org.jspecify.annotations.NullMarked;

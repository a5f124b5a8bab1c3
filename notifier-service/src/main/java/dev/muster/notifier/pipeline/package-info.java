/// Who hears about what, and when. Every step is a pure function with a named reason; this is their
/// order:
///
/// 1. *baseline*, [dev.muster.notifier.pipeline.Deciding]: told to nobody (`BASELINE`, `NOTIFY_OFF`, …)
/// 2. *confirm*, [dev.muster.notifier.pipeline.Flapping]: what goes back and forth waits (`FLAPPING`)
/// 3. *inhibit*, [dev.muster.notifier.pipeline.Inhibiting]: a lost level speaks for its rules
/// (`INHIBITED`) 4. *route*, [dev.muster.routing.Routes]: the node of the tree, with its receivers,
/// waits and mutes 5. *group*, [dev.muster.notifier.pipeline.Grouping]: owner, cause and route
/// (`GROUPING`, `DIGEST`, `STORM`) 6. *silence*, [dev.muster.notifier.silence.Silence]: waits until the
/// silence ends (`SILENCED`) 7. *mute*, [dev.muster.notifier.pipeline.Holding]: waits until the mute
/// time ends (`MUTED`) 8. *destinations*, [dev.muster.notifier.pipeline.Routing]: of the owner, the
/// node or the fallback
///
/// [dev.muster.notifier.pipeline.Intake] takes a transition as far as its group, in one database
/// transaction; [dev.muster.notifier.pipeline.Closing] goes on once the wait of the group is over, in
/// another. What waits is withdrawn when it recovers meanwhile; nothing is dropped because of a
/// silence, a mute or a storm. What follows, rendering and sending, is [dev.muster.notifier.delivery].
@NullMarked
package dev.muster.notifier.pipeline;

import org.jspecify.annotations.NullMarked;

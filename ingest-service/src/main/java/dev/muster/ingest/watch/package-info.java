/// How the connections report: what this instance saw of each is put together with what others saw, judged, and told as
/// facts about `connection:NAME`, so that scorecards, the portal and messages need no other way.
///
/// Start reading at [ConnectionWatch].
@NullMarked
package dev.muster.ingest.watch;

import org.jspecify.annotations.NullMarked;

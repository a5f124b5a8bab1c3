/// `/v1/scorecards`: scorecard files in, versioned scorecards out.
@NullMarked
package dev.muster.ingest.scorecard;

import org.jspecify.annotations.NullMarked;

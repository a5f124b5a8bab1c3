/// Results of the past, made again of what is recorded.
///
/// Start reading at [PastResults].
@NullMarked
package dev.muster.portal.asof;

import org.jspecify.annotations.NullMarked;

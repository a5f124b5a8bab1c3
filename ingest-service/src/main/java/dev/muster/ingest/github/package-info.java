/// GitHub's REST and GraphQL API as far as Muster reads it: credentials, pages, limits, conditional requests. Knows
/// nothing of facts.
@NullMarked
package dev.muster.ingest.github;

import org.jspecify.annotations.NullMarked;

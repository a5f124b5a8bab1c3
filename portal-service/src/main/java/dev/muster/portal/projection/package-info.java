/// Copies topics into PostgreSQL, each record once in effect, and says what changed after it is committed.
@NullMarked
package dev.muster.portal.projection;

import org.jspecify.annotations.NullMarked;

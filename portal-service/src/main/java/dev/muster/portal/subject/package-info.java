/// What tools talk about, and what nobody claims.
@NullMarked
package dev.muster.portal.subject;

import org.jspecify.annotations.NullMarked;

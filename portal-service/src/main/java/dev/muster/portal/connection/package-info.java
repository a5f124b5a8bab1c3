/// How each connection reports.
@NullMarked
package dev.muster.portal.connection;

import org.jspecify.annotations.NullMarked;

/// The view of those who own.
@NullMarked
package dev.muster.portal.team;

import org.jspecify.annotations.NullMarked;

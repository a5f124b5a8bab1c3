/// What changed, when and why.
@NullMarked
package dev.muster.portal.transition;

import org.jspecify.annotations.NullMarked;

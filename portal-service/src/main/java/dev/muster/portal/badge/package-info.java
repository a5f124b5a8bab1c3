/// A level as a small picture, to be shown elsewhere.
@NullMarked
package dev.muster.portal.badge;

import org.jspecify.annotations.NullMarked;

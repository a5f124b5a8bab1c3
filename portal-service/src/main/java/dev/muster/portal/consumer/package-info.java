/// Consumers for those who read topics by themselves, apart from the projections.
@NullMarked
package dev.muster.portal.consumer;

import org.jspecify.annotations.NullMarked;

/// Transitions as this service reads them from the topic.
@NullMarked
package dev.muster.notifier.transition;

import org.jspecify.annotations.NullMarked;

/// What the service counts, with closed sets of labels.
@NullMarked
package dev.muster.notifier.metrics;

import org.jspecify.annotations.NullMarked;

/// What owners say about how they are told: in the catalogue, or by page.
@NullMarked
package dev.muster.notifier.preference;

import org.jspecify.annotations.NullMarked;

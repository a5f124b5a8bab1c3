/// What the evaluator counts.
@NullMarked
package dev.muster.evaluator.meters;

import org.jspecify.annotations.NullMarked;

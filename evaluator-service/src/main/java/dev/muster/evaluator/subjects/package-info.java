/// Second step: what is known of each subject, and to whom it matters.
@NullMarked
package dev.muster.evaluator.subjects;

import org.jspecify.annotations.NullMarked;

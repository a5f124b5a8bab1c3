/// First step: which claims of an entity are new, and which ended.
@NullMarked
package dev.muster.evaluator.claims;

import org.jspecify.annotations.NullMarked;

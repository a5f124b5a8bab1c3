/// What is true: facts, rules, outcomes, results and transitions, as pure functions of facts and time.
@NullMarked
package dev.muster.engine;

import org.jspecify.annotations.NullMarked;

/// How both stages keep the registers of facts.
@NullMarked
package dev.muster.evaluator.registers;

import org.jspecify.annotations.NullMarked;

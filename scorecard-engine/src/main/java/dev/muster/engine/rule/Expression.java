package dev.muster.engine.rule;

import dev.cel.runtime.Program;
import java.util.Set;

/// A compiled expression and what it reads.
///
/// @param reads facts that it mentions
/// @param asked those of them that it asks for with `has()` or optional syntax, so that it does without a
///     report
record Expression(Program program, Set<String> reads, Set<String> asked) {

    Expression {
        reads = Set.copyOf(reads);
        asked = Set.copyOf(asked);
    }
}

package dev.muster.engine.rule;

import dev.muster.engine.rule.Expressions.Flaw;
import java.util.List;
import java.util.stream.Collectors;

/// An expression does not compile.
final class FlawedExpression extends Exception {

    private final transient List<Flaw> flaws;

    FlawedExpression(List<Flaw> flaws) {
        super(flaws.stream().map(Flaw::message).collect(Collectors.joining("; ")));
        this.flaws = List.copyOf(flaws);
    }

    List<Flaw> flaws() {
        return flaws;
    }
}

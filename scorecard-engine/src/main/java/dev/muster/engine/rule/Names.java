package dev.muster.engine.rule;

import dev.cel.common.ast.CelExpr;
import java.util.Set;
import java.util.stream.Stream;

/// Looks for names in expressions.
final class Names {

    private Names() {}

    /// True when the expression has a variable of one of these names anywhere, its own loops included.
    static boolean anyIn(CelExpr expr, Set<String> names) {
        return expr.getKind() == CelExpr.ExprKind.Kind.IDENT
                ? names.contains(expr.ident().name())
                : parts(expr).anyMatch(part -> anyIn(part, names));
    }

    private static Stream<CelExpr> parts(CelExpr expr) {
        return switch (expr.getKind()) {
            case SELECT -> Stream.of(expr.select().operand());
            case CALL -> Stream.concat(expr.call().target().stream(), expr.call().args().stream());
            case LIST -> expr.list().elements().stream();
            case MAP -> expr.map().entries().stream().flatMap(it -> Stream.of(it.key(), it.value()));
            case STRUCT -> expr.struct().entries().stream().map(CelExpr.CelStruct.Entry::value);
            case COMPREHENSION -> {
                var loop = expr.comprehension();
                yield Stream.of(
                        loop.iterRange(), loop.accuInit(), loop.loopCondition(), loop.loopStep(), loop.result());
            }
            case CONSTANT, IDENT, NOT_SET -> Stream.empty();
        };
    }
}

package dev.muster.engine.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelUnparserVisitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An expression as its writer sees it: `all`, `filter`, `has` as they were written and not the loops and tests that
/// CEL
/// makes of them.
final class Shown {

    private static final Set<String> OF_LITERALS = Set.of(RuleFunctions.DURATION_OF, "timestamp");

    private final CelAbstractSyntaxTree ast;

    Shown(CelAbstractSyntaxTree ast) {
        this.ast = ast;
    }

    CelAbstractSyntaxTree ast() {
        return ast;
    }

    CelExpr whole() {
        return ast.getExpr();
    }

    /// What was written there.
    CelExpr written(CelExpr node) {
        return ast.getSource().getMacroCalls().getOrDefault(node.id(), node);
    }

    boolean isMacro(CelExpr node) {
        return ast.getSource().getMacroCalls().containsKey(node.id());
    }

    String text(CelExpr node) {
        return new Words(ast).unparse(node);
    }

    /// Parts that have one value: not what a loop asks of each item, nor what `has()` asks about.
    List<CelExpr> madeOf(CelExpr node) {
        var written = written(node);
        var parts = new ArrayList<CelExpr>();
        switch (written.getKind()) {
            case CALL -> {
                written.call().target().ifPresent(parts::add);
                if (!isMacro(node)) {
                    parts.addAll(written.call().args());
                }
            }
            case SELECT -> parts.add(written.select().operand());
            case LIST -> parts.addAll(written.list().elements());
            case MAP -> written.map().entries().forEach(entry -> parts.add(entry.value()));
            case STRUCT, COMPREHENSION, CONSTANT, IDENT, NOT_SET -> {}
        }
        return parts;
    }

    /// Whether it says its value itself.
    boolean isLiteral(CelExpr node) {
        return switch (node.getKind()) {
            case CONSTANT -> true;
            case LIST -> node.list().elements().stream().allMatch(this::isLiteral);
            case CALL ->
                OF_LITERALS.contains(node.call().function())
                        && node.call().args().stream().allMatch(this::isLiteral);
            case IDENT, SELECT, MAP, STRUCT, COMPREHENSION, NOT_SET -> false;
        };
    }

    /// Without the values that parts had in the last round of a loop.
    Map<Long, Object> outsideOfLoops(Map<Long, Object> values) {
        var inside = new HashSet<Long>();
        collect(whole(), false, inside);
        var outside = new HashMap<>(values);
        outside.keySet().removeAll(inside);
        return outside;
    }

    private static void collect(CelExpr node, boolean loop, Set<Long> inside) {
        if (loop) {
            inside.add(node.id());
        }
        switch (node.getKind()) {
            case CALL -> {
                node.call().target().ifPresent(it -> collect(it, loop, inside));
                node.call().args().forEach(it -> collect(it, loop, inside));
            }
            case SELECT -> collect(node.select().operand(), loop, inside);
            case LIST -> node.list().elements().forEach(it -> collect(it, loop, inside));
            case MAP ->
                node.map().entries().forEach(entry -> {
                    collect(entry.key(), loop, inside);
                    collect(entry.value(), loop, inside);
                });
            case STRUCT -> node.struct().entries().forEach(entry -> collect(entry.value(), loop, inside));
            case COMPREHENSION -> {
                var it = node.comprehension();
                collect(it.iterRange(), loop, inside);
                collect(it.accuInit(), true, inside);
                collect(it.loopCondition(), true, inside);
                collect(it.loopStep(), true, inside);
                collect(it.result(), true, inside);
            }
            case IDENT, CONSTANT, NOT_SET -> {}
        }
    }

    /// Writes texts as those who write YAML do.
    static class Words extends CelUnparserVisitor {

        Words(CelAbstractSyntaxTree ast) {
            super(ast);
        }

        @Override
        protected void visit(CelExpr node, CelConstant constant) {
            if (constant.getKind() == CelConstant.Kind.STRING_VALUE) {
                stringBuilder.append(ValueText.quoted(constant.stringValue()));
            } else {
                super.visit(node, constant);
            }
        }
    }
}

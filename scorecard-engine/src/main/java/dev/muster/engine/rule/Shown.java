package dev.muster.engine.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.parser.CelUnparserVisitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An expression as its writer sees it: `all`, `filter`, `has` as they were written, and not the loops and tests
/// that CEL makes of them.
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

    /// A loop that one item decides.
    ///
    /// @param made what CEL made of it
    /// @param question what is asked of each item
    record Loop(CelComprehension made, CelExpr question) {}

    /// The loop, when a node is one that its last item decided: an `all` that is false, an `exists` that is true.
    Optional<Loop> decided(CelExpr node, @Nullable Object value) {
        var written = written(node);
        if (node.getKind() != Kind.COMPREHENSION || written.getKind() != Kind.CALL) {
            return Optional.empty();
        }
        var call = written.call();
        return (call.function().equals("all") && Boolean.FALSE.equals(value))
                        || (call.function().equals("exists") && Boolean.TRUE.equals(value))
                ? Optional.of(new Loop(node.comprehension(), call.args().getLast()))
                : Optional.empty();
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

    /// The values of what has one value: not of what a loop asks of each item.
    ///
    /// @param root the whole, or what a loop does in a round
    static Map<Long, Object> single(CelExpr root, Map<Long, Object> values) {
        var single = new HashMap<Long, Object>();
        visit(root, false, node -> {
            var value = values.get(node.id());
            if (value != null) {
                single.put(node.id(), value);
            }
        });
        return single;
    }

    /// The loops by the node that says before each round whether there is one.
    Map<Long, CelComprehension> loops() {
        var loops = new HashMap<Long, CelComprehension>();
        visit(whole(), true, node -> {
            if (node.getKind() == Kind.COMPREHENSION) {
                loops.put(node.comprehension().loopCondition().id(), node.comprehension());
            }
        });
        return loops;
    }

    /// Visits a node and all below it.
    ///
    /// @param rounds whether to go into what loops do in a round, too
    static void visit(CelExpr node, boolean rounds, Consumer<CelExpr> visitor) {
        visitor.accept(node);
        switch (node.getKind()) {
            case CALL -> {
                node.call().target().ifPresent(it -> visit(it, rounds, visitor));
                node.call().args().forEach(it -> visit(it, rounds, visitor));
            }
            case SELECT -> visit(node.select().operand(), rounds, visitor);
            case LIST -> node.list().elements().forEach(it -> visit(it, rounds, visitor));
            case MAP ->
                node.map().entries().forEach(entry -> {
                    visit(entry.key(), rounds, visitor);
                    visit(entry.value(), rounds, visitor);
                });
            case STRUCT -> node.struct().entries().forEach(entry -> visit(entry.value(), rounds, visitor));
            case COMPREHENSION -> {
                visit(node.comprehension().iterRange(), rounds, visitor);
                if (rounds) {
                    visit(node.comprehension().loopStep(), true, visitor);
                }
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

package dev.muster.engine.rule;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes an expression with the values in place of what they were read from: logic stays, and so does what is asked
/// about values, such as `<=` and `within()`; values stand to the left and right of it.
final class FilledIn extends Shown.Words {

    private static final Set<String> LOGIC = Set.of("_&&_", "_||_", "!_", "_?_:_");
    private static final Set<String> RELATIONS = Set.of("_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in");

    private final Shown shown;
    private final Map<Long, Object> values;
    private boolean logic = true;

    /// @param values by node
    FilledIn(Shown shown, Map<Long, Object> values) {
        super(shown.ast());
        this.shown = shown;
        this.values = values;
    }

    String text(CelExpr node) {
        return unparse(node);
    }

    @Override
    public void visit(CelExpr node) {
        if (logic && isCall(node) && LOGIC.contains(node.call().function())) {
            super.visit(node);
            return;
        }
        var before = logic;
        var value = logic && asks(node) ? null : value(node);
        logic = false;
        if (value == null) {
            super.visit(node);
        } else {
            stringBuilder.append(ValueText.of(value));
        }
        logic = before;
    }

    /// A value needs no parentheses.
    @Override
    protected void visitMaybeNested(CelExpr node, boolean nested) {
        super.visitMaybeNested(node, nested && (logic || value(node) == null));
    }

    private @Nullable Object value(CelExpr node) {
        return shown.isLiteral(node) ? null : values.get(node.id());
    }

    /// Whether it asks something about values.
    private boolean asks(CelExpr node) {
        if (!isCall(node)) {
            return false;
        }
        var call = node.call();
        return RELATIONS.contains(call.function())
                || (Character.isLetter(call.function().charAt(0))
                        && (call.target().isPresent() || !call.args().isEmpty()));
    }

    private boolean isCall(CelExpr node) {
        return node.getKind() == Kind.CALL && !shown.isMacro(node);
    }
}

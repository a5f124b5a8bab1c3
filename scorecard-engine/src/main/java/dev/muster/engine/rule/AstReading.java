package dev.muster.engine.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.muster.engine.definition.DurationText;
import dev.muster.engine.rule.Expressions.Flaw;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds in a checked expression which facts it reads, which of them it asks for, and literals that can never
/// work.
final class AstReading {

    private static final String FACTS = "facts";

    /// Loops over facts inside one another. What they do together is bounded when they run, see [Steps].
    private static final int MAX_LOOPS = 4;

    private final Set<String> known;
    private final Map<String, Object> params;
    private final Set<String> reads = new TreeSet<>();
    private final Set<String> plain = new TreeSet<>();
    private final Set<String> asked = new TreeSet<>();
    private final Set<String> entity = new TreeSet<>();
    private final List<Flaw> flaws = new ArrayList<>();
    private boolean attests;
    private int loops;
    private @Nullable CelAbstractSyntaxTree ast;

    AstReading(Set<String> known, Map<String, Object> params) {
        this.known = known;
        this.params = params;
    }

    Set<String> reads() {
        return reads;
    }

    /// What it reads as if it were there: `coverage.newCode`, or `alerts` for a fact as a whole.
    Set<String> plain() {
        return plain;
    }

    /// What it asks for: `coverage.newCode`, or `coverage` for the fact itself.
    Set<String> asked() {
        return asked;
    }

    /// Fields of the entity that it reads.
    Set<String> entity() {
        return entity;
    }

    /// Whether it asks for an attestation.
    boolean attests() {
        return attests;
    }

    List<Flaw> flaws() {
        return flaws;
    }

    void read(CelAbstractSyntaxTree checked) {
        this.ast = checked;
        read(checked.getExpr(), Set.of());
    }

    /// @param local variables of enclosing comprehensions, which hide facts of the same name
    private void read(CelExpr expr, Set<String> local) {
        switch (expr.getKind()) {
            case IDENT -> name(expr, local);
            case SELECT -> select(expr, local);
            case CALL -> call(expr, local);
            case LIST -> expr.list().elements().forEach(element -> read(element, local));
            case MAP ->
                expr.map().entries().forEach(entry -> {
                    read(entry.key(), local);
                    read(entry.value(), local);
                });
            case STRUCT -> expr.struct().entries().forEach(entry -> read(entry.value(), local));
            case COMPREHENSION -> comprehension(expr, local);
            case CONSTANT, NOT_SET -> {}
        }
    }

    private void name(CelExpr expr, Set<String> local) {
        var name = expr.ident().name();
        if (local.contains(name)) {
            return;
        }
        if (name.equals(FACTS)) {
            flaw(expr, "'facts' is read one by one, such as facts.coverage");
        } else if (known.contains(name)) {
            reads.add(name);
            plain.add(name);
        }
    }

    private void select(CelExpr expr, Set<String> local) {
        var select = expr.select();
        if (isVariable(select.operand(), "entity", local)) {
            entity.add(select.field());
        }
        path(select.operand(), select.field(), local)
                .ifPresentOrElse(
                        path -> mention(path, select.testOnly() ? asked : plain), () -> read(select.operand(), local));
    }

    private void mention(Path path, Set<String> how) {
        reads.add(path.fact);
        how.add(path.toString());
    }

    private void call(CelExpr expr, Set<String> local) {
        var call = expr.call();
        var arguments = call.args();
        attests |= call.function().equals(RuleFunctions.ATTESTED);
        if ((call.function().equals("_?._") || call.function().equals("_[?_]")) && arguments.size() == 2) {
            var path = text(arguments.get(1)).flatMap(field -> path(arguments.get(0), field, local));
            if (path.isPresent()) {
                mention(path.get(), asked);
                return;
            }
        }
        call.target().ifPresent(target -> read(target, local));
        arguments.forEach(argument -> read(argument, local));
        literals(expr, arguments);
    }

    private void comprehension(CelExpr expr, Set<String> local) {
        var loop = expr.comprehension();
        // A list that is written out has a length that everybody sees.
        read(loop.iterRange(), local);
        var counts = loop.iterRange().getKind() == Kind.LIST ? 0 : 1;
        loops += counts;
        if (counts == 1 && loops == MAX_LOOPS + 1) {
            flaw(
                    expr,
                    "costs too much: more than " + MAX_LOOPS
                            + " loops over facts inside one another, each of which goes"
                            + " through all items for every item of the one around it");
        }
        comprehension(loop, local);
        loops -= counts;
    }

    private void comprehension(CelExpr.CelComprehension loop, Set<String> local) {
        read(loop.accuInit(), local);
        var inside = new TreeSet<>(local);
        inside.add(loop.iterVar());
        inside.add(loop.iterVar2());
        inside.add(loop.accuVar());
        read(loop.loopCondition(), inside);
        read(loop.loopStep(), inside);
        read(loop.result(), inside);
    }

    /// `fact`, or `fact.field`.
    private record Path(String fact, String field) {
        @Override
        public String toString() {
            return field.isEmpty() ? fact : fact + "." + field;
        }
    }

    /// What `operand.field` means when it is a fact (`facts.coverage`) or a field of one (`coverage.newCode`,
    /// `facts.coverage.newCode`, `facts.?coverage.?newCode`).
    private Optional<Path> path(CelExpr operand, String field, Set<String> local) {
        if (isFacts(operand, local)) {
            return Optional.of(new Path(field, ""));
        }
        if (operand.getKind() == Kind.IDENT) {
            var name = operand.ident().name();
            return known.contains(name) && !local.contains(name)
                    ? Optional.of(new Path(name, field))
                    : Optional.empty();
        }
        if (operand.getKind() == Kind.SELECT && !operand.select().testOnly()) {
            return isFacts(operand.select().operand(), local)
                    ? Optional.of(new Path(operand.select().field(), field))
                    : Optional.empty();
        }
        if (operand.getKind() == Kind.CALL && operand.call().function().equals("_?._")) {
            var arguments = operand.call().args();
            return isFacts(arguments.get(0), local)
                    ? text(arguments.get(1)).map(fact -> {
                        asked.add(fact);
                        return new Path(fact, field);
                    })
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isFacts(CelExpr expr, Set<String> local) {
        return isVariable(expr, FACTS, local);
    }

    private static boolean isVariable(CelExpr expr, String name, Set<String> local) {
        return expr.getKind() == Kind.IDENT && expr.ident().name().equals(name) && !local.contains(name);
    }

    private void literals(CelExpr call, List<CelExpr> arguments) {
        switch (call.call().function()) {
            case RuleFunctions.DURATION_OF ->
                literal(arguments, 0)
                        .filter(text -> DurationText.parse(text).isEmpty())
                        .ifPresent(text -> flaw(call, "'" + text + "' is not a duration such as 7d or 12h"));
            case "timestamp" ->
                literal(arguments, 0)
                        .filter(text -> !isTimestamp(text))
                        .ifPresent(
                                text -> flaw(call, "'" + text + "' is not a timestamp such as 2026-12-01T09:00:00Z"));
            case "matches" ->
                literal(arguments, arguments.size() - 1)
                        .flatMap(Regexes::mistake)
                        .ifPresent(mistake -> flaw(call, mistake));
            default -> {}
        }
    }

    /// A text that is known before any evaluation: written out, or a param.
    private Optional<String> literal(List<CelExpr> arguments, int index) {
        if (index < 0 || index >= arguments.size()) {
            return Optional.empty();
        }
        var argument = arguments.get(index);
        if (argument.getKind() == Kind.SELECT
                && argument.select().operand().getKind() == Kind.IDENT
                && argument.select().operand().ident().name().equals("params")) {
            return params.get(argument.select().field()) instanceof String text ? Optional.of(text) : Optional.empty();
        }
        return text(argument);
    }

    private static Optional<String> text(CelExpr expr) {
        return expr.getKind() == Kind.CONSTANT && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(expr.constant().stringValue())
                : Optional.empty();
    }

    private static boolean isTimestamp(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private void flaw(CelExpr at, String message) {
        var source = ast == null ? null : ast.getSource();
        var offset = source == null ? null : source.getPositionsMap().get(at.id());
        var location = source == null || offset == null
                ? Optional.<dev.cel.common.CelSourceLocation>empty()
                : source.getOffsetLocation(offset);
        flaws.add(new Flaw(
                location.map(dev.cel.common.CelSourceLocation::getLine).orElse(1),
                location.map(dev.cel.common.CelSourceLocation::getColumn).orElse(0),
                message));
    }
}

package dev.muster.engine.rule;

import static dev.muster.engine.rule.Plan.anotherType;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.SelectableValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.Program;
import dev.muster.engine.rule.Plan.Condition;
import dev.muster.engine.rule.Plan.Node;
import dev.muster.engine.rule.Plan.NotPlanned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes the [Plan] of a checked expression.
final class Planning {

    private static final Map<String, Operator> OPERATORS = operators();

    private static final Set<Operator> COMPARISONS =
            EnumSet.of(Operator.LESS, Operator.LESS_EQUALS, Operator.GREATER, Operator.GREATER_EQUALS);
    private static final Set<CelType> COMPARED =
            Set.of(SimpleType.INT, SimpleType.DOUBLE, SimpleType.TIMESTAMP, SimpleType.DURATION);

    private final CelAbstractSyntaxTree checked;
    private final Map<String, Integer> globals = new HashMap<>();
    private int places;

    Planning(CelAbstractSyntaxTree checked) {
        this.checked = checked;
    }

    private static Map<String, Operator> operators() {
        var operators = new HashMap<String, Operator>();
        for (var operator : Operator.values()) {
            operators.put(operator.getFunction(), operator);
        }
        return operators;
    }

    /// @throws NotPlanned when it holds what plans do not know
    Plan plan() {
        return new Plan(node(checked.getExpr(), Map.of()), places);
    }

    /// @param locals places of the variables of enclosing loops, which hide others of the same name
    Node node(CelExpr expr, Map<String, Integer> locals) {
        if (locals.isEmpty() || !isWork(expr) || Names.anyIn(expr, locals.keySet())) {
            return made(expr, locals);
        }
        return once(made(expr, Map.of()));
    }

    private static boolean isWork(CelExpr expr) {
        return expr.getKind() == Kind.CALL || expr.getKind() == Kind.SELECT || expr.getKind() == Kind.COMPREHENSION;
    }

    /// Inside a loop, what does not depend on it has one value: the first that is asked for.
    private Node once(Node node) {
        var place = place();
        return run -> {
            var known = run.kept(place);
            if (known == null) {
                known = node.in(run);
                run.local(place, known);
            }
            return known;
        };
    }

    private Node made(CelExpr expr, Map<String, Integer> locals) {
        return switch (expr.getKind()) {
            case CONSTANT -> constant(expr.constant());
            case IDENT -> variable(expr, locals);
            case SELECT -> select(expr.select(), locals);
            case CALL -> call(expr, locals);
            case LIST -> list(expr.list(), locals);
            case MAP -> map(expr.map(), locals);
            case COMPREHENSION -> Loops.planned(this, expr.comprehension(), locals);
            case STRUCT, NOT_SET -> throw new NotPlanned("a message");
        };
    }

    /// A new place for what a run keeps.
    int place() {
        return places++;
    }

    private List<Node> nodes(List<CelExpr> exprs, Map<String, Integer> locals) {
        return exprs.stream().map(each -> node(each, locals)).toList();
    }

    private static Node constant(CelConstant constant) {
        Object value = switch (constant.getKind()) {
            case BOOLEAN_VALUE -> constant.booleanValue();
            case INT64_VALUE -> constant.int64Value();
            case DOUBLE_VALUE -> constant.doubleValue();
            case STRING_VALUE -> constant.stringValue();
            default -> throw new NotPlanned("a constant of " + constant.getKind());
        };
        return _ -> value;
    }

    private Node variable(CelExpr expr, Map<String, Integer> locals) {
        var name = expr.ident().name();
        var local = locals.get(name);
        if (local != null) {
            int place = local;
            return run -> run.local(place);
        }
        var place = globals.computeIfAbsent(name, _ -> place());
        return run -> run.global(place, name);
    }

    private Node select(CelExpr.CelSelect select, Map<String, Integer> locals) {
        var operand = node(select.operand(), locals);
        var field = select.field().intern(); // the names of fields are, too
        return select.testOnly()
                ? (Condition) run -> has(operand.in(run), field)
                : run -> field(operand.in(run), field);
    }

    private static Object field(Object value, String field) {
        return switch (value) {
            case StructureValue structure -> structure.select(field);
            case Map<?, ?> map -> {
                var found = map.get(field);
                if (found == null) {
                    throw anotherType();
                }
                yield found;
            }
            case SelectableValue<?> other -> selectable(other).select(field);
            default -> throw anotherType();
        };
    }

    private static boolean has(Object value, String field) {
        return switch (value) {
            case SelectableValue<?> structure ->
                selectable(structure).find(field).isPresent();
            case Map<?, ?> map -> map.containsKey(field);
            default -> throw anotherType();
        };
    }

    @SuppressWarnings("unchecked") // all that are made here select by name
    private static SelectableValue<String> selectable(SelectableValue<?> value) {
        return (SelectableValue<String>) value;
    }

    private Node list(CelExpr.CelList list, Map<String, Integer> locals) {
        if (!list.optionalIndices().isEmpty()) {
            throw new NotPlanned("optional items");
        }
        var items = nodes(list.elements(), locals).toArray(Node[]::new);
        return run -> {
            var values = new Object[items.length];
            for (var i = 0; i < items.length; i++) {
                values[i] = items[i].in(run);
            }
            return Arrays.asList(values);
        };
    }

    private Node map(CelExpr.CelMap map, Map<String, Integer> locals) {
        var keys = new ArrayList<Node>();
        var values = new ArrayList<Node>();
        for (var entry : map.entries()) {
            if (entry.optionalEntry()) {
                throw new NotPlanned("an optional entry");
            }
            keys.add(node(entry.key(), locals));
            values.add(node(entry.value(), locals));
        }
        return run -> {
            var made = new LinkedHashMap<Object, Object>();
            for (var i = 0; i < keys.size(); i++) {
                if (!(keys.get(i).in(run) instanceof String key)
                        || made.put(key, values.get(i).in(run)) != null) {
                    throw anotherType(); // numbers of several types may be the same key
                }
            }
            return made;
        };
    }

    private Node call(CelExpr expr, Map<String, Integer> locals) {
        var call = expr.call();
        var arguments = new ArrayList<Node>();
        call.target().ifPresent(target -> arguments.add(node(target, locals)));
        arguments.addAll(nodes(call.args(), locals));
        var operator = OPERATORS.get(call.function());
        if (operator == Operator.EQUALS && isFieldAndText(call.args())) {
            return fieldIsText(call.args().getFirst().select(), call.args().getLast(), locals);
        }
        if (operator != null && (!COMPARISONS.contains(operator) || isComparedHere(call.args()))) {
            var known = Operators.planned(operator, arguments);
            if (known != null) {
                return known;
            }
        }
        var overloads = checked.getReference(expr.id())
                .map(reference -> List.copyOf(reference.overloadIds()))
                .orElse(List.of());
        if (overloads.size() != 1) {
            throw new NotPlanned("a call of " + call.function() + " whose types show when it runs");
        }
        var known = function(overloads.getFirst(), arguments);
        return known == null ? asked(expr, arguments) : known;
    }

    /// The most frequent part of all: `item.field == 'text'`.
    private static boolean isFieldAndText(List<CelExpr> arguments) {
        var one = arguments.getFirst();
        var other = arguments.getLast();
        return one.getKind() == Kind.SELECT
                && !one.select().testOnly()
                && other.getKind() == Kind.CONSTANT
                && other.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private Condition fieldIsText(CelExpr.CelSelect select, CelExpr constant, Map<String, Integer> locals) {
        var operand = node(select.operand(), locals);
        var field = select.field().intern();
        var text = constant.constant().stringValue();
        return run -> text.equals(field(operand.in(run), field));
    }

    /// Others, such as `coverage >= 80` of a double and an int, are functions of the runtime.
    private boolean isComparedHere(List<CelExpr> arguments) {
        var types =
                arguments.stream().map(it -> checked.getTypeOrThrow(it.id())).toList();
        return COMPARED.contains(types.getFirst()) && types.getFirst().equals(types.getLast());
    }

    private static @Nullable Node function(String overload, List<Node> arguments) {
        var one = arguments.isEmpty() ? null : arguments.getFirst();
        var other = arguments.size() > 1 ? arguments.get(1) : null;
        if (overload.equals("muster_attested")) {
            return (Condition) run -> run.late.attested();
        }
        if (one != null && other != null) {
            if (overload.equals("muster_within")) {
                return (Condition) run -> run.late.within((Instant) one.in(run), (Duration) other.in(run));
            }
            if (overload.equals("muster_overdue")) {
                return (Condition) run -> !run.late.within((Instant) one.in(run), (Duration) other.in(run));
            }
        }
        var definition = CelSetup.FUNCTIONS.get(overload);
        return definition == null ? null : applied(definition, arguments.toArray(Node[]::new));
    }

    /// A function that the runtime keeps to itself: it is asked for this call alone, with the arguments as variables.
    private Node asked(CelExpr expr, List<Node> arguments) {
        var call = expr.call();
        var names = new ArrayList<CelExpr>();
        var references = new HashMap<>(checked.getReferenceMap());
        var types = new HashMap<>(checked.getTypeMap());
        var given = new ArrayList<CelExpr>();
        call.target().ifPresent(given::add);
        given.addAll(call.args());
        for (var argument : given) {
            var name = "@" + names.size();
            names.add(CelExpr.ofIdent(argument.id(), name));
            references.put(
                    argument.id(), CelReference.newBuilder().setName(name).build());
        }
        var target = call.target().map(_ -> names.getFirst());
        var rest = target.isPresent() ? names.subList(1, names.size()) : names;
        var alone = CelExpr.ofCall(expr.id(), target, call.function(), ImmutableList.copyOf(rest));
        var program = program(CelAbstractSyntaxTree.newCheckedAst(alone, checked.getSource(), references, types));
        var nodes = arguments.toArray(Node[]::new);
        var places = IntStream.range(0, nodes.length).mapToObj(i -> "@" + i).toList();
        return run -> {
            var values = new Object[nodes.length];
            for (var i = 0; i < nodes.length; i++) {
                values[i] = nodes[i].in(run);
            }
            return program.eval(name -> Optional.of(values[places.indexOf(name)])); // a map would be copied
        };
    }

    private static Program program(CelAbstractSyntaxTree ast) {
        try {
            return CelSetup.RUNTIME.createProgram(ast);
        } catch (CelEvaluationException | RuntimeException broken) {
            throw new NotPlanned(String.valueOf(broken.getMessage()));
        }
    }

    private static Node applied(CelFunctionOverload definition, Node[] arguments) {
        return run -> {
            var values = new Object[arguments.length];
            for (var i = 0; i < values.length; i++) {
                values[i] = arguments[i].in(run);
            }
            return definition.apply(values);
        };
    }
}

package dev.muster.engine.rule;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.TypeParamType;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// `filter` and `map` in linear time.
///
/// CEL's own macros make a new list for every item, and its runtime looks at each item of a list wherever it
/// passes one: quadratic in the number of items, minutes at the bound of a collection. These collect into
/// something that the runtime takes for a plain value. Types and results are the same. No expression can
/// name the functions, because `@` cannot be written.
final class ListMacros {

    private static final String NONE = "@none";
    private static final String AND = "@and";
    private static final String LIST = "@list";

    private static final TypeParamType T = TypeParamType.create("T");
    private static final OpaqueType COLLECTED = OpaqueType.create("muster.collected", T);

    /// CEL's macros, with these two in place of its own.
    static final ImmutableList<CelMacro> MACROS = ImmutableList.of(
            CelMacro.newReceiverMacro(
                    "filter",
                    2,
                    (factory, target, arguments) -> Optional.of(
                            loop(factory, target, arguments.get(0), arguments.get(0), Optional.of(arguments.get(1))))),
            CelMacro.newReceiverMacro(
                    "map",
                    2,
                    (factory, target, arguments) ->
                            Optional.of(loop(factory, target, arguments.get(0), arguments.get(1), Optional.empty()))),
            CelMacro.newReceiverMacro(
                    "map",
                    3,
                    (factory, target, arguments) -> Optional.of(
                            loop(factory, target, arguments.get(0), arguments.get(2), Optional.of(arguments.get(1))))));

    static final ImmutableList<CelStandardMacro> STANDARD = ImmutableList.of(
            CelStandardMacro.HAS, CelStandardMacro.ALL, CelStandardMacro.EXISTS, CelStandardMacro.EXISTS_ONE);

    static final ImmutableList<CelFunctionDecl> DECLARATIONS = ImmutableList.of(
            CelFunctionDecl.newFunctionDeclaration(NONE, CelOverloadDecl.newGlobalOverload("muster_none", COLLECTED)),
            CelFunctionDecl.newFunctionDeclaration(
                    AND, CelOverloadDecl.newGlobalOverload("muster_and", COLLECTED, COLLECTED, T)),
            CelFunctionDecl.newFunctionDeclaration(
                    LIST, CelOverloadDecl.newGlobalOverload("muster_list", ListType.create(T), COLLECTED)));

    static final List<CelFunctionBinding> BINDINGS = bindings();

    private ListMacros() {}

    private static List<CelFunctionBinding> bindings() {
        var bindings = new ArrayList<CelFunctionBinding>();
        bindings.addAll(CelFunctionBinding.fromOverloads(
                NONE, CelFunctionBinding.from("muster_none", List.of(), _ -> new Collected(new ArrayList<>()))));
        bindings.addAll(CelFunctionBinding.fromOverloads(
                AND, CelFunctionBinding.from("muster_and", Collected.class, Object.class, Collected::and)));
        bindings.addAll(CelFunctionBinding.fromOverloads(
                LIST, CelFunctionBinding.from("muster_list", Collected.class, Collected::list)));
        return bindings;
    }

    /// Mutable: a loop hands it on from one round to the next and nowhere else.
    private record Collected(List<Object> items) {

        Collected and(Object item) {
            Steps.make(Growth.size(item));
            items.add(item);
            return this;
        }

        List<Object> list() {
            return Collections.unmodifiableList(items);
        }
    }

    /// Whether a loop that begins like that is one of these two.
    static boolean isCollected(CelExpr first) {
        return first.getKind() == Kind.CALL && first.call().function().equals(NONE);
    }

    private static CelExpr loop(
            CelMacroExprFactory factory, CelExpr range, CelExpr variable, CelExpr item, Optional<CelExpr> filter) {
        if (variable.getKind() != Kind.IDENT) {
            return factory.reportError(
                    CelIssue.formatError(factory.getSourceLocation(variable), "the first argument must be a new name"));
        }
        var collected = factory.getAccumulatorVarName();
        var add = factory.newGlobalCall(AND, factory.newIdentifier(collected), item);
        return factory.fold(
                variable.ident().name(),
                range,
                collected,
                factory.newGlobalCall(NONE),
                factory.newBoolLiteral(true),
                filter.map(test -> factory.newGlobalCall(
                                Operator.CONDITIONAL.getFunction(), test, add, factory.newIdentifier(collected)))
                        .orElse(add),
                factory.newGlobalCall(LIST, factory.newIdentifier(collected)));
    }
}

package dev.muster.engine.rule;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.google.common.collect.Sets;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction.Overload.Conversions;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import dev.cel.runtime.standard.StringFunction;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The dialect of CEL that rules are written in: standard CEL with optional values, the functions of
/// [RuleFunctions], and `lowerAscii()`, `upperAscii()`, `trim()`, `join()`, `substring()`, `split()` of
/// CEL's string extension.
///
/// Texts and lists that expressions make are counted, see [Growth]; regular expressions are bounded, see [Regexes].
final class CelSetup {

    /// Characters of an expression.
    static final int MAX_CHARACTERS = 8_000;

    /// Nodes of an expression.
    static final int MAX_NODES = 2_000;

    /// Nesting of an expression.
    static final int MAX_DEPTH = 60;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableOptionalSyntax(true)
            .populateMacroCalls(true)
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(MAX_CHARACTERS)
            .maxParseExpressionNodeCount(MAX_NODES)
            .maxParseRecursionDepth(MAX_DEPTH)
            .comprehensionMaxIterations(Steps.LIMIT)
            .build();

    private static final Set<CelStringExtensions.Function> WITHOUT_JOIN = Set.of(
            CelStringExtensions.Function.LOWER_ASCII,
            CelStringExtensions.Function.UPPER_ASCII,
            CelStringExtensions.Function.TRIM,
            CelStringExtensions.Function.SPLIT,
            CelStringExtensions.Function.SUBSTRING);

    private static final CelStandardFunctions STANDARD = CelStandardFunctions.newBuilder()
            .filterFunctions((function, overload) -> function != CelStandardFunctions.StandardFunction.DURATION
                    && function != CelStandardFunctions.StandardFunction.MATCHES
                    && function != CelStandardFunctions.StandardFunction.ADD
                    && overload != StringFunction.StringOverload.DOUBLE_TO_STRING)
            .build();

    static final RuntimeEquality EQUALITY = RuntimeEquality.create(RuntimeHelpers.create(), OPTIONS);

    /// What functions do, by the overload that the type checker chooses. Without those of CEL's string
    /// extension, which keeps them to itself.
    static final Map<String, CelFunctionOverload> FUNCTIONS = functions();

    static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardFunctions(STANDARD)
            .addLibraries(CelExtensions.optional(), CelExtensions.strings(WITHOUT_JOIN))
            .addLateBoundFunctions(RuleFunctions.LATE)
            .addFunctionBindings(ListMacros.BINDINGS)
            .addFunctionBindings(Growth.bindings(OPTIONS))
            .addFunctionBindings(Regexes.BINDINGS)
            .addFunctionBindings(RuleFunctions.BINDINGS)
            .build();

    private CelSetup() {}

    private static Map<String, CelFunctionOverload> functions() {
        return Stream.of(
                        STANDARD.newFunctionBindings(EQUALITY, OPTIONS),
                        ListMacros.BINDINGS,
                        Growth.bindings(OPTIONS),
                        Regexes.BINDINGS,
                        RuleFunctions.BINDINGS)
                .flatMap(Collection::stream)
                .filter(CelFunctionBinding::isStrict)
                .collect(toUnmodifiableMap(
                        CelFunctionBinding::getOverloadId, CelFunctionBinding::getDefinition, (first, _) -> first));
    }

    static CelCompiler compiler(FactTypes types, Expressions.Role role, Map<String, CelType> paramTypes) {
        var params = FactTypes.params(paramTypes);
        var builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .filterFunctions(
                                (function, overload) -> function != CelStandardDeclarations.StandardFunction.DURATION
                                        && overload != Conversions.DOUBLE_TO_STRING)
                        .build())
                .setStandardMacros(ListMacros.STANDARD)
                .addMacros(ListMacros.MACROS)
                .addLibraries(
                        CelExtensions.optional(),
                        CelExtensions.strings(Sets.union(WITHOUT_JOIN, Set.of(CelStringExtensions.Function.JOIN))))
                .addFunctionDeclarations(RuleFunctions.DECLARATIONS)
                .addFunctionDeclarations(ListMacros.DECLARATIONS)
                .setTypeProvider(types.provider(params))
                .addVar("entity", FactTypes.ENTITY)
                .addVar("params", params);
        if (role == Expressions.Role.MESSAGE) {
            builder.addVar(Judgement.OUTCOME, SimpleType.STRING);
        }
        if (role.readsFacts()) {
            builder.addVar("facts", types.all());
            types.declared().forEach(builder::addVar);
        }
        return builder.build();
    }
}

package dev.muster.engine.rule;

import com.google.common.collect.Sets;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction.Overload.Conversions;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.standard.StringFunction;
import dev.muster.engine.definition.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The dialect of CEL that rules are written in: standard CEL with optional values, and these functions.
///
/// | function | gives |
/// |---|---|
/// | `within(timestamp, duration)` | true until the timestamp plus the duration has passed |
/// | `overdue(timestamp, duration)` | its opposite |
/// | `duration('7d')` | as CEL's, and knows `w` and `d` too |
/// | `string(double)` | as CEL's, without a needless `.0` |
/// | `portion(duration, double)` | a part of a duration |
/// | `unknown(reason)` | no answer: the rule is UNKNOWN, where `has()` alone cannot say so |
/// | `counted(int, one, many)` | `'1 finding is'`, `'2 findings are'` |
/// | `lowerAscii()`, `upperAscii()`, `trim()`, `join()`, `substring()`, `split()` | of CEL's string extension |
///
/// Texts and lists that expressions make are counted, see [Growth]; regular expressions are bounded, see [Regexes].
final class CelSetup {

    /// Characters of an expression.
    static final int MAX_CHARACTERS = 8_000;

    /// Nodes of an expression.
    static final int MAX_NODES = 2_000;

    /// Nesting of an expression.
    static final int MAX_DEPTH = 60;

    static final String WITHIN = "within";
    static final String OVERDUE = "overdue";
    static final String DURATION = "duration";

    /// Names of functions, to guess what was meant.
    static final Set<String> FUNCTIONS =
            Set.of(WITHIN, OVERDUE, DURATION, "portion", "counted", "unknown", "timestamp", "size", "string");

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableOptionalSyntax(true)
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

    private static final List<CelFunctionDecl> DECLARATIONS = List.of(
            CelFunctionDecl.newFunctionDeclaration(
                    WITHIN,
                    CelOverloadDecl.newGlobalOverload(
                            "muster_within", SimpleType.BOOL, SimpleType.TIMESTAMP, SimpleType.DURATION)),
            CelFunctionDecl.newFunctionDeclaration(
                    OVERDUE,
                    CelOverloadDecl.newGlobalOverload(
                            "muster_overdue", SimpleType.BOOL, SimpleType.TIMESTAMP, SimpleType.DURATION)),
            CelFunctionDecl.newFunctionDeclaration(
                    DURATION,
                    CelOverloadDecl.newGlobalOverload("muster_duration", SimpleType.DURATION, SimpleType.STRING)),
            CelFunctionDecl.newFunctionDeclaration(
                    "portion",
                    CelOverloadDecl.newGlobalOverload(
                            "muster_portion", SimpleType.DURATION, SimpleType.DURATION, SimpleType.DOUBLE)),
            CelFunctionDecl.newFunctionDeclaration(
                    "string",
                    CelOverloadDecl.newGlobalOverload("muster_double_to_string", SimpleType.STRING, SimpleType.DOUBLE)),
            CelFunctionDecl.newFunctionDeclaration(
                    "unknown", CelOverloadDecl.newGlobalOverload("muster_unknown", SimpleType.BOOL, SimpleType.STRING)),
            CelFunctionDecl.newFunctionDeclaration(
                    "counted",
                    CelOverloadDecl.newGlobalOverload(
                            "muster_counted",
                            SimpleType.STRING,
                            SimpleType.INT,
                            SimpleType.STRING,
                            SimpleType.STRING)));

    static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardFunctions(CelStandardFunctions.newBuilder()
                    .filterFunctions((function, overload) -> function != CelStandardFunctions.StandardFunction.DURATION
                            && function != CelStandardFunctions.StandardFunction.MATCHES
                            && function != CelStandardFunctions.StandardFunction.ADD
                            && overload != StringFunction.StringOverload.DOUBLE_TO_STRING)
                    .build())
            .addLibraries(CelExtensions.optional(), CelExtensions.strings(WITHOUT_JOIN))
            .addLateBoundFunctions(WITHIN, OVERDUE)
            .addFunctionBindings(ListMacros.BINDINGS)
            .addFunctionBindings(Growth.bindings(OPTIONS))
            .addFunctionBindings(Regexes.BINDINGS)
            .addFunctionBindings(CelFunctionBinding.fromOverloads(
                    DURATION, CelFunctionBinding.from("muster_duration", String.class, CelSetup::duration)))
            .addFunctionBindings(CelFunctionBinding.fromOverloads(
                    "portion",
                    CelFunctionBinding.from("muster_portion", Duration.class, Double.class, CelSetup::portion)))
            .addFunctionBindings(CelFunctionBinding.from("muster_double_to_string", Double.class, CelSetup::string))
            .addFunctionBindings(CelFunctionBinding.fromOverloads(
                    "unknown", CelFunctionBinding.from("muster_unknown", String.class, reason -> {
                        throw new NoAnswer(reason);
                    })))
            .addFunctionBindings(CelFunctionBinding.fromOverloads(
                    "counted",
                    CelFunctionBinding.from(
                            "muster_counted",
                            List.of(Long.class, String.class, String.class),
                            arguments ->
                                    arguments[0] + " " + ((Long) arguments[0] == 1 ? arguments[1] : arguments[2]))))
            .build();

    /// Durations that expressions name, so that a loop does not read the same text again for every item.
    private static final Map<String, Duration> DURATIONS = new ConcurrentHashMap<>();

    private CelSetup() {}

    static CelCompiler compiler(FactTypes types, boolean readsFacts, Map<String, CelType> paramTypes) {
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
                .addFunctionDeclarations(DECLARATIONS)
                .addFunctionDeclarations(ListMacros.DECLARATIONS)
                .setTypeProvider(types.provider(params))
                .addVar("entity", FactTypes.ENTITY)
                .addVar("params", params);
        if (readsFacts) {
            builder.addVar("facts", types.all());
            types.declared().forEach(builder::addVar);
        }
        return builder.build();
    }

    private static Duration duration(String text) {
        var known = DURATIONS.get(text);
        if (known != null) {
            return known;
        }
        var duration = DurationText.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a duration such as 7d or 12h"));
        if (DURATIONS.size() < 1_000) {
            DURATIONS.put(text, duration);
        }
        return duration;
    }

    /// `80` and `71.5`, as people write numbers.
    private static String string(double number) {
        return Double.isFinite(number)
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : String.valueOf(number);
    }

    private static Duration portion(Duration whole, double part) {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException("a portion is from 0.0 to 1.0, not " + part);
        }
        return Duration.ofMillis((long) (whole.toMillis() * part));
    }
}

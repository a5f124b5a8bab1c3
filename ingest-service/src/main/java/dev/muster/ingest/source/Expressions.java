package dev.muster.ingest.source;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.muster.engine.definition.Mistake;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.YamlNode.Scalar;
import org.jspecify.annotations.Nullable;

/// Compiles the CEL of source definitions.
///
/// Variables: `body` (the parsed payload), `headers` (kept headers, lower-case names), `event` (the event
/// type), `receivedAt` (when the delivery was received; one that comes again has another), `item` (what is
/// being read), `member` (one member of a snapshot). Besides CEL's own functions and optional syntax there
/// are the [CelFunctions]. There is no clock. Work is bounded: size of the expression, depth, iterations of
/// comprehensions, regular expressions in linear time.
final class Expressions {

    static final int MAX_CHARACTERS = 4_000;
    static final int MAX_ITERATIONS = 200_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableOptionalSyntax(true)
            .maxExpressionCodePointSize(MAX_CHARACTERS)
            .maxParseRecursionDepth(64)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxRegexProgramSize(2_000)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private static final Cel CEL = CelFactory.plannerCelBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addCompilerLibraries(
                    CelExtensions.optional(), CelExtensions.strings(), CelExtensions.lists(), CelExtensions.bindings())
            .addRuntimeLibraries(CelExtensions.optional(), CelExtensions.strings(), CelExtensions.lists())
            .addVar("body", SimpleType.DYN)
            .addVar("headers", MapType.create(SimpleType.STRING, SimpleType.STRING))
            .addVar("event", SimpleType.STRING)
            .addVar("receivedAt", SimpleType.TIMESTAMP)
            .addVar("item", SimpleType.DYN)
            .addVar("member", SimpleType.DYN)
            .addFunctionDeclarations(CelFunctions.DECLARATIONS)
            .addFunctionBindings(CelFunctions.BINDINGS)
            .build();

    private Expressions() {}

    /// Compiles the text of a scalar; every mistake goes to `mistakes` with its place in the file.
    ///
    /// @param expected type that it must give; `dyn` is always accepted, checked when it runs
    /// @return null when it does not compile
    static @Nullable Expression compile(Scalar scalar, CelType expected, Mistakes mistakes) {
        try {
            var ast = CEL.compile(scalar.text()).getAst();
            if (!gives(ast.getResultType(), expected)) {
                mistakes.add(
                        scalar,
                        "must give " + expected.name() + ", gives "
                                + ast.getResultType().name());
                return null;
            }
            return new Expression(where(scalar), CEL.createProgram(ast));
        } catch (CelValidationException invalid) {
            for (var issue : invalid.getErrors()) {
                var location = issue.getSourceLocation();
                var place = scalar.placeOf(location.getLine(), location.getColumn());
                mistakes.add(new Mistake(place.file(), place.line(), place.column(), place.path(), issue.getMessage()));
            }
            return null;
        } catch (CelEvaluationException | RuntimeException broken) {
            mistakes.add(scalar, "does not compile: " + broken.getMessage());
            return null;
        }
    }

    private static boolean gives(CelType actual, CelType expected) {
        if (expected.equals(SimpleType.DYN) || actual.equals(SimpleType.DYN) || actual.equals(SimpleType.NULL_TYPE)) {
            return true;
        }
        if (actual instanceof OptionalType optional) {
            return gives(optional.parameters().getFirst(), expected);
        }
        return expected instanceof ListType ? actual instanceof ListType : actual.equals(expected);
    }

    private static String where(Scalar scalar) {
        var place = scalar.place();
        return place.file() + ":" + place.line() + " (" + place.path() + ")";
    }
}

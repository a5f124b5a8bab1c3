package dev.muster.ingest.source;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.muster.engine.definition.Mistake;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.YamlNode.Scalar;
import dev.muster.ingest.json.CanonicalJson;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compiles the CEL of source definitions.
///
/// Variables: `body` (the parsed payload), `headers` (kept headers, lower-case names), `event` (the event type),
/// `item` (what is being read), `member` (one member of a snapshot). Besides CEL's own functions and optional syntax:
/// `ts(any)` reads any usual form of a time, `lower(string)`, and `digest(any)`, 16 hex digits of the content's
/// SHA-256.
/// There is no clock. Work is bounded: size of the expression, depth, iterations of comprehensions, regular expressions
/// in
/// linear time.
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
            .addVar("item", SimpleType.DYN)
            .addVar("member", SimpleType.DYN)
            .addFunctionDeclarations(
                    CelFunctionDecl.newFunctionDeclaration(
                            "ts", CelOverloadDecl.newGlobalOverload("ts_dyn", SimpleType.DYN, SimpleType.DYN)),
                    CelFunctionDecl.newFunctionDeclaration(
                            "lower",
                            CelOverloadDecl.newGlobalOverload("lower_string", SimpleType.STRING, SimpleType.STRING)),
                    CelFunctionDecl.newFunctionDeclaration(
                            "digest",
                            CelOverloadDecl.newGlobalOverload("digest_dyn", SimpleType.STRING, SimpleType.DYN)))
            .addFunctionBindings(
                    CelFunctionBinding.from("ts_dyn", Object.class, Expressions::time),
                    CelFunctionBinding.from("lower_string", String.class, text -> text.toLowerCase(Locale.ROOT)),
                    CelFunctionBinding.from(
                            "digest_dyn",
                            Object.class,
                            value -> CanonicalJson.digest(value).substring(0, 16)))
            .build();

    private Expressions() {}

    private static Object time(Object told) throws CelEvaluationException {
        try {
            var read = TimeText.read(told);
            return read.isPresent() ? read.get() : Optional.empty();
        } catch (DateTimeException | NumberFormatException e) {
            throw new CelEvaluationException("ts(): '" + told + "' is no time", e);
        }
    }

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

package dev.muster.routing;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.muster.engine.definition.Mistake;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Nearest;
import dev.muster.engine.definition.YamlNode.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The `when` of a node: CEL over what a change has, see [#NAMES]. Typed, bounded, and without a clock.
final class Condition {

    /// What an expression can read: texts, `""` when there is none; `tier` is a number; `tags`,
    /// `rules` and `ruleLevels` are lists.
    static final List<String> NAMES = List.of(
            "kind", "entity", "owner", "scorecard", "tier", "tags", "rules", "ruleLevels", "level", "lost", "source");

    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(4_000)
            .maxParseRecursionDepth(64)
            .comprehensionMaxIterations(10_000)
            .maxRegexProgramSize(2_000)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private static final Cel CEL = CelFactory.plannerCelBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addCompilerLibraries(CelExtensions.strings())
            .addRuntimeLibraries(CelExtensions.strings())
            .addVar("kind", SimpleType.STRING)
            .addVar("entity", SimpleType.STRING)
            .addVar("owner", SimpleType.STRING)
            .addVar("scorecard", SimpleType.STRING)
            .addVar("tier", SimpleType.INT)
            .addVar("tags", ListType.create(SimpleType.STRING))
            .addVar("rules", ListType.create(SimpleType.STRING))
            .addVar("ruleLevels", ListType.create(SimpleType.STRING))
            .addVar("level", SimpleType.STRING)
            .addVar("lost", SimpleType.STRING)
            .addVar("source", SimpleType.STRING)
            .build();

    private final String text;
    private final CelRuntime.Program program;

    private Condition(String text, CelRuntime.Program program) {
        this.text = text;
        this.program = program;
    }

    /// Compiles the text of a scalar; every mistake goes to `mistakes` with its place in the file.
    ///
    /// @return null when it does not compile
    static @Nullable Condition compile(Scalar scalar, Mistakes mistakes) {
        try {
            var ast = CEL.compile(scalar.text()).getAst();
            if (!ast.getResultType().equals(SimpleType.BOOL)) {
                mistakes.add(
                        scalar,
                        "'when' must give a bool, gives " + ast.getResultType().name());
                return null;
            }
            return new Condition(scalar.text().strip(), CEL.createProgram(ast));
        } catch (CelValidationException invalid) {
            for (var issue : invalid.getErrors()) {
                var at = issue.getSourceLocation();
                var place = scalar.placeOf(Math.max(at.getLine(), 1), Math.max(at.getColumn(), 0));
                mistakes.add(new Mistake(
                        place.file(), place.line(), place.column(), place.path(), words(issue.getMessage())));
            }
            return null;
        } catch (CelEvaluationException | RuntimeException broken) {
            mistakes.add(scalar, "'when' does not compile: " + broken.getMessage());
            return null;
        }
    }

    private static String words(String message) {
        var undeclared = UNDECLARED.matcher(message);
        return undeclared.matches()
                ? "'when' reads %s; '%s' is none of them%s"
                        .formatted(
                                String.join(", ", NAMES), undeclared.group(1), Nearest.hint(undeclared.group(1), NAMES))
                : message;
    }

    String text() {
        return text;
    }

    /// Whether it is true; false also when it breaks, so that the node above keeps the change.
    boolean holds(Change it) {
        try {
            return Boolean.TRUE.equals(program.eval(Map.ofEntries(
                    Map.entry("kind", it.kind().label()),
                    Map.entry("entity", text(it.entity())),
                    Map.entry("owner", text(it.owner())),
                    Map.entry("scorecard", text(it.scorecard())),
                    Map.entry("tier", (long) it.tier()),
                    Map.entry("tags", it.tags().stream().sorted().toList()),
                    Map.entry("rules", it.rules().stream().sorted().toList()),
                    Map.entry("ruleLevels", it.ruleLevels().stream().sorted().toList()),
                    Map.entry("level", text(it.level())),
                    Map.entry("lost", text(it.lost())),
                    Map.entry("source", text(it.source())))));
        } catch (CelEvaluationException | RuntimeException _) {
            return false;
        }
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}

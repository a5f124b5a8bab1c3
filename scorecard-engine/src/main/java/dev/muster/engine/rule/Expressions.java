package dev.muster.engine.rule;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.muster.engine.fact.FactCatalogue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Checks and compiles the CEL expressions of scorecards against a fact catalogue. Thread-safe.
///
/// A fact is a variable of its declared type: a misspelt name or field and a wrong type are flaws with line
/// and column. Every fact is also a field of `facts`, so that `has(facts.coverage)` can ask whether it was
/// ever reported. Size, depth, and regular expressions are bounded here, steps in [Steps].
public final class Expressions {

    private final FactTypes types;
    private final Map<Scope, CelCompiler> compilers = new ConcurrentHashMap<>();

    private final Function<CelAbstractSyntaxTree, Optional<Plan>> planner;

    public Expressions(FactCatalogue facts) {
        this(facts, Plan::of);
    }

    /// @param planner gives the quick way of an expression, where it has one
    Expressions(FactCatalogue facts, Function<CelAbstractSyntaxTree, Optional<Plan>> planner) {
        this.types = new FactTypes(facts);
        this.planner = planner;
    }

    /// Names of the functions that expressions have beyond those of CEL.
    public static Set<String> functions() {
        return RuleFunctions.DECLARATIONS.stream().map(CelFunctionDecl::name).collect(toUnmodifiableSet());
    }

    FactTypes types() {
        return types;
    }

    /// What an expression is for: what it may read and what it must give.
    public enum Role {
        /// Of a scorecard or a rule: reads `entity` and `params`, gives a bool.
        APPLIES_TO("appliesTo", SimpleType.BOOL, false),
        CHECK("check", SimpleType.BOOL, true),
        WARN("warn", SimpleType.BOOL, true),
        /// Reads `outcome`, too: PASS, WARN or FAIL.
        MESSAGE("message", SimpleType.STRING, true);

        private final String key;
        private final CelType gives;
        private final boolean readsFacts;

        Role(String key, CelType gives, boolean readsFacts) {
            this.key = key;
            this.gives = gives;
            this.readsFacts = readsFacts;
        }

        String key() {
            return key;
        }

        boolean readsFacts() {
            return readsFacts;
        }

        /// The role of a key in a rule.
        public static Role of(String key) {
            for (var role : values()) {
                if (role.key.equals(key)) {
                    return role;
                }
            }
            throw new IllegalArgumentException("no expression stands under '" + key + "'");
        }
    }

    /// Something wrong in an expression.
    ///
    /// @param line in the expression, from 1
    /// @param column in that line, from 0
    public record Flaw(int line, int column, String message) {}

    /// Every flaw of an expression; empty when it is fine.
    ///
    /// @param params values of the params, which type `params`
    public List<Flaw> flaws(Role role, String source, Map<String, Object> params) {
        try {
            var expression = compile(role, source, params);
            return role == Role.CHECK && expression.isNever()
                    ? List.of(new Flaw(
                            1, 0, "is never true, whatever is reported: nobody would reach the level of the rule"))
                    : List.of();
        } catch (FlawedExpression flawed) {
            return flawed.flaws();
        }
    }

    /// @throws FlawedExpression when it has flaws
    Expression compile(Role role, String source, Map<String, Object> params) throws FlawedExpression {
        if (source.isBlank()) {
            throw new FlawedExpression(List.of(new Flaw(1, 0, "the expression is empty")));
        }
        var words = new FlawWords(types, role.readsFacts, params.keySet());
        if (source.length() > CelSetup.MAX_CHARACTERS) {
            throw new FlawedExpression(List.of(new Flaw(
                    1,
                    0,
                    "the expression has " + source.length() + " characters, more than " + CelSetup.MAX_CHARACTERS)));
        }
        var ast = check(source, scope(role, params), words);
        var result = ast.getResultType();
        if (!result.equals(role.gives) && result.kind() != CelKind.DYN) {
            throw new FlawedExpression(List.of(new Flaw(
                    1,
                    0,
                    "'" + role.key + "' must give " + role.gives.name() + ", this gives "
                            + FlawWords.typeName(result))));
        }
        var reading = new AstReading(types.facts(), params);
        reading.read(ast);
        if (!reading.flaws().isEmpty()) {
            throw new FlawedExpression(reading.flaws());
        }
        return new Expression(
                program(ast),
                ast,
                planner.apply(ast),
                reading.reads(),
                reading.plain(),
                reading.asked(),
                reading.entity(),
                reading.attests());
    }

    private static CelAbstractSyntaxTree check(String source, CelCompiler compiler, FlawWords words)
            throws FlawedExpression {
        try {
            var checked = compiler.compile(source, "expression");
            if (checked.hasError()) {
                throw new FlawedExpression(checked.getErrors().stream()
                        .map(issue -> flaw(issue, source, words))
                        .distinct()
                        .toList());
            }
            return checked.getAst();
        } catch (CelValidationException | RuntimeException | StackOverflowError broken) {
            var reason = requireNonNull(broken.toString());
            throw new FlawedExpression(List.of(new Flaw(1, 0, "is not CEL: " + FlawWords.firstLine(reason))));
        }
    }

    private static Flaw flaw(CelIssue issue, String source, FlawWords words) {
        var location = issue.getSourceLocation();
        return new Flaw(
                Math.max(location.getLine(), 1),
                Math.max(location.getColumn(), 0),
                words.of(issue.getMessage(), source));
    }

    private static CelRuntime.Program program(CelAbstractSyntaxTree ast) throws FlawedExpression {
        try {
            return CelSetup.RUNTIME.createProgram(ast);
        } catch (CelEvaluationException | RuntimeException broken) {
            throw new FlawedExpression(List.of(new Flaw(1, 0, "cannot be run: " + broken.getMessage())));
        }
    }

    private CelCompiler scope(Role role, Map<String, Object> params) {
        // A warning reads what a check reads.
        var scope = new Scope(role == Role.WARN ? Role.CHECK : role, FactTypes.paramTypes(params));
        var known = compilers.get(scope);
        if (known != null) {
            return known;
        }
        if (compilers.size() > 500) {
            compilers.clear(); // rules with params of many shapes: bounded, and cheap to make again
        }
        var made = CelSetup.compiler(types, scope.role(), scope.params());
        compilers.put(scope, made);
        return made;
    }

    private record Scope(Role role, Map<String, CelType> params) {}
}

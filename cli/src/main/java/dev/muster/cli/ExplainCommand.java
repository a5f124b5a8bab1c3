package dev.muster.cli;

import dev.muster.engine.definition.Nearest;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Tells how an entity stands: every rule, on which evidence, and what changed last and why.",
            "With --rule, why one rule says what it says: its facts, and its expressions with the values filled in."
        })
final class ExplainCommand extends ToldCommand {

    @Parameters(index = "0", paramLabel = "ENTITY", description = "Such as component:default/payments, or payments.")
    private String entity = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "SCORECARD", description = "Only this one (default: all).")
    private @Nullable String scorecard;

    @Option(names = "--rule", paramLabel = "ID", description = "Why this rule says what it says. Needs SCORECARD.")
    private @Nullable String rule;

    @Option(names = "--exit-code", description = "Ends with 5 when a rule that is told fails.")
    private boolean exitCode;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "How it stood then, such as 2026-11-01 or 2026-11-01T09:30:00Z. Needs SCORECARD.")
    private @Nullable String asOf;

    ExplainCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        var ref = reference(entity);
        if (rule != null && scorecard == null) {
            throw Failure.usage("--rule needs a SCORECARD");
        }
        if (asOf != null && scorecard == null) {
            throw Failure.usage("--as-of needs a SCORECARD");
        }
        var names = scorecard == null ? scorecardsOf(muster, ref) : List.of(scorecard);
        if (names.isEmpty()) {
            out.people().println(ref + " is known, and no scorecard applies to it yet.");
        }
        var fails = false;
        for (var name : names) {
            var path = "/api/v1/entities/" + ref + "/scorecards/" + Muster.segment(name);
            var result = result(muster, path);
            out.object(result);
            explain(result, out.people());
            if (asOf != null) {
                AsOf.tell(result, out.people());
            }
            fails |= result.path("rules").valueStream().anyMatch(ExplainCommand::fails);
        }
        return exitCode && fails ? ExitCode.FAILS : ExitCode.OK;
    }

    private static boolean fails(JsonNode rule) {
        return List.of("FAIL", "ERROR").contains(Json.text(rule, "outcome"));
    }

    /// The result with one of its rules, and the explanation of it.
    private static JsonNode only(String id, JsonNode result) {
        var rules = result.path("rules");
        if (of(id, "id", rules).isEmpty()) {
            var ids = rules.valueStream().map(each -> Json.text(each, "id")).toList();
            throw Failure.refused(
                    "%s has no rule '%s'%s".formatted(Json.text(result, "scorecard"), id, Nearest.hint(id, ids)));
        }
        var one = (ObjectNode) result.deepCopy();
        one.putArray("rules").addAll(of(id, "id", rules));
        one.putArray("explanations").addAll(of(id, "rule", result.path("explanations")));
        return one;
    }

    private static List<JsonNode> of(String id, String member, JsonNode list) {
        return list.valueStream()
                .filter(each -> Json.text(each, member).equals(id))
                .toList();
    }

    private JsonNode result(Muster muster, String path) {
        var past = asOf == null ? "" : AsOf.query(asOf);
        if (rule == null) {
            return asOf == null ? muster.read(path) : muster.readPatiently(path + past);
        }
        return only(rule, muster.readPatiently(path + (asOf == null ? "?" : past + "&") + "explain=true"));
    }

    /// Completes a reference as Backstage does.
    static String reference(String text) {
        var colon = text.indexOf(':');
        var kind = colon < 0 ? "component" : text.substring(0, colon);
        var name = text.substring(colon + 1);
        var ref = kind + ":" + (name.contains("/") ? name : "default/" + name);
        if (!ref.matches("[A-Za-z]+:[-A-Za-z0-9_.]+/[-A-Za-z0-9_.]+")) {
            throw Failure.usage(
                    "'%s' is no reference; expected something like component:default/payments".formatted(text));
        }
        return ref.toLowerCase(java.util.Locale.ROOT);
    }

    private static List<String> scorecardsOf(Muster muster, String ref) {
        return muster.read("/api/v1/entities/" + ref)
                .path("results")
                .valueStream()
                .map(result -> result.path("scorecard").asString())
                .toList();
    }

    private static void explain(JsonNode result, PrintWriter out) {
        out.printf(
                "%s on %s (version %s of the scorecard)%n",
                Json.text(result, "entity"), Json.text(result, "scorecard"), Json.text(result, "scorecardVersion"));
        out.printf(
                "level %s, score %s, coverage %s, evaluated %s%n%n",
                Json.text(result, "level").isEmpty() ? "none" : Json.text(result, "level"),
                Json.text(result, "score"),
                Json.text(result, "coverage"),
                Json.text(result, "evaluatedAt"));
        result.path("rules").forEach(rule -> explainRule(rule, explanation(result, rule), out));
        explainCause(result.path("cause"), out);
    }

    /// A missing node when none was asked for.
    private static JsonNode explanation(JsonNode result, JsonNode rule) {
        return of(Json.text(rule, "id"), "rule", result.path("explanations")).stream()
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static void explainRule(JsonNode rule, JsonNode explanation, PrintWriter out) {
        out.printf("  %-14s %s (%s)%n", Json.text(rule, "outcome"), Json.text(rule, "id"), Json.text(rule, "level"));
        detail(out, "", Json.text(rule, "message"));
        detail(out, "since ", Json.text(rule, "since"));
        rule.path("evidence")
                .forEach(evidence -> detail(
                        out,
                        "evidence: ",
                        "%s of %s, observed %s"
                                .formatted(
                                        Json.text(evidence, "fact"),
                                        Json.text(evidence, "subject"),
                                        Json.text(evidence, "observedAt"))));
        expressions(explanation, out);
        detail(out, "changes by itself at ", Json.text(rule, "nextChangeAt"));
        if (List.of("FAIL", "WARN", "STALE", "ERROR").contains(Json.text(rule, "outcome"))) {
            detail(out, "what to do: ", Json.text(rule, "remediation"));
        }
    }

    private static void expressions(JsonNode explanation, PrintWriter out) {
        for (var asked : explanation.path("expressions")) {
            detail(out, Json.text(asked, "key") + ": ", Json.text(asked, "expression"));
            detail(out, "  = ", answer(asked));
            for (var part : asked.path("parts")) {
                detail(out, "  ", Json.text(part, "expression") + " = " + Json.text(part, "value"));
            }
        }
        explanation
                .path("params")
                .propertyStream()
                .forEach(it -> detail(
                        out, "param ", it.getKey() + " = " + it.getValue().asString()));
        for (var fact : explanation.path("facts")) {
            detail(out, "fact ", Json.text(fact, "name") + " " + said(fact));
        }
    }

    private static String answer(JsonNode asked) {
        var filledIn = Json.text(asked, "filledIn");
        if (filledIn.isEmpty()) {
            return "not asked";
        }
        return filledIn + ", which "
                + (asked.path("value").isBoolean() ? "is " + Json.text(asked, "value") : "has no answer");
    }

    private static String said(JsonNode fact) {
        return Json.text(fact, "value").isEmpty()
                ? "was never reported"
                : "= %s, observed %s".formatted(Json.text(fact, "value"), Json.text(fact, "observedAt"));
    }

    private static void explainCause(JsonNode cause, PrintWriter out) {
        if (cause.isMissingNode() || cause.isNull()) {
            return;
        }
        out.printf(
                "%nLast change: %s %s, %s%n",
                Json.text(cause, "source"),
                Json.text(cause, "kind").toLowerCase(java.util.Locale.ROOT),
                Json.text(cause, "at"));
        detail(out, "by ", Json.text(cause, "actor"));
        detail(out, "delivery ", Json.text(cause, "deliveryId"));
        detail(out, "", Json.text(cause, "url"));
        if (!Json.text(cause, "fact").isEmpty()) {
            detail(out, "fact ", Json.text(cause, "fact") + " of " + Json.text(cause, "subject"));
            detail(out, "before: ", Json.text(cause, "before"));
            detail(out, "after:  ", Json.text(cause, "after"));
        }
        out.println();
    }

    private static void detail(PrintWriter out, String word, String text) {
        if (!text.isBlank()) {
            out.println("                 " + word + text.strip().replace("\n", "\n                 "));
        }
    }
}

package dev.muster.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Tells how an entity stands: every rule, on which evidence, and what changed last and why.")
final class ExplainCommand extends ToldCommand {

    @Parameters(index = "0", paramLabel = "ENTITY", description = "Such as component:default/payments, or payments.")
    private String entity = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "SCORECARD", description = "Only this one (default: all).")
    private @Nullable String scorecard;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "How it stood then, such as 2026-11-01 or 2026-11-01T09:30:00Z. Needs SCORECARD.")
    private @Nullable String asOf;

    ExplainCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, PrintWriter out) {
        var ref = reference(entity);
        if (asOf != null) {
            return explainPast(muster, ref, asOf, out);
        }
        var names = scorecard == null ? scorecardsOf(muster, ref) : List.of(scorecard);
        if (names.isEmpty()) {
            out.println(ref + " is known, and no scorecard applies to it yet.");
        }
        for (var name : names) {
            explain(muster.read("/api/v1/entities/" + ref + "/scorecards/" + name), out);
        }
        return ExitCode.OK;
    }

    private int explainPast(Muster muster, String ref, String instant, PrintWriter out) {
        if (scorecard == null) {
            throw Failure.usage("--as-of needs a SCORECARD");
        }
        var result = muster.readPatiently("/api/v1/entities/" + ref + "/scorecards/" + scorecard + AsOf.query(instant));
        explain(result, out);
        AsOf.tell(result, out);
        return ExitCode.OK;
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
                text(result, "entity"), text(result, "scorecard"), text(result, "scorecardVersion"));
        out.printf(
                "level %s, score %s, coverage %s, evaluated %s%n%n",
                text(result, "level").isEmpty() ? "none" : text(result, "level"),
                text(result, "score"),
                text(result, "coverage"),
                text(result, "evaluatedAt"));
        result.path("rules").forEach(rule -> explainRule(rule, out));
        explainCause(result.path("cause"), out);
    }

    private static void explainRule(JsonNode rule, PrintWriter out) {
        out.printf("  %-14s %s (%s)%n", text(rule, "outcome"), text(rule, "id"), text(rule, "level"));
        detail(out, "", text(rule, "message"));
        detail(out, "since ", text(rule, "since"));
        rule.path("evidence")
                .forEach(evidence -> detail(
                        out,
                        "evidence: ",
                        "%s of %s, observed %s"
                                .formatted(
                                        text(evidence, "fact"),
                                        text(evidence, "subject"),
                                        text(evidence, "observedAt"))));
        detail(out, "changes by itself at ", text(rule, "nextChangeAt"));
        if (List.of("FAIL", "WARN", "STALE", "ERROR").contains(text(rule, "outcome"))) {
            detail(out, "what to do: ", text(rule, "remediation"));
        }
    }

    private static void explainCause(JsonNode cause, PrintWriter out) {
        if (cause.isMissingNode() || cause.isNull()) {
            return;
        }
        out.printf(
                "%nLast change: %s %s, %s%n",
                text(cause, "source"), text(cause, "kind").toLowerCase(java.util.Locale.ROOT), text(cause, "at"));
        detail(out, "by ", text(cause, "actor"));
        detail(out, "delivery ", text(cause, "deliveryId"));
        detail(out, "", text(cause, "url"));
        if (!text(cause, "fact").isEmpty()) {
            detail(out, "fact ", text(cause, "fact") + " of " + text(cause, "subject"));
            detail(out, "before: ", text(cause, "before"));
            detail(out, "after:  ", text(cause, "after"));
        }
        out.println();
    }

    private static void detail(PrintWriter out, String word, String text) {
        if (!text.isBlank()) {
            out.println("                 " + word + text.strip().replace("\n", "\n                 "));
        }
    }

    private static String text(JsonNode node, String member) {
        var value = node.path(member);
        return value.isMissingNode() || value.isNull() ? "" : value.asString();
    }
}

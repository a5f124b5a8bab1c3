package dev.muster.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        description = "Tells what a scorecard would have done to the recorded facts. Publishes nothing, tells nobody.")
final class BacktestCommand extends ToldCommand {

    @Parameters(index = "0", paramLabel = "FILE", description = "A file with one scorecard.")
    private Path file = Path.of("");

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            defaultValue = "90d",
            description = "How long ago changes begin to count, 1h to 365d (default: ${DEFAULT-VALUE}).")
    private String since = "90d";

    @Option(names = "--exit-code", description = "Ends with 4 when something would have changed.")
    private boolean exitCode;

    BacktestCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        var scorecards = Document.in(file).stream().filter(Document::scorecard).toList();
        if (scorecards.size() != 1) {
            throw Failure.usage("%s holds %d scorecards, expected one".formatted(file, scorecards.size()));
        }
        var bundle = Bundle.of(scorecards);
        var answer = muster.work(
                "/api/v1/backtests?since=" + URLEncoder.encode(since, StandardCharsets.UTF_8),
                "application/yaml",
                bundle.text());
        if (!answer.good()) {
            return refused(answer, bundle, out);
        }
        out.object(answer.body());
        table(answer.body(), out.people());
        return exitCode && answer.body().path("changed").asInt() > 0 ? ExitCode.CHANGES : ExitCode.OK;
    }

    private static int refused(Muster.Answer answer, Bundle bundle, Output out) {
        var errors = answer.body().path("errors");
        if (errors.isEmpty()) {
            throw Muster.refusal(answer);
        }
        errors.forEach(error -> out.remark(Remark.error(error, bundle)));
        return Declaration.told(errors.size(), out);
    }

    private static void table(JsonNode report, PrintWriter out) {
        out.printf(
                "%s from %s to %s: %s records of facts, %s entities, %s of them would have changed.%n",
                text(report, "scorecard"),
                text(report, "since"),
                text(report, "until"),
                text(report, "facts"),
                text(report, "entities"),
                text(report, "changed"));
        if (text(report, "recordedFrom").compareTo(text(report, "since")) > 0) {
            out.println("Facts are recorded from " + text(report, "recordedFrom") + " on only.");
        }
        out.println();
        rules(report, out);
        entities(report, out);
        messages(report.path("messages"), out);
        examples(report, out);
        live(report.path("live"), out);
    }

    private static void rules(JsonNode report, PrintWriter out) {
        new Table()
                .with("RULE", "id")
                .with("CHANGES", "changes")
                .with("ENTITIES", "entities")
                .with("THEN", rule -> counts(rule.path("then")))
                .with("NOW", rule -> counts(rule.path("now")))
                .print(report.path("rules"), out);
    }

    private static void entities(JsonNode report, PrintWriter out) {
        if (!report.path("byEntity").isEmpty()) {
            out.println();
            new Table()
                    .with("ENTITY", "ref")
                    .with("OWNER", "owner")
                    .with("TRANSITIONS", "transitions")
                    .with("FIRST", "first")
                    .with("LAST", "last")
                    .with("THEN", "then")
                    .with("NOW", "now")
                    .print(report.path("byEntity"), out);
        }
        notListed(report.path("notListed").path("entities"), "more entities that would have changed", out);
    }

    private static void messages(JsonNode messages, PrintWriter out) {
        out.println();
        out.printf("Messages that owners would have got, at most: %s%n", text(messages, "sum"));
        messages.path("owners").forEach(it -> out.printf("  %s %s%n", text(it, "messages"), text(it, "owner")));
    }

    private static void examples(JsonNode report, PrintWriter out) {
        if (!report.path("examples").isEmpty()) {
            out.println();
            out.println("First and last transitions:");
        }
        notListed(report.path("notListed").path("transitions"), "more between the first and the last of these", out);
        for (var it : report.path("examples")) {
            var cause = it.path("cause");
            out.printf(
                    "  %s %s %s (%s %s)%n",
                    text(it, "at"), text(it, "kind"), text(it, "entity"), text(cause, "source"), text(cause, "fact"));
            it.path("changes")
                    .forEach(change -> out.printf(
                            "    %s: %s, then %s: %s%n",
                            text(change, "rule"),
                            text(change, "before"),
                            text(change, "after"),
                            text(change, "message")));
        }
    }

    private static void live(JsonNode live, PrintWriter out) {
        if (live.isObject()) {
            out.println();
            out.printf(
                    "Compared with version %s, which is live: %s entities would stand differently now.%n",
                    text(live, "version"), text(live, "different"));
            live.path("examples").forEach(it -> difference(it, out));
            notListed(live.path("notListed"), "more that would stand differently", out);
        }
    }

    private static void difference(JsonNode it, PrintWriter out) {
        out.printf("  %s: level %s, here %s%n", text(it, "entity"), text(it, "levelLive"), text(it, "levelHere"));
        it.path("rules")
                .forEach(rule -> out.printf(
                        "    %s: %s, here %s%n", text(rule, "rule"), text(rule, "live"), text(rule, "here")));
    }

    /// Says what is counted and not told one by one, if there is anything.
    private static void notListed(JsonNode number, String words, PrintWriter out) {
        if (number.asLong() > 0) {
            out.printf("  and %d %s, not listed here%n", number.asLong(), words);
        }
    }

    private static String counts(JsonNode counts) {
        var words = counts.propertyStream()
                .map(it -> it.getValue().asString() + " " + it.getKey())
                .toList();
        return words.isEmpty() ? "-" : String.join(", ", words);
    }

    private static String text(JsonNode node, String member) {
        return Json.text(node, member, "-");
    }
}

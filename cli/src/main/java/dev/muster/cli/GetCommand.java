package dev.muster.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "get", mixinStandardHelpOptions = true, description = "Lists what Muster has.")
final class GetCommand extends ToldCommand {

    enum What {
        entities,
        scorecards,
        results,
        initiatives,
        exemptions,
        attestations
    }

    @Parameters(paramLabel = "WHAT", description = "One of: ${COMPLETION-CANDIDATES}.")
    private What what = What.entities;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json, which is one object a line (default: ${DEFAULT-VALUE}).")
    private String output = "table";

    @Option(
            names = "--entity",
            paramLabel = "ENTITY",
            description = "Of exemptions and attestations: only those of this entity.")
    private @Nullable String entity;

    GetCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, PrintWriter out) {
        var json = switch (output.toLowerCase(Locale.ROOT)) {
            case "json" -> true;
            case "table" -> false;
            default -> throw Failure.usage("--output is '%s', expected table or json".formatted(output));
        };
        if (entity != null && what != What.exemptions && what != What.attestations) {
            throw Failure.usage("--entity goes with exemptions and attestations; muster explain ENTITY tells of one");
        }
        switch (what) {
            case entities -> entities(muster, out, json);
            case scorecards -> scorecards(muster, out, json);
            case results -> results(muster, out, json);
            case initiatives -> initiatives(muster, out, json);
            case exemptions -> exemptions(muster, out, json);
            case attestations -> attestations(muster, out, json);
        }
        return ExitCode.OK;
    }

    private static void entities(Muster muster, PrintWriter out, boolean json) {
        var table = new Table("ENTITY", "TYPE", "TIER", "OWNER");
        for (var entity : all(muster, "/api/v1/entities")) {
            if (json) {
                out.println(entity);
            }
            table.row(text(entity, "ref"), text(entity, "type"), text(entity, "tier"), text(entity, "owner"));
        }
        unless(json, table::print, out);
    }

    private static void scorecards(Muster muster, PrintWriter out, boolean json) {
        var table = new Table("SCORECARD", "VERSION", "RULES", "LEVELS", "ENTITIES");
        for (var scorecard : all(muster, "/api/v1/scorecards")) {
            if (json) {
                out.println(scorecard);
            }
            var levels = new ArrayList<String>();
            scorecard.path("levels").forEach(level -> levels.add(level.asString()));
            table.row(
                    text(scorecard, "name"),
                    text(scorecard, "version"),
                    text(scorecard, "rules"),
                    String.join(" < ", levels),
                    text(scorecard.path("standing"), "entities"));
        }
        unless(json, table::print, out);
    }

    private static void results(Muster muster, PrintWriter out, boolean json) {
        var table = new Table("ENTITY", "SCORECARD", "LEVEL", "SCORE", "COVERAGE", "FAILING");
        for (var entity : all(muster, "/api/v1/entities")) {
            for (var result : entity.path("results")) {
                if (json) {
                    out.println("{\"entity\":%s,\"result\":%s}".formatted(entity.path("ref"), result));
                }
                table.row(
                        text(entity, "ref"),
                        text(result, "scorecard"),
                        text(result, "level"),
                        text(result, "score"),
                        text(result, "coverage"),
                        text(result, "failing"));
            }
        }
        unless(json, table::print, out);
    }

    private static void initiatives(Muster muster, PrintWriter out, boolean json) {
        var table = new Table("INITIATIVE", "SCORECARD", "TARGET", "DUE", "DONE", "OVERDUE");
        for (var initiative : all(muster, "/api/v1/initiatives")) {
            if (json) {
                out.println(initiative);
            }
            var rules = new ArrayList<String>();
            initiative.path("rules").forEach(rule -> rules.add(rule.asString()));
            var entities = initiative.path("entities");
            table.row(
                    text(initiative, "name"),
                    text(initiative, "scorecard"),
                    rules.isEmpty() ? text(initiative, "level") : String.join(", ", rules),
                    text(initiative, "lastDay"),
                    text(entities, "done") + "/" + text(entities, "total"),
                    initiative.path("overdue").asBoolean(false) ? "yes" : "-");
        }
        unless(json, table::print, out);
    }

    private void exemptions(Muster muster, PrintWriter out, boolean json) {
        var table = new Table("EXEMPTION", "STATE", "ENTITY", "RULE", "FINDING", "ASKED BY", "EXPIRES");
        for (var exemption : decided(muster, "exemptions")) {
            if (json) {
                out.println(exemption);
            }
            table.row(
                    text(exemption, "id"),
                    state(exemption, "approved"),
                    text(exemption, "entity"),
                    text(exemption, "rule"),
                    text(exemption, "finding"),
                    text(exemption, "requestedBy"),
                    text(exemption, "expires"));
        }
        unless(json, table::print, out);
    }

    private void attestations(Muster muster, PrintWriter out, boolean json) {
        var table = new Table("ATTESTATION", "STATE", "ENTITY", "RULE", "BY", "AT", "EXPIRES");
        for (var attestation : decided(muster, "attestations")) {
            if (json) {
                out.println(attestation);
            }
            table.row(
                    text(attestation, "id"),
                    state(attestation, "attested"),
                    text(attestation, "entity"),
                    text(attestation, "rule"),
                    text(attestation, "by"),
                    text(attestation, "at"),
                    text(attestation, "expires"));
        }
        unless(json, table::print, out);
    }

    private JsonNode decided(Muster muster, String list) {
        var query = entity == null ? "" : "?entity=" + Muster.segment(ExplainCommand.reference(entity));
        return muster.declared("/v1/" + list + query).path(list);
    }

    /// What counts says so until it is over.
    private static String state(JsonNode decided, String counts) {
        var state = text(decided, "state");
        return state.equals(counts) && !decided.path("active").asBoolean(false) ? "over" : state;
    }

    /// All pieces of a list.
    static List<JsonNode> all(Muster muster, String path) {
        var items = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var piece = muster.read(path + "?limit=200" + cursor);
            (piece.isArray() ? piece : piece.path("items")).forEach(items::add);
            var next = piece.path("next").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + Muster.segment(next);
        } while (!cursor.isEmpty());
        return items;
    }

    private static void unless(boolean not, Consumer<PrintWriter> print, PrintWriter out) {
        if (!not) {
            print.accept(out);
        }
    }

    private static String text(JsonNode node, String member) {
        var value = node.path(member);
        return value.isMissingNode() || value.isNull() ? "-" : value.asString();
    }
}

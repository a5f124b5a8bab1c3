package dev.muster.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "get", mixinStandardHelpOptions = true, description = "Lists what Muster has.")
final class GetCommand extends ToldCommand {

    enum What {
        entities,
        scorecards,
        results,
        initiatives,
        exemptions,
        attestations,
        connections,
        destinations
    }

    private static final JsonMapper JSON = JsonMapper.shared();

    @Parameters(paramLabel = "WHAT", description = "One of: ${COMPLETION-CANDIDATES}.")
    private What what = What.entities;

    @Option(
            names = "--entity",
            paramLabel = "ENTITY",
            description = "Of exemptions and attestations: only those of this entity.")
    private @Nullable String entity;

    GetCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        if (entity != null && what != What.exemptions && what != What.attestations) {
            throw Failure.usage("--entity goes with exemptions and attestations; muster explain ENTITY tells of one");
        }
        out.list(table(), items(muster));
        return ExitCode.OK;
    }

    private List<JsonNode> items(Muster muster) {
        return switch (what) {
            case entities -> all(muster, "/api/v1/entities");
            case scorecards -> all(muster, "/api/v1/scorecards");
            case results -> results(all(muster, "/api/v1/entities"));
            case initiatives -> all(muster, "/api/v1/initiatives");
            case exemptions -> decided(muster, "exemptions");
            case attestations -> decided(muster, "attestations");
            case connections ->
                muster.declared("/v1/connections")
                        .path("connections")
                        .valueStream()
                        .toList();
            case destinations ->
                muster.told("/v1/destinations")
                        .path("destinations")
                        .valueStream()
                        .toList();
        };
    }

    private Table table() {
        return switch (what) {
            case entities ->
                new Table()
                        .with("ENTITY", "ref")
                        .with("TYPE", "type")
                        .with("TIER", "tier")
                        .with("OWNER", "owner");
            case scorecards ->
                new Table()
                        .with("SCORECARD", "name")
                        .with("VERSION", "version")
                        .with("RULES", "rules")
                        .with("LEVELS", GetCommand::levels)
                        .with("ENTITIES", it -> Json.text(it.path("standing"), "entities", "-"));
            case results ->
                new Table()
                        .with("ENTITY", "entity")
                        .with("SCORECARD", ofResult("scorecard"))
                        .with("LEVEL", ofResult("level"))
                        .with("SCORE", ofResult("score"))
                        .with("COVERAGE", ofResult("coverage"))
                        .with("FAILING", ofResult("failing"));
            case initiatives ->
                new Table()
                        .with("INITIATIVE", "name")
                        .with("SCORECARD", "scorecard")
                        .with("TARGET", GetCommand::target)
                        .with("DUE", "lastDay")
                        .with("DONE", it -> part(it.path("entities")))
                        .with("OVERDUE", it -> it.path("overdue").asBoolean(false) ? "yes" : "-");
            case exemptions ->
                new Table()
                        .with("EXEMPTION", "id")
                        .with("STATE", it -> state(it, "approved"))
                        .with("ENTITY", "entity")
                        .with("RULE", "rule")
                        .with("FINDING", "finding")
                        .with("ASKED BY", "requestedBy")
                        .with("EXPIRES", "expires");
            case attestations ->
                new Table()
                        .with("ATTESTATION", "id")
                        .with("STATE", it -> state(it, "attested"))
                        .with("ENTITY", "entity")
                        .with("RULE", "rule")
                        .with("BY", "by")
                        .with("AT", "at")
                        .with("EXPIRES", "expires");
            case connections ->
                new Table()
                        .with("CONNECTION", "name")
                        .with("SOURCE", "source")
                        .with("STATE", it -> words(it.path("state")))
                        .with("LAST ACCEPTED", "lastAcceptedAt")
                        .with("ACCEPTED", "accepted")
                        .with("REJECTED", "rejected")
                        .with("FAILED", "failed")
                        .with("UNMAPPED", it -> words(it.path("unmapped"), "event"))
                        .with("LAST TROUBLE", GetCommand::trouble);
            case destinations ->
                new Table()
                        .with("DESTINATION", "name")
                        .with("CHANNEL", "channel")
                        .with("STATE", "state")
                        .with("PAUSED UNTIL", "pausedUntil")
                        .with("WAITING", "waiting")
                        .with("FAILED", "failed")
                        .with("REASON", "reason")
                        .with("DETAIL", "detail");
        };
    }

    private static String words(JsonNode list) {
        return String.join(", ", list.valueStream().map(JsonNode::asString).toList());
    }

    private static String words(JsonNode list, String member) {
        var words = list.valueStream()
                .map(it -> Json.text(it, member) + " (" + Json.text(it, "count") + ")")
                .toList();
        return words.isEmpty() ? "-" : String.join(", ", words);
    }

    /// The newer of what was refused and what could not be read.
    private static String trouble(JsonNode connection) {
        var refused = connection.path("lastRejected");
        var failed = connection.path("lastFailure");
        var last = Json.text(refused, "at").compareTo(Json.text(failed, "at")) >= 0 ? refused : failed;
        return Json.text(last, "reason", "-");
    }

    private static String levels(JsonNode scorecard) {
        return String.join(
                " < ",
                scorecard.path("levels").valueStream().map(JsonNode::asString).toList());
    }

    private static String target(JsonNode initiative) {
        var rules =
                initiative.path("rules").valueStream().map(JsonNode::asString).toList();
        return rules.isEmpty() ? Json.text(initiative, "level", "-") : String.join(", ", rules);
    }

    private static String part(JsonNode entities) {
        return Json.text(entities, "done", "-") + "/" + Json.text(entities, "total", "-");
    }

    private static Function<JsonNode, String> ofResult(String member) {
        return it -> Json.text(it.path("result"), member, "-");
    }

    /// Each result with the entity that it is of.
    private static List<JsonNode> results(List<JsonNode> entities) {
        var results = new ArrayList<JsonNode>();
        for (var entity : entities) {
            for (var result : entity.path("results")) {
                ObjectNode each = JSON.createObjectNode();
                each.set("entity", entity.path("ref"));
                each.set("result", result);
                results.add(each);
            }
        }
        return results;
    }

    private List<JsonNode> decided(Muster muster, String list) {
        var query = entity == null ? "" : "?entity=" + Muster.segment(ExplainCommand.reference(entity));
        return muster.declared("/v1/" + list + query).path(list).valueStream().toList();
    }

    /// What counts says so until it is over.
    private static String state(JsonNode decided, String counts) {
        var state = Json.text(decided, "state", "-");
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
}

package dev.muster.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every command against a server that answers as the contract says.
class CommandsTest {

    private record Canned(int status, String body) {}

    @TempDir
    private Path folder;

    private final Map<String, Canned> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                var call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
                asked.add(call + " " + exchange.getRequestHeaders().getFirst("Authorization") + "\n"
                        + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                var answer = answers.getOrDefault(call, new Canned(404, "{\"title\":\"There is no such thing\"}"));
                var bytes = answer.body().getBytes(UTF_8);
                exchange.sendResponseHeaders(answer.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theScriptKnowsEveryCommand() throws IOException {
        var script = Files.readAllLines(Path.of("../muster"));
        var known = script.stream()
                .filter(line -> line.matches("  apply( \\| [a-z]+)+\\)"))
                .findFirst()
                .orElseThrow();
        var commands = Main.commandLine(() -> null, new PrintWriter(out), new PrintWriter(err))
                .getSubcommands()
                .keySet();

        assertThat(known.strip().replace(")", "").split(" \\| ")).containsExactlyInAnyOrderElementsOf(commands);
        assertThat(commands)
                .allSatisfy(command -> assertThat(script).anyMatch(line -> line.startsWith("  " + command)));
    }

    @Test
    void applySendsTheCatalogueBeforeTheScorecardsAndTellsWhatChanged() throws IOException {
        write("a.yaml", "apiVersion: muster.dev/v1\nkind: Scorecard\n---\napiVersion: v1\nkind: Component\n");
        answers.put("PUT /v1/catalog", new Canned(200, """
                {"applied":["component:default/payments"],"unchanged":["group:default/payments"],
                 "warnings":[{"line":2,"column":3,"message":"depends on nobody"}]}"""));
        answers.put("PUT /v1/scorecards", new Canned(200, """
                {"applied":[{"name":"production-readiness","version":3}],"unchanged":[]}"""));
        assertThat(run("apply", "-f", folder.toString())).isEqualTo(ExitCode.OK);
        assertThat(asked)
                .extracting(call -> call.split("\n", 2)[0])
                .containsExactly("PUT /v1/catalog Bearer token", "PUT /v1/scorecards Bearer token");
        assertThat(out.toString())
                .contains("applied    component:default/payments")
                .contains("unchanged  group:default/payments")
                .contains("applied    production-readiness (version 3)")
                .contains("a.yaml:4:3: warning: depends on nobody");
    }

    @Test
    void getTellsHowConnectionsReport() {
        answers.put("GET /v1/connections", new Canned(200, """
                {"connections":[
                 {"name":"github","source":"github","state":["rejecting"],"accepted":3,"rejected":7,"failed":0,
                  "lastRejected":{"at":"2026-06-01T12:00:00Z","reason":"its signature or token is wrong"},
                  "unmapped":[{"event":"ping","count":2,"lastAt":"2026-06-01T11:00:00Z"}]},
                 {"name":"sonar","source":"sonarqube","state":["never"],"accepted":0,"rejected":0,"failed":0,"unmapped":[]}]}"""));
        assertThat(run("get", "connections")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .containsPattern("github +github +rejecting +- +3 +7 +0 +ping \\(2\\) +its signature or token is wrong")
                .containsPattern("sonar +sonarqube +never +- +0 +0 +0 +- +-");
    }

    @Test
    void getTellsHowDestinationsAreDoing() {
        answers.put("GET /v1/destinations", new Canned(200, """
                {"destinations":[{"name":"payments","channel":"TEAMS","state":"PAUSED","pausedUntil":"2026-06-01T12:00:00Z",
                 "reason":"SERVER_ERROR","detail":"HTTP 503","failures":4,"waiting":2,"failed":0}]}"""));
        assertThat(run("get", "destinations")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .containsPattern("payments +TEAMS +PAUSED +2026-06-01T12:00:00Z +2 +0 +SERVER_ERROR +HTTP 503");
    }

    @Test
    void notifyTestTellsHowItWentAndWhetherTryingAgainMayHelp() {
        answers.put(
                "POST /v1/destinations/test?name=pay%2Fme",
                new Canned(200, "{\"outcome\":\"ACCEPTED\",\"mayPass\":false}"));
        assertThat(run("notify", "test", "pay/me")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("accepted: the message was taken; look whether it is shown");

        answers.put("POST /v1/destinations/test?name=pay%2Fme", new Canned(200, """
                {"outcome":"FAILED","reason":"UNAUTHORISED","detail":"HTTP 401","mayPass":false}"""));
        assertThat(run("notify", "test", "pay/me")).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains("failed: UNAUTHORISED, HTTP 401");

        answers.put("POST /v1/destinations/test?name=pay%2Fme", new Canned(200, """
                {"outcome":"FAILED","reason":"TIMED_OUT","detail":"no answer","mayPass":true}"""));
        assertThat(run("notify", "test", "pay/me")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(run("notify", "test", "nobody")).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void notifyReleaseTriesAnAddressAgain() {
        answers.put(
                "POST /v1/destinations/release?name=group%3Adefault%2Fpayments",
                new Canned(200, "{\"destination\":\"group:default/payments\"}"));
        assertThat(run("notify", "release", "group:default/payments")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("group:default/payments is tried again");
        assertThat(run("notify", "release", "nobody")).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void notificationsRedriveTriesOneOrAllOfADestination() {
        answers.put("POST /v1/notifications/n1/redrive", new Canned(200, "{\"deliveries\":2}"));
        answers.put("POST /v1/notifications/redrive?destination=payments", new Canned(200, "{\"deliveries\":7}"));

        assertThat(run("notifications", "redrive", "n1")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("2 deliveries are tried again");
        assertThat(run("notifications", "redrive", "--destination", "payments")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("7 deliveries are tried again");
        assertThat(run("notifications", "redrive")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void silenceSaysWhatIsMeantUntilWhen() {
        answers.put("POST /api/v1/silences", new Canned(201, """
                {"id":"s-1","state":"ACTIVE","endsAt":"2026-06-11T18:00:00Z"}"""));
        assertThat(run(
                        "silence",
                        "create",
                        "owner=group:default/payments",
                        "rule=a",
                        "rule=b",
                        "--reason",
                        "planned work",
                        "--until",
                        "2026-06-11T18:00:00Z"))
                .isEqualTo(ExitCode.OK);
        assertThat(asked.getLast())
                .startsWith("POST /api/v1/silences Bearer token\n")
                .endsWith("""
                        {"matchers":{"owner":["group:default/payments"],"rule":["a","b"]},\
                        "reason":"planned work","endsAt":"2026-06-11T18:00:00Z"}""");
        assertThat(out.toString()).contains("silence s-1 is active until 2026-06-11T18:00:00Z");

        assertThat(run("silence", "create", "owner=x", "--reason", "why", "--until", "7d", "--from", "2026-06-01"))
                .isEqualTo(ExitCode.OK);
        assertThat(asked.getLast()).contains("\"startsAt\":\"2026-06-01T00:00:00Z\"");
        assertThat(run("silence", "create", "owner", "--reason", "why", "--until", "7d"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("silence", "create", "owner=x", "--reason", "why", "--until", "soon"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("silence", "create", "owner=x", "--until", "7d")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void silenceTellsEveryMistake() {
        answers.put("POST /api/v1/silences", new Canned(422, """
                {"title":"The content is not valid","errors":[{"path":"matchers.onwer","message":"unknown field"}]}"""));
        assertThat(run("silence", "create", "onwer=x", "--reason", "why", "--until", "1w"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString())
                .contains("matchers.onwer")
                .contains("unknown field")
                .contains("1 mistake");
    }

    @Test
    void silenceListsAndEnds() {
        answers.put("GET /api/v1/silences?state=active", new Canned(200, """
                {"silences":[{"id":"s-1","state":"ACTIVE","endsAt":"2026-06-11T18:00:00Z","owner":"ann","reason":"planned",
                 "matchers":{"owner":["group:default/payments"],"rule":["a","b"]}}]}"""));
        assertThat(run("silence", "list", "--state", "active")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .containsPattern(
                        "s-1 +active +2026-06-11T18:00:00Z +ann +owner=group:default/payments rule=a,b +planned");

        answers.put("DELETE /api/v1/silences/s-1", new Canned(200, "{\"id\":\"s-1\",\"state\":\"EXPIRED\"}"));
        assertThat(run("silence", "end", "s-1")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("silence s-1 ended");
        assertThat(run("silence", "end", "s-2")).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void replayAsksUntilItIsDoneAndTellsWhatCameOfIt() {
        answers.put("POST /v1/replays", new Canned(202, "{\"id\":\"r-1\",\"state\":\"running\"}"));
        answers.put("GET /v1/replays/r-1", new Canned(200, """
                {"id":"r-1","state":"done","dryRun":false,"read":9,"of":9,"deliveries":5,"facts":4,"unmapped":1,"failures":2}"""));
        assertThat(run("replay", "--connection", "github", "--since", "7d")).isEqualTo(ExitCode.OK);
        assertThat(asked.getFirst()).startsWith("POST /v1/replays Bearer token").contains("\"since\":\"7d\"");
        assertThat(out.toString())
                .contains("9 of 9 records read", "5 deliveries mapped again: 4 facts told, 1 unmapped, 2 failed");
    }

    @Test
    void replayTellsEveryMistakeInWhatIsAskedFor() {
        answers.put("POST /v1/replays", new Canned(422, """
                {"title":"The content has mistakes","errors":[{"path":"connection","message":"is none of the connections github"}]}"""));
        assertThat(run("replay", "--connection", "gitub", "--since", "7d")).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains("connection: is none of the connections github");
    }

    @Test
    void replayThatBrokeOffCanBeBegunAgain() {
        answers.put("POST /v1/replays", new Canned(202, """
                {"id":"r-1","state":"failed","reason":"Kafka did not acknowledge"}"""));
        assertThat(run("replay", "--connection", "github", "--since", "7d")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("The replay failed: Kafka did not acknowledge. It can be begun again.");
    }

    @Test
    void rebuildAsksUntilPeopleReadTheNewOne() {
        answers.put("POST /api/v1/rebuilds", new Canned(202, "{\"id\":\"r-1\",\"state\":\"running\"}"));
        answers.put("GET /api/v1/rebuilds/r-1", new Canned(200, """
                {"id":"r-1","state":"done","records":9000,"of":9100,"perSecond":4500}"""));
        assertThat(run("rebuild", "portal")).isEqualTo(ExitCode.OK);
        assertThat(asked.getFirst()).startsWith("POST /api/v1/rebuilds Bearer token");
        assertThat(out.toString()).contains("9000 of 9100 records written", "made anew: 9000 records, 4500 a second");
    }

    @Test
    void rebuildThatFailedSaysThatNothingIsLost() {
        answers.put("POST /api/v1/rebuilds", new Canned(202, """
                {"id":"r-1","state":"failed","reason":"Kafka gives no records"}"""));
        assertThat(run("rebuild", "portal")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("Kafka gives no records. What was there before is in use.");
    }

    @Test
    void lintChecksScorecardsWithoutMuster() throws IOException {
        var file = write("s.yaml", """
                # mine
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: s }
                spec:
                  from: framework/production-readiness
                  rules:
                    - { use: framework/max-known-vulnerabilities, with: { maxHi: 1 } }
                    - { id: a, title: A, level: gold, check: vulnerabilites.size() == 0 }
                """);
        assertThat(run("lint", file.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString())
                .contains("s.yaml:8:59: ", "has no param 'maxHi'; did you mean 'maxHigh'?")
                .contains("s.yaml:9:46: unknown fact 'vulnerabilites'; did you mean 'vulnerabilities'?", "2 mistakes");
        assertThat(asked).isEmpty();
    }

    private static final String SCORECARD = """
            apiVersion: muster.dev/v1
            kind: Scorecard
            metadata: { name: s }
            spec: { from: framework/production-readiness }
            """;

    @Test
    void lintChecksTheRestWhenNoMusterAnswersAndSaysWhatIsNotChecked() throws IOException {
        write("a.yaml", "apiVersion: v1\nkind: Component\n");
        write("b.yaml", SCORECARD);
        server.stop(0);

        assertThat(run("lint", folder.toString())).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(out.toString()).isEqualTo("fine       s%n".formatted());
        assertThat(err.toString())
                .contains(
                        "not checked: the descriptors in " + folder.resolve("a.yaml") + ". Muster does not answer at");

        write("b.yaml", SCORECARD.replace("from: framework", "from: farmework"));
        assertThat(run("lint", folder.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains("b.yaml:4:15: there is no scorecard", "1 mistake");
        assertThat(lines("lint", folder.toString()))
                .hasSize(2)
                .last()
                .satisfies(line -> assertThat(line)
                        .startsWith("{\"status\":\"error\",\"message\":\"not checked: the descriptors in "));
    }

    @Test
    void lintSaysThatDescriptorsAreNotCheckedByAMusterThatCannotRightNow() throws IOException {
        write("a.yaml", "apiVersion: v1\nkind: Component\n");
        write("b.yaml", SCORECARD);
        answers.put("PUT /v1/catalog?dryRun=true", new Canned(503, "{\"detail\":\"Kafka does not answer\"}"));

        assertThat(run("lint", folder.toString())).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(out.toString()).contains("fine       s");
        assertThat(err.toString()).contains("not checked: ", "Muster answered 503: Kafka does not answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lint", "apply -f", "apply --dry-run -f"})
    void refusesTwoScorecardsOfOneName(String command) throws IOException {
        write("a.yaml", "# mine\n" + SCORECARD);
        write(
                "b.yaml",
                SCORECARD.replace("{ name: s }", "\n  title: Other\n  name: s") + "---\n"
                        + SCORECARD.replace("name: s", "name: t"));

        assertThat(run((command + " " + folder).split(" "))).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString())
                .contains("b.yaml:5:9: the scorecard 's' is there twice, first in " + folder.resolve("a.yaml")
                        + ":4; give one of them another name")
                .contains("1 mistake");
        assertThat(asked).isEmpty();
    }

    @Test
    void applyLeavesWhatIsNoYamlToMuster() throws IOException {
        var file = write("s.yaml", SCORECARD + "  - broken\n");
        answers.put("PUT /v1/scorecards", new Canned(422, """
                {"title":"The content has mistakes","errors":[{"line":6,"column":3,"message":"is not YAML"}]}"""));

        assertThat(run("apply", "-f", file.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains("s.yaml:5:3: is not YAML");
    }

    @Test
    void tellsWhatIsNotForTheCallerAtItsPlace() throws IOException {
        var file = write("c.yaml", "kind: Component\n");
        answers.put("PUT /v1/catalog", new Canned(403, """
                {"title":"The token may not do this","detail":"It takes the role admin","errors":[
                 {"line":2,"column":1,"path":"spec.owner","message":"component:default/a is owned by group:default/b"}]}"""));

        assertThat(run("apply", "-f", file.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains("c.yaml:1:1: component:default/a is owned by group:default/b");
    }

    private static final String TOOL = "apiVersion: muster.dev/v1\nkind: Source\nmetadata: { name: tool }\n";

    @Test
    void sourcePreviewShowsTheFactsThatADraftGives() throws IOException {
        var draft = write("source.yaml", TOOL);
        var body = write("delivery.json", "{\"a\":1}");
        answers.put("POST /v1/sources/tool/preview", new Canned(200, """
                {"source":"tool","draft":true,"deliveryId":"d-1","event":"push","outcome":"partly_failed",
                 "facts":[{"subject":"repo:github.com/acme/pay","fact":"repository","change":"set","at":"2026-06-01T12:00:00Z","value":{"name":"pay"}}],
                 "failures":[{"reason":"MAPPING_FAILED","message":"x: draft.yaml:9: no such key"}]}"""));
        assertThat(run("source", "preview", draft.toString(), body.toString(), "-H", "X-Kind: push"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(asked.getFirst())
                .contains("Bearer token")
                .contains("\"headers\":{\"X-Kind\":\"push\"}", "\"text\":\"{\\\"a\\\":1}\"")
                .contains("\"definition\":\"apiVersion");
        assertThat(out.toString())
                .contains("event 'push': partly failed, as delivery d-1")
                .contains("repo:github.com/acme/pay  repository  set", "{\"name\":\"pay\"}")
                .contains("MAPPING_FAILED: x: draft.yaml:9: no such key");
    }

    @Test
    void sourceLintTellsEveryMistakeOfADraft() throws IOException {
        var draft = write("source.yaml", TOOL);
        answers.put("POST /v1/sources/tool/preview", new Canned(422, """
                {"title":"The content has mistakes","errors":[
                 {"file":"draft.yaml","line":3,"column":5,"path":"spec","message":"'spec' is missing"}]}"""));
        assertThat(run("source", "lint", folder.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains(draft + ":3:5: 'spec' is missing", "1 mistake");

        answers.put("POST /v1/sources/tool/preview", new Canned(200, "{\"source\":\"tool\"}"));
        assertThat(run("source", "lint", draft.toString())).isEqualTo(ExitCode.OK);
    }

    @Test
    void routeTestSaysWhoHearsOfItWhenAndWhy() throws IOException {
        var routes = write("routes.yaml", ROUTES);
        assertThat(run(
                        "route",
                        "test",
                        routes.toString(),
                        "--tier",
                        "1",
                        "--lost",
                        "silver",
                        "--at",
                        "2026-06-06T20:00:00Z",
                        "--destination",
                        "platform",
                        "--destination",
                        "pager"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .containsExactly(
                        "+ default",
                        "- recovered: kind is regressed, not recovered",
                        "+ critical",
                        "",
                        "route    critical",
                        "to       the owner's own destinations, else platform, else the fallback",
                        "also to  pager",
                        "leaves   2026-06-07T08:00:00Z (GROUPING until 2026-06-06T20:00:05Z, then MUTED until"
                                + " 2026-06-07T08:00:00Z)");
        assertThat(asked).as("asks nobody").isEmpty();
    }

    @Test
    void routeTestAnswersPipelinesAndKnowsQuietHours() throws IOException {
        var routes = write("routes.yaml", ROUTES);
        assertThat(run(
                        "route",
                        "test",
                        routes.toString(),
                        "-o",
                        "json",
                        "--kind",
                        "recovered",
                        "--at",
                        "2026-06-01T21:00:00Z",
                        "--quiet-hours",
                        "22:00-07:00 Europe/Berlin"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains(
                        "\"route\":\"recovered\"",
                        "{\"because\":\"MUTED\",\"until\":\"2026-06-02T05:00:00Z\"}",
                        "\"leavesAt\":\"2026-06-02T05:00:00Z\"");
    }

    @Test
    void routeTestKnowsTheDigestOfTheOwner() throws IOException {
        var routes = write("routes.yaml", ROUTES);
        assertThat(run(
                        "route",
                        "test",
                        routes.toString(),
                        "-o",
                        "json",
                        "--kind",
                        "recovered",
                        "--at",
                        "2026-06-01T21:00:00Z",
                        "--digest",
                        "daily 08:00 Europe/Berlin"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("{\"because\":\"DIGEST\",\"until\":\"2026-06-02T06:00:00Z\"}");
        assertThat(run("route", "test", routes.toString(), "--digest", "now and then"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void routeTestTellsEveryMistakeWithItsPlace() throws IOException {
        var routes = write("routes.yaml", ROUTES);
        assertThat(run("route", "test", routes.toString(), "--destination", "platfrom", "--destination", "pager"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString())
                .contains("routes.yaml:5:17: no destination 'platform' is configured", "did you mean 'platfrom'?");
        assertThat(run("route", "test", "gone.yaml")).isEqualTo(ExitCode.USAGE);
        assertThat(run("route", "test", routes.toString(), "--at", "now")).isEqualTo(ExitCode.USAGE);
    }

    private static final String ROUTES = """
            apiVersion: muster.dev/v1
            kind: Routes
            spec:
              route:
                receivers: [platform]
                routes:
                  - name: recovered
                    match: { kind: recovered }
                  - name: critical
                    match: { tier: 1, lost: "*" }
                    also: [pager]
                    groupWait: 5s
                    mute: [{ days: sat, from: "10:00", to: "08:00" }]
            """;

    @Test
    void sourceJqSaysAFilterInCel() {
        assertThat(run("source", "jq", ".alert.level // \"none\"")).isEqualTo(ExitCode.OK);
        assertThat(run("source", "jq", "--of", "item", ".x[0]")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines()).containsExactly("body.?alert.?level.orValue('none')", "item.?x[?0]");
        assertThat(run("source", "jq", ".a | length")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("jq, column 6: cannot say 'length' in CEL", "Supported are paths");
    }

    @Test
    void applySendsInitiativesTogetherAfterWhatTheyAreAbout() throws IOException {
        write(
                "a.yaml",
                "apiVersion: muster.dev/v1\nkind: Initiative\n---\napiVersion: muster.dev/v1\nkind: Scorecard\n");
        write("b.yaml", "apiVersion: muster.dev/v1\nkind: Initiative\nspec: x\n");
        answers.put("PUT /v1/scorecards", new Canned(200, "{\"applied\":[],\"unchanged\":[\"pr\"]}"));
        answers.put("PUT /v1/initiatives", new Canned(422, """
                {"title":"The content has mistakes","errors":[
                 {"line":7,"column":7,"path":"spec","message":"means no entity"}]}"""));
        assertThat(run("apply", "-f", folder.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(asked)
                .extracting(call -> call.split("\n", 2)[0])
                .containsExactly("PUT /v1/scorecards Bearer token", "PUT /v1/initiatives Bearer token");
        assertThat(out.toString()).contains("unchanged  pr", "b.yaml:3:7: means no entity", "1 mistake");
    }

    @Test
    void lintChecksInitiativesAgainstTheScorecardsBesideThem() throws IOException {
        var file = write("i.yaml", """
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: s }
                spec: { from: framework/production-readiness }
                ---
                apiVersion: muster.dev/v1
                kind: Initiative
                metadata: { name: calm }
                spec: { scorecard: s, level: sliver, due: 2020-12-24 }
                ---
                apiVersion: muster.dev/v1
                kind: Initiative
                metadata: { name: other }
                spec: { scorecard: elsewhere, rules: [anything], due: 2020-12-24 }
                """);
        assertThat(run("lint", file.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString())
                .contains(
                        "i.yaml:9:30: 'sliver' is not a level of 's'; its levels are bronze, silver, gold; did you mean"
                                + " 'silver'?")
                .contains("1 mistake");
        Files.writeString(file, Files.readString(file).replace("sliver", "silver"));
        assertThat(run("lint", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("fine       calm", "fine       other");
        Files.writeString(file, Files.readString(file).replace("due:", "dew:"));
        assertThat(run("lint", file.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains("i.yaml:14:50: unknown key 'dew'; did you mean 'due'?", "4 mistakes");
        assertThat(asked).isEmpty();
    }

    @Test
    void lintFindsTheExamplesFine() {
        assertThat(run("lint", "../examples/initiatives", "../examples/production-readiness.yaml"))
                .as(out.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("fine       production-readiness", "fine       silver-by-2030");
    }

    @Test
    void getListsInitiativesWithTheirProgress() {
        answers.put("GET /api/v1/initiatives?limit=200", new Canned(200, """
                {"items":[{"name":"calm","scorecard":"pr","level":"silver","rules":[],"due":"2026-12-25T00:00:00Z",
                 "lastDay":"2026-12-24","entities":{"total":12,"done":3,"percent":25},"overdue":true,"problem":null},
                 {"name":"two","scorecard":"pr","level":null,"rules":["a","b"],"due":"2027-01-01T00:00:00Z",
                 "lastDay":"2026-12-31","entities":{"total":2,"done":2,"percent":100},"overdue":false,"problem":null}],
                 "next":null}"""));
        assertThat(run("get", "initiatives")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .containsPattern("calm +pr +silver +2026-12-24 +3/12 +yes")
                .containsPattern("two +pr +a, b +2026-12-31 +2/2 +-");
        assertThat(run("get", "initiatives", "-o", "json")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("{\"name\":\"calm\"");
    }

    @Test
    void lintKnowsTheFactsOfAFolder() throws IOException {
        Files.createDirectory(folder.resolve("facts"));
        write("facts/mine.yaml", "name: mine\nkind: int\ndoc: Mine\n");
        var file = write("s.yaml", """
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: s }
                spec: { rules: [{ id: a, title: A, level: gold, check: mine > 1 }] }
                """);
        assertThat(run("lint", file.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(run("lint", "--framework", folder.toString(), file.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("fine       s");
        assertThat(run("lint", "--framework", folder + "/none", file.toString()))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void lintAsksMusterAboutDescriptors() throws IOException {
        var file = write("c.yaml", "# mine\napiVersion: v1\nkind: Component\nspec: x\n");
        answers.put("PUT /v1/catalog?dryRun=true", new Canned(422, """
                {"title":"The content has mistakes","errors":[
                 {"line":5,"column":7,"path":"spec","message":"expected a mapping"},{"message":"no owner"}]}"""));
        assertThat(run("lint", file.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains("c.yaml:4:7: expected a mapping", "no owner", "2 mistakes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lint", "apply -f"})
    void tellsWhatIsWrongWithTheFileAsAWhole(String command) throws IOException {
        var file = write("c.yaml", "kind: Group\n");
        var call = command.equals("lint") ? "PUT /v1/catalog?dryRun=true" : "PUT /v1/catalog";
        var arguments = (command + " " + file).split(" ");
        answers.put(call, new Canned(413, """
                {"type":"https://muster.dev/problems/body-too-large","title":"The body is too large","status":413,
                 "detail":"A declaration may have 4194304 bytes at most"}"""));
        assertThat(run(arguments)).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("Muster answered 413: A declaration may have 4194304 bytes at most");
        answers.put(call, new Canned(422, """
                {"title":"The content has mistakes","errors":[{"line":2,"column":1,"message":"is nested deeper than 32"}]}"""));
        assertThat(run(arguments)).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains("c.yaml:1:1: is nested deeper than 32", "1 mistake");
        answers.put(call, new Canned(401, "{\"title\":\"A valid token is needed\"}"));
        assertThat(run(arguments)).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("Muster answered 401: A valid token is needed", "Set MUSTER_TOKEN");
    }

    @Test
    void sendsNothingThatNoMusterReads() throws IOException {
        var file = write("large.yaml", "kind: Group\n" + "# remark\n".repeat(3_000_000));
        assertThat(run("lint", file.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString())
                .contains("large.yaml and what comes with it has 27000016 characters; Muster takes no declaration above"
                        + " 26214400");
        assertThat(asked).isEmpty();
    }

    @Test
    void refusesAFileThatIsNotText() throws IOException {
        var file = Files.write(folder.resolve("latin.yaml"), "kind: M\u00fcller".getBytes(ISO_8859_1));
        assertThat(run("lint", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("latin.yaml is not text in UTF-8");
        assertThat(asked).isEmpty();
    }

    @Test
    void getListsAllPieces() {
        answers.put("GET /api/v1/entities?limit=200", new Canned(200, """
                {"items":[{"ref":"component:default/payments","type":"service","tier":1,"owner":"group:default/payments",
                 "results":[{"scorecard":"pr","level":null,"score":64,"coverage":81,"failing":2}]}],"next":"a+b"}"""));
        answers.put("GET /api/v1/entities?limit=200&cursor=a%2Bb", new Canned(200, """
                {"items":[{"ref":"component:default/ledger","results":[]}],"next":null}"""));
        assertThat(run("get", "entities")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("component:default/payments  service  1", "component:default/ledger    -");
        assertThat(run("get", "results")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).containsPattern("payments +pr +- +64 +81 +2");
    }

    @Test
    void explainTellsEvidenceCauseAndWhatToDo() {
        answers.put("GET /api/v1/entities/component:default/payments/scorecards/pr", new Canned(200, """
                {"entity":"component:default/payments","scorecard":"pr","scorecardVersion":3,"version":17,"level":null,
                 "score":64,"coverage":81,"evaluatedAt":"2026-11-23T12:00:00Z",
                 "rules":[{"id":"max-known-vulnerabilities","outcome":"FAIL","since":"2026-11-23T12:00:00Z",
                   "message":"1 critical vulnerability is open (max 0)","level":"bronze","remediation":"Update it.",
                   "evidence":[{"fact":"vulnerabilities","subject":"repo:github.com/acme/payments","observedAt":"2026-11-23T11:59:59Z"}],
                   "nextChangeAt":null}],
                 "cause":{"kind":"FACT","source":"github","deliveryId":"d-1","actor":"mona","url":null,"fact":"vulnerabilities",
                   "subject":"repo:github.com/acme/payments","before":"0","after":"1","at":"2026-11-23T11:59:59Z"}}"""));
        assertThat(run("explain", "payments", "pr")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("level none, score 64, coverage 81")
                .contains("FAIL           max-known-vulnerabilities (bronze)")
                .contains("evidence: vulnerabilities of repo:github.com/acme/payments")
                .contains("what to do: Update it.")
                .contains("delivery d-1", "by mona");
    }

    @Test
    void explainTellsHowItStoodAndWhetherThatWasRecorded() {
        var path = "GET /api/v1/entities/component:default/payments/scorecards/pr?asOf=";
        var result = """
                {"asOf":"2026-11-01T00:00:00Z","entity":"component:default/payments","scorecard":"pr","level":"gold",
                 "score":100,"coverage":100,"rules":[],"agrees":%s,"recorded":%s}""";
        var recorded = """
                {"version":17,"level":null,"score":64,"coverage":81,"kind":"REGRESSED","at":"2026-10-30T09:00:00Z"}""";
        answers.put(path + "2026-11-01T00%3A00%3A00Z", new Canned(200, result.formatted("true", recorded)));
        answers.put(path + "2026-11-01T09%3A30%3A00%2B01%3A00", new Canned(200, result.formatted("false", recorded)));
        answers.put(path + "soon", new Canned(400, "{\"detail\":\"asOf must be an instant\"}"));

        assertThat(run("explain", "payments", "pr", "--as-of", "2026-11-01")).isEqualTo(ExitCode.OK);
        assertThat(run("explain", "payments", "pr", "--as-of", "2026-11-01T09:30:00+01:00"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("level gold, score 100, coverage 100")
                .contains("As of 2026-11-01T00:00:00Z; the same was recorded then: version 17, level none, score 64,"
                        + " coverage 81, regressed at 2026-10-30T09:00:00Z")
                .contains("something else was recorded then: version 17");
        assertThat(run("explain", "payments", "pr", "--as-of", "soon")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("asOf must be an instant");
        assertThat(run("explain", "payments", "--as-of", "2026-11-01")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--as-of needs a SCORECARD");
    }

    @Test
    void attestSaysItInOurNameAndTakesItBack() {
        answers.put("POST /v1/attestations", new Canned(201, """
                {"id":"a-1","state":"attested","rule":"has-threat-model","entity":"component:default/payments",
                 "expires":"2027-02-24T00:00:00Z"}"""));
        answers.put("DELETE /v1/attestations/a-1", new Canned(204, ""));
        assertThat(run("attest", "payments", "has-threat-model", "--evidence", "https://w/x", "--expires", "90d"))
                .isEqualTo(ExitCode.OK);
        assertThat(run("attest", "withdraw", "a-1", "--note", "outdated")).isEqualTo(ExitCode.OK);
        assertThat(asked).containsExactly("""
                        POST /v1/attestations Bearer token
                        {"entity":"component:default/payments","rule":"has-threat-model","expires":"90d","evidence":"https://w/x"}""", """
                        DELETE /v1/attestations/a-1 Bearer token
                        {"comment":"outdated"}""");
        assertThat(out.toString())
                .contains(
                        "attestation a-1 is attested: has-threat-model of component:default/payments, until 2027-02-24T")
                .contains("attestation a-1 is withdrawn");
    }

    @Test
    void exemptAsksAndDecides() {
        answers.put("POST /v1/exemptions", new Canned(201, "{\"id\":\"e-1\",\"state\":\"requested\"}"));
        answers.put("POST /v1/exemptions/e-1/approve", new Canned(200, "{\"id\":\"e-1\",\"state\":\"approved\"}"));
        answers.put(
                "POST /v1/exemptions/e-2/deny", new Canned(409, "{\"detail\":\"The exemption is denied already\"}"));
        assertThat(run(
                        "exempt",
                        "payments",
                        "few",
                        "--reason",
                        "it is due",
                        "--expires",
                        "2027-01-01",
                        "--finding",
                        "CVE-1"))
                .isEqualTo(ExitCode.OK);
        assertThat(run("exempt", "approve", "e-1", "--comment", "fine")).isEqualTo(ExitCode.OK);
        assertThat(run("exempt", "deny", "e-2")).isEqualTo(ExitCode.REFUSED);
        assertThat(run("exempt", "revoke", "a/b")).isEqualTo(ExitCode.REFUSED);
        assertThat(asked)
                .extracting(call -> call.split("\n", 2)[1])
                .containsExactly(
                        "{\"entity\":\"component:default/payments\",\"rule\":\"few\",\"expires\":\"2027-01-01\","
                                + "\"finding\":\"CVE-1\",\"reason\":\"it is due\"}",
                        "{\"comment\":\"fine\"}",
                        "{}",
                        "{}");
        assertThat(asked.getLast()).startsWith("POST /v1/exemptions/a%2Fb/revoke ");
        assertThat(out.toString()).contains("exemption e-1 is requested", "exemption e-1 is approved");
        assertThat(err.toString()).contains("Muster answered 409: The exemption is denied already");
    }

    @Test
    void attestAndExemptTellEveryMistake() {
        answers.put("POST /v1/exemptions", new Canned(422, """
                {"title":"The content has mistakes","errors":[{"path":"reason","message":"is missing"},
                 {"path":"expires","message":"is missing"}]}"""));
        assertThat(run("exempt", "payments", "few")).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains("reason: is missing", "expires: is missing", "2 mistakes");
        assertThat(run("exempt", "approve")).isEqualTo(ExitCode.USAGE);
        assertThat(run("exempt", "a b", "few")).isEqualTo(ExitCode.USAGE);
        assertThat(run("attest", "payments")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void getListsWhatPeopleDecided() {
        answers.put("GET /v1/exemptions?entity=component%3Adefault%2Fpayments", new Canned(200, """
                {"exemptions":[{"id":"e-1","state":"approved","active":false,"entity":"component:default/payments",
                 "rule":"few","requestedBy":"mona","expires":"2026-01-01T00:00:00Z"},
                 {"id":"e-2","state":"denied","active":false,"entity":"component:default/payments",
                 "rule":"few","finding":"CVE-1","requestedBy":"mona","expires":"2026-01-01T00:00:00Z"}]}"""));
        answers.put("GET /v1/attestations", new Canned(200, """
                {"attestations":[{"id":"a-1","state":"attested","active":true,"entity":"component:default/payments",
                 "rule":"few","by":"mona","at":"2026-01-01T00:00:00Z","expires":"2027-01-01T00:00:00Z"}]}"""));
        assertThat(run("get", "exemptions", "--entity", "payments")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).containsPattern("e-1 +over +component:default/payments +few +- +mona");
        assertThat(out.toString()).containsPattern("e-2 +denied +component:default/payments +few +CVE-1 +mona");
        assertThat(run("get", "attestations")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).containsPattern("a-1 +attested +component:default/payments +few +mona");
        assertThat(run("get", "attestations", "-o", "json")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("{\"id\":\"a-1\",");
        assertThat(run("get", "entities", "--entity", "payments")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void backtestTellsWhatWouldHaveChangedAndOnRequestInItsExitCode() throws IOException {
        var file =
                write("s.yaml", "apiVersion: muster.dev/v1\nkind: Scorecard\n").toString();
        answers.put("POST /api/v1/backtests?since=30d", new Canned(200, """
                {"scorecard":"pr","since":"2026-10-24T12:00:00Z","until":"2026-11-23T12:00:00Z","facts":1200,
                 "recordedFrom":"2026-11-01T00:00:00Z","entities":37,"changed":1,
                 "rules":[{"id":"covered","changes":2,"entities":1,"then":{"PASS":37},"now":{"PASS":36,"FAIL":1}}],
                 "byEntity":[{"ref":"component:default/payments","owner":"group:default/payments","transitions":2,
                   "first":"2026-11-02T00:00:00Z","last":"2026-11-03T00:00:00Z","then":"bronze","now":null}],
                 "notListed":{"entities":36,"transitions":1210},
                 "messages":{"sum":1,"owners":[{"owner":"group:default/payments","messages":1}]},
                 "examples":[{"entity":"component:default/payments","at":"2026-11-02T00:00:00Z","kind":"REGRESSED",
                   "changes":[{"rule":"covered","before":"PASS","after":"FAIL","message":"coverage is 10 %"}],
                   "cause":{"source":"github","fact":"coverage"}}],
                 "live":{"version":7,"different":1,"examples":[{"entity":"component:default/payments","levelLive":"bronze",
                   "levelHere":null,"rules":[{"rule":"covered","live":"PASS","here":"FAIL"}]}],
                   "notListed":5}}"""));
        assertThat(run("backtest", file, "--since", "30d")).isEqualTo(ExitCode.OK);
        assertThat(asked.getFirst())
                .startsWith("POST /api/v1/backtests?since=30d Bearer token\n")
                .contains("Scorecard");
        assertThat(out.toString())
                .contains("1200 records of facts, 37 entities, 1 of them would have changed")
                .contains("Facts are recorded from 2026-11-01T00:00:00Z on only")
                .containsPattern("covered +2 +1 +37 PASS +36 PASS, 1 FAIL")
                .contains("at most: 1", "REGRESSED component:default/payments (github coverage)")
                .contains("covered: PASS, then FAIL: coverage is 10 %")
                .contains("Compared with version 7, which is live: 1 entities would stand differently now")
                .contains("  and 36 more entities that would have changed, not listed here")
                .contains("  and 1210 more between the first and the last of these, not listed here")
                .contains("  and 5 more that would stand differently, not listed here");
        assertThat(run("backtest", file, "--since", "30d", "--exit-code", "-o", "json"))
                .isEqualTo(ExitCode.CHANGES);
        assertThat(out.toString()).contains("{\"scorecard\":\"pr\"");
    }

    @Test
    void backtestTellsMistakesAtTheirPlacesAndWhenToTryAgain() throws IOException {
        var file = write("s.yaml", "# mine\napiVersion: muster.dev/v1\nkind: Scorecard\nspec: x\n")
                .toString();
        answers.put("POST /api/v1/backtests?since=90d", new Canned(422, """
                {"title":"The content has mistakes","errors":[{"line":5,"column":7,"message":"expected a mapping"}]}"""));
        assertThat(run("backtest", file)).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains("s.yaml:4:7: expected a mapping");
        answers.put("POST /api/v1/backtests?since=90d", new Canned(429, """
                {"title":"Too many requests","detail":"Another backtest runs; there is one at a time"}"""));
        assertThat(run("backtest", file)).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("Another backtest runs");
        assertThat(run(
                        "backtest",
                        write("c.yaml", "apiVersion: v1\nkind: Component\n").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("holds 0 scorecards, expected one");
    }

    @Test
    void sendPostsAsGitHubDoesAndWithoutOurToken() throws IOException {
        var file = write("alert.json", "{\"at\":\"2024-01-01T00:00:00Z\"}");
        answers.put("POST /v1/webhooks/github", new Canned(202, "{\"deliveryId\":\"d-7\"}"));
        assertThat(run("send", "--verbatim", "github", "dependabot_alert", file.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("journalled as delivery d-7");
        assertThat(asked).containsExactly("POST /v1/webhooks/github null\n{\"at\":\"2024-01-01T00:00:00Z\"}");
    }

    @Test
    void explainShowsTheExpressionOfARuleWithItsValues() {
        answers.put("GET /api/v1/entities/component:default/payments/scorecards/pr?explain=true", new Canned(200, """
                {"entity":"component:default/payments","scorecard":"pr","rules":[{"id":"other","outcome":"PASS"},
                 {"id":"few","outcome":"FAIL","level":"bronze","message":"2 are open","nextChangeAt":"2026-12-01T00:00:00Z"}],
                 "explanations":[{"rule":"other","expressions":[]},{"rule":"few","params":{"max":"0"},
                   "facts":[{"name":"vulnerabilities","value":"[{id: 'CVE-1'}]","observedAt":"2026-11-23T11:59:59Z","evidence":[]},
                    {"name":"alerts","value":null,"observedAt":null,"evidence":[]}],
                   "expressions":[{"key":"appliesTo","expression":"entity.tier < 3","value":true,"filledIn":"1 < 3","parts":[]},
                    {"key":"check","expression":"vulnerabilities.size() <= params.max","value":false,"filledIn":"2 <= 0",
                     "parts":[{"expression":"vulnerabilities.size()","value":"2"}]},
                    {"key":"warn","expression":"true","value":null,"filledIn":null,"parts":[]}]}]}"""));
        assertThat(run("explain", "payments", "pr", "--rule", "few")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines().map(String::strip))
                .containsSubsequence(
                        "FAIL           few (bronze)",
                        "appliesTo: entity.tier < 3",
                        "= 1 < 3, which is true",
                        "check: vulnerabilities.size() <= params.max",
                        "= 2 <= 0, which is false",
                        "vulnerabilities.size() = 2",
                        "warn: true",
                        "= not asked",
                        "param max = 0",
                        "fact vulnerabilities = [{id: 'CVE-1'}], observed 2026-11-23T11:59:59Z",
                        "fact alerts was never reported",
                        "changes by itself at 2026-12-01T00:00:00Z");
        assertThat(out.toString()).doesNotContain("other");
        assertThat(run("explain", "payments", "pr", "--rule", "few", "--exit-code"))
                .isEqualTo(ExitCode.FAILS);
        assertThat(run("explain", "payments", "pr", "--rule", "other", "--exit-code"))
                .isEqualTo(ExitCode.OK);
        assertThat(lines("explain", "payments", "pr", "--rule", "few"))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("\"rules\":[{\"id\":\"few\"", "\"explanations\":[{\"rule\":\"few\"")
                        .doesNotContain("other"));
        assertThat(run("explain", "payments", "pr", "--rule", "fwe")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("pr has no rule 'fwe'; did you mean 'few'?");
        assertThat(run("explain", "payments", "--rule", "few")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void tellsPipelinesOneObjectALine() throws IOException {
        var file = write(
                        "a.yaml",
                        "# mine\napiVersion: muster.dev/v1\nkind: Scorecard\n---\napiVersion: v1\nkind: Component\n")
                .toString();
        answers.put("PUT /v1/catalog", new Canned(200, """
                {"applied":["component:default/payments"],"unchanged":["group:default/payments"],
                 "warnings":[{"line":2,"column":3,"message":"depends on nobody"}]}"""));
        answers.put("PUT /v1/scorecards", new Canned(200, """
                {"applied":[{"name":"pr","version":3}],"unchanged":[]}"""));
        assertThat(lines("apply", "-f", file)).containsExactly("""
                {"status":"applied","name":"component:default/payments"}""", """
                {"status":"unchanged","name":"group:default/payments"}""", """
                {"status":"warning","file":"%s","line":5,"column":3,"message":"depends on nobody"}""".formatted(file), """
                {"status":"applied","name":"pr","version":3}""");

        answers.put("POST /v1/attestations", new Canned(201, "{\"id\":\"a-1\",\"state\":\"attested\"}"));
        answers.put("DELETE /v1/attestations/a-1", new Canned(204, ""));
        assertThat(lines("attest", "payments", "few")).containsExactly("{\"id\":\"a-1\",\"state\":\"attested\"}");
        assertThat(lines("attest", "withdraw", "a-1"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"id\":\"a-1\"", "\"state\":\"withdrawn\""));

        answers.put("GET /api/v1/entities?limit=200", new Canned(200, """
                {"items":[{"ref":"component:default/payments","results":[{"scorecard":"pr","score":64}]}],"next":null}"""));
        assertThat(lines("get", "results")).containsExactly("""
                {"entity":"component:default/payments","result":{"scorecard":"pr","score":64}}""");
        answers.put(
                "GET /api/v1/entities/component:default/payments/scorecards/pr",
                new Canned(200, "{\"scorecard\":\"pr\",\"rules\":[]}"));
        assertThat(lines("explain", "payments", "pr")).containsExactly("{\"scorecard\":\"pr\",\"rules\":[]}");

        answers.put("POST /v1/webhooks/github", new Canned(202, "{\"deliveryId\":\"d-7\"}"));
        assertThat(lines("send", "github", "push", write("p.json", "{}").toString()))
                .containsExactly("{\"deliveryId\":\"d-7\"}");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void tellsPipelinesMistakesAtTheirPlaces() throws IOException {
        var file = write("s.yaml", """
                # mine
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: s }
                spec: { rules: [{ id: a, title: A, level: gold, check: vulnerabilites.size() == 0 }] }
                """).toString();
        var mistake = "{\"status\":\"error\",\"file\":\"%s\",\"line\":5,\"column\":%d,\"message\":\"%s\"}";
        assertThat(lines("lint", file))
                .containsExactly(
                        mistake.formatted(file, 56, "unknown fact 'vulnerabilites'; did you mean 'vulnerabilities'?"));
        answers.put("POST /api/v1/backtests?since=90d", new Canned(422, """
                {"title":"The content has mistakes","errors":[{"line":6,"column":7,"message":"expected a mapping"}]}"""));
        assertThat(lines("backtest", file)).containsExactly(mistake.formatted(file, 7, "expected a mapping"));
        answers.put("POST /v1/exemptions", new Canned(422, """
                {"title":"The content has mistakes","errors":[{"path":"reason","message":"is missing"}]}"""));
        assertThat(lines("exempt", "payments", "few")).containsExactly("""
                {"status":"error","path":"reason","message":"is missing"}""");
        answers.put("PUT /v1/scorecards", new Canned(503, "{\"detail\":\"Kafka does not answer\"}"));
        assertThat(lines("apply", "-f", file)).containsExactly("""
                {"status":"error","message":"Muster answered 503: Kafka does not answer"}""");
        assertThat(err.toString()).isEmpty();
        assertThat(run("get", "entities", "-o", "xml")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("Invalid value for option '--output': expected one of [table, json]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"apply", "lint", "get", "explain", "attest", "exempt", "backtest", "send", "demo"})
    void everyCommandSpeaksJson(String command) {
        assertThat(run(command, "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("-o, --output=FORMAT", "table or json");
    }

    @Test
    void theHelpNamesEveryExitCode() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("  0  done", "  1  ", "  2  ", "  3  ", "  4  ", "  5  ");
    }

    @Test
    void errorsAreSentencesWithTheirExitCodes() throws IOException {
        assertThat(run("get", "nothing")).isEqualTo(ExitCode.USAGE);
        assertThat(run("explain", "a b")).isEqualTo(ExitCode.USAGE);
        assertThat(run("explain", "unknown")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("Muster answered 404: There is no such thing");
        for (var status : List.of(429, 500, 502, 503)) {
            answers.put("GET /api/v1/scorecards?limit=200", new Canned(status, ""));
            assertThat(run("get", "scorecards")).isEqualTo(ExitCode.UNAVAILABLE);
        }
        server.stop(0);
        assertThat(run("get", "scorecards")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("./muster up").doesNotContain("\tat ");
    }

    /// What a command tells in JSON.
    private List<String> lines(String... arguments) {
        out.getBuffer().setLength(0);
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--output", "json"));
        run(all.toArray(String[]::new));
        return out.toString().lines().toList();
    }

    private int run(String... arguments) {
        var base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var settings = new Settings(base, base, base, Map.of("MUSTER_TOKEN", "token", "MUSTER_SECRET_GITHUB", "hook"));
        return Main.commandLine(() -> settings, new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}

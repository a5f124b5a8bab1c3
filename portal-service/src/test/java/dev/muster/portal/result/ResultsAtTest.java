package dev.muster.portal.result;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.portal.entity.Entities;
import dev.muster.portal.entity.EntityFilter;
import dev.muster.portal.failing.Failing;
import dev.muster.portal.failing.FailingFilter;
import dev.muster.portal.scorecard.Reports;
import dev.muster.portal.scorecard.Scorecards;
import dev.muster.portal.transition.PastStandings;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.RuleOutcome;
import dev.muster.schemas.v1.Transition;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.service.ProblemException;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tells results that come, change and end, remembers them, and asks how they stood.
class ResultsAtTest {

    private static final Instant BEGIN = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.HOURS);
    private static final List<String> LEVELS = List.of("", "bronze", "silver", "gold");

    /// By entity and time; null where it ended.
    private static final Map<String, TreeMap<Instant, Result>> TOLD = new HashMap<>();

    private static TestBroker broker;
    private static Portal portal;

    @BeforeAll
    static void tell() {
        broker = TestBroker.start();
        portal = Portal.start(broker, TestPostgres.shared().newDatabase(), Map.of());
        var story = new Story(portal, BEGIN);
        story.begin();
        var random = new Random(7);
        for (int i = 0; i < 8; i++) {
            var entity = Story.component("then-" + (char) ('a' + i), Story.TEAM, i % 4);
            story.declare(entity);
            var ref = entity.getRef();
            var told = new TreeMap<Instant, Result>();
            Result before = null;
            for (int version = 1; version <= 6; version++) {
                var at = BEGIN.plus(Duration.ofHours(8L * (version - 1))).plusSeconds(600L * i);
                var after = result(ref, version, at, random);
                story.happen(
                        before, after, version == 1 ? TransitionKind.BASELINE : TransitionKind.CHANGED, Story.TEAM);
                told.put(at, after);
                before = after;
            }
            TOLD.put(ref, told);
            if (i == 3) {
                end(Objects.requireNonNull(before), told);
            }
        }
        await().untilAsserted(() -> {
            assertThat(portal.json("/api/v1/entities/component:default/then-h/scorecards/" + Story.SCORECARD)
                            .path("version")
                            .asInt())
                    .isEqualTo(6);
            assertThat(portal.get("/api/v1/entities/component:default/then-d/scorecards/" + Story.SCORECARD)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(portal.json("/api/v1/transitions?limit=200").path("items"))
                    .hasSize(49);
        });
    }

    @AfterAll
    static void stop() {
        portal.close();
        broker.close();
    }

    private static Result result(String ref, int version, Instant at, Random random) {
        var outcomes = new HashMap<String, Outcome>();
        for (var rule : List.of("max-known-vulnerabilities", "has-runbook", "coverage", "on-call")) {
            outcomes.put(rule, Outcome.values()[random.nextInt(Outcome.values().length)]);
        }
        var level = LEVELS.get(random.nextInt(LEVELS.size()));
        return Story.result(ref, version, level.isEmpty() ? null : level, at, outcomes);
    }

    private static void end(Result last, TreeMap<Instant, Result> told) {
        var at = BEGIN.plus(Duration.ofHours(50));
        var topics = portal.topics();
        var ended = Transition.newBuilder(Story.transition(last, last, TransitionKind.CHANGED, Story.TEAM))
                .setId("the-end")
                .setVersion(7)
                .setAt(at)
                .setAfter(null)
                .setChanges(last.getRules().stream()
                        .map(rule -> dev.muster.schemas.v1.RuleChange.newBuilder()
                                .setRule(rule.getRule())
                                .setTitle(rule.getTitle())
                                .setLevel(rule.getLevel())
                                .setBefore(rule.getOutcome())
                                .setAfter(null)
                                .setMessage("")
                                .build())
                        .toList())
                .build();
        portal.tell(topics.transitions(), last.getEntity(), ended);
        portal.tell(topics.results(), last.getEntity() + "|" + Story.SCORECARD, null);
        told.put(at, null);
    }

    static List<Instant> instants() {
        var instants = new ArrayList<Instant>();
        instants.add(BEGIN.minusSeconds(1));
        IntStream.range(0, 15)
                .forEach(i -> instants.add(BEGIN.plus(Duration.ofHours(4L * i)).plusSeconds(1800)));
        instants.add(BEGIN);
        instants.add(BEGIN.plus(Duration.ofHours(8)).minusMillis(1));
        return instants;
    }

    private static Map<String, Result> then(Instant at) {
        var then = new TreeMap<String, Result>();
        TOLD.forEach((entity, told) -> {
            var last = told.floorEntry(at);
            if (last != null && last.getValue() != null) {
                then.put(entity, last.getValue());
            }
        });
        return then;
    }

    private static long failing(Result result) {
        return result.getRules().stream()
                .filter(it -> it.getOutcome() == Outcome.FAIL || it.getOutcome() == Outcome.ERROR)
                .count();
    }

    @ParameterizedTest
    @MethodSource("instants")
    void listsEntitiesAsTheyStood(Instant at) {
        var listed = portal.bean(Entities.class)
                .at(at)
                .scorable(
                        new EntityFilter(null, null, null, null, null, null, null, null, null, null, "score"), 50, null)
                .items();

        var found = new TreeMap<String, String>();
        listed.forEach(item -> item.results()
                .forEach(it -> found.put(
                        item.ref(),
                        "%s %d %d %d %d"
                                .formatted(it.level(), it.score(), it.coverage(), it.failing(), it.version()))));
        var expected = new TreeMap<String, String>();
        then(at).forEach((entity, it) -> expected.put(
                entity,
                "%s %d %d %d %d"
                        .formatted(it.getLevel(), it.getScore(), it.getCoverage(), failing(it), it.getVersion())));
        assertThat(found).isEqualTo(expected);
        assertThat(listed).hasSize(8);
        assertThat(listed.stream()
                        .filter(it -> !it.results().isEmpty())
                        .map(it -> it.results().getFirst().score()))
                .isSorted();
    }

    @ParameterizedTest
    @MethodSource("instants")
    void countsWhatWasSo(Instant at) {
        var reports = portal.bean(Reports.class).at(at);
        var scorecard = portal.bean(Scorecards.class).find(Story.SCORECARD).orElseThrow();

        var outcomes = new TreeMap<String, Map<String, Integer>>();
        then(at).values().stream()
                .flatMap(it -> it.getRules().stream())
                .forEach(rule -> outcomes.computeIfAbsent(rule.getRule(), _ -> new TreeMap<>())
                        .merge(rule.getOutcome().name(), 1, Integer::sum));
        assertThat(reports.outcomes(Story.SCORECARD)).isEqualTo(outcomes);
        var standing = reports.distribution(scorecard);
        assertThat(standing.entities()).isEqualTo(then(at).size());
        assertThat(standing.levels().get("gold")).isEqualTo((int) then(at).values().stream()
                .filter(it -> "gold".equals(it.getLevel()))
                .count());
    }

    @ParameterizedTest
    @MethodSource("instants")
    void agreesWithThePageOfTheEntity(Instant at) {
        var standings = portal.bean(PastStandings.class);
        for (var entity : TOLD.keySet()) {
            var result = then(at).get(entity);
            var page = standings.find(entity, Story.SCORECARD, at);
            if (result == null) {
                assertThat(page.map(it -> it.standing())).as(entity).isEmpty();
            } else {
                assertThat(page.orElseThrow().outcomes())
                        .isEqualTo(result.getRules().stream()
                                .collect(toMap(
                                        RuleOutcome::getRule,
                                        it -> it.getOutcome().name())));
                assertThat(page.orElseThrow().version()).isEqualTo(result.getVersion());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("instants")
    void showsOnThePageOfTheEntityWhatWasSoAndNothingOfLater(Instant at) {
        for (var entity : TOLD.keySet()) {
            var page = portal.get("/entities/" + entity + "?asOf=" + at).body();
            var result = then(at).get(entity);
            if (result == null) {
                assertThat(page).contains("Not scored then").doesNotContain("id=\"summary\"", "id=\"rules\"");
                continue;
            }
            assertThat(page)
                    .as(entity)
                    .contains("aria-label=\"Score %d of 100\"".formatted(result.getScore()))
                    .contains(result.getCause().getDeliveryId())
                    .contains("data-until=\"" + at + "\"");
            for (var rule : result.getRules()) {
                assertThat(page)
                        .containsPattern(
                                "id=\"rule-%s\"[^>]*data-state=\"%s ".formatted(rule.getRule(), rule.getOutcome()));
            }
            for (int version = 1; version <= 6; version++) {
                var id = "\"t-%s-%d\"".formatted(entity.replaceAll("[^a-z]", ""), version);
                assertThat(page.contains(id)).as(id).isEqualTo(version <= result.getVersion());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("instants")
    void answersTheSameOverTheApi(Instant at) {
        var then = then(at);
        var asOf = "asOf=" + at;

        var scorecard = portal.json("/api/v1/scorecards/" + Story.SCORECARD + "?" + asOf);
        assertThat(scorecard.path("standing").path("entities").asInt()).isEqualTo(then.size());
        assertThat(scorecard.path("outcomes").path("coverage").path("FAIL").asInt())
                .isEqualTo((int) then.values().stream()
                        .flatMap(it -> it.getRules().stream())
                        .filter(it -> it.getRule().equals("coverage") && it.getOutcome() == Outcome.FAIL)
                        .count());
        assertThat(portal.json("/api/v1/scorecards?" + asOf)
                        .path("items")
                        .path(0)
                        .path("standing")
                        .path("entities")
                        .asInt())
                .isEqualTo(then.size());
        assertThat(portal.json("/api/v1/scorecards/" + Story.SCORECARD + "/report?" + asOf)
                        .path("groups")
                        .path(0)
                        .path("standing")
                        .path("entities")
                        .asInt())
                .isEqualTo(then.size());
        var listed = portal.json("/api/v1/entities?scorecard=" + Story.SCORECARD + "&" + asOf)
                .path("items");
        assertThat(portal.texts(listed, "ref")).containsExactlyInAnyOrderElementsOf(then.keySet());
        listed.forEach(
                it -> assertThat(it.path("results").path(0).path("version").asLong())
                        .isEqualTo(then.get(it.path("ref").asString()).getVersion()));
        for (var entity : TOLD.keySet()) {
            var one = portal.json("/api/v1/entities/" + entity + "?" + asOf).path("results");
            assertThat(one.size()).isEqualTo(then.containsKey(entity) ? 1 : 0);
        }
        var failing = then.values().stream().mapToLong(ResultsAtTest::failing).sum();
        assertThat(portal.json("/api/v1/failing?limit=200&" + asOf)
                        .path("items")
                        .size())
                .isEqualTo((int) failing);
        var team = portal.json("/api/v1/teams/" + Story.TEAM + "?" + asOf);
        assertThat(team.path("toFix").size()).isEqualTo((int) failing);
        assertThat(team.path("standing").size()).isEqualTo(then.isEmpty() ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entities",
                "entities/component:default/then-b",
                "scorecards",
                "scorecards/" + Story.SCORECARD,
                "scorecards/" + Story.SCORECARD + "/report",
                "teams/" + Story.TEAM,
                "failing"
            })
    void refusesAsOfThatIsNoneOverTheApi(String path) {
        for (var wrong : List.of("yesterday", "2999-01-01", "2001-01-01")) {
            assertThat(portal.get("/api/v1/" + path + "?asOf=" + wrong).statusCode())
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @MethodSource("instants")
    void listsTheRulesThatFailed(Instant at) {
        var failing = portal.bean(Failing.class).at(at);

        var found = new TreeSet<String>();
        var listed = failing.list(FailingFilter.ownedBy(Story.TEAM), 200, null).items();
        listed.forEach(it -> {
            found.add(it.entity() + " " + it.rule().id() + " " + it.rule().outcome());
            assertThat(it.rule().since()).isBeforeOrEqualTo(at);
            assertThat(it.rule().evidence()).isEmpty();
        });
        var expected = new TreeSet<String>();
        then(at).forEach((entity, result) -> result.getRules().stream()
                .filter(it -> it.getOutcome() == Outcome.FAIL || it.getOutcome() == Outcome.ERROR)
                // What the catalogue does not have any more has no page to lead to, but this one is still there.
                .forEach(it -> expected.add(entity + " " + it.getRule() + " " + it.getOutcome())));
        assertThat(found).isEqualTo(expected);
        assertThat(failing.count(FailingFilter.ownedBy(Story.TEAM))).isEqualTo(expected.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/scorecards",
                "/scorecards/production-readiness",
                "/teams/group:default/payments-team",
                "/failing",
                "/entities/component:default/then-b"
            })
    void saysOnEveryPageThatItIsNotNow(String path) {
        var at = BEGIN.plus(Duration.ofHours(20));
        var past = portal.get(path + "?asOf=" + at).body();
        var now = portal.get(path).body();

        assertThat(past).contains("not now.</b>", "Show how it stands now").doesNotContain("data-stream=");
        assertThat(now).contains("name=\"asOf\"", "data-stream=").doesNotContain("not now.</b>", "asOf=");
    }

    @Test
    void looksBackOnWhatHasNoResultAnyMore() {
        var page = "/entities/component:default/then-d";
        var at = BEGIN.plus(Duration.ofHours(44));
        var then = Objects.requireNonNull(
                TOLD.get("component:default/then-d").floorEntry(at).getValue());

        assertThat(portal.get(page).body())
                .contains("Not scored", "name=\"asOf\"")
                .doesNotContain("What is different now");
        assertThat(portal.get(page + "?asOf=" + at).body())
                .contains("What is different now", ">" + then.getScore() + "</b>", "version " + then.getVersion())
                .contains(
                        "does not score it any more", then.getRules().getFirst().getTitle())
                .doesNotContain("Not scored");
        assertThat(portal.get(page + "?asOf=" + BEGIN.minusSeconds(60)).body()).contains("There was no result yet");
    }

    @Test
    void keepsTheTimeWhenAnEntityIsGroupedOtherwiseAndInItsLinks() {
        var at = BEGIN.plus(Duration.ofHours(20));
        var page = portal.get("/entities/component:default/then-b?group=level&asOf=" + at)
                .body();

        assertThat(page)
                .containsPattern("/entities/component:default/then-b\\?group=dimension&amp;asOf=[^\"]+#rules")
                .containsPattern("/scorecards/" + Story.SCORECARD + "\\?asOf=")
                .containsPattern("/teams/" + Story.TEAM + "\\?asOf=");
    }

    @ParameterizedTest
    @CsvSource({
        "2999-01-01,has yet to come",
        "yesterday,is no date",
        "2026-13-45,is no date",
        "2001-01-01,is too long ago: history is kept for 365 days",
    })
    void saysWhatIsWrongWithADate(String asked, String why) {
        var page = portal.get("/?asOf=" + asked);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("role=\"alert\"", why, "This is how it stands now.", "data-stream=");
        assertThat(portal.get("/exports/entities.csv?asOf=" + asked).statusCode())
                .isEqualTo(400);
    }

    @Test
    void givesUpWhatTakesTooLongAndSaysSo() {
        var sql = ResultsAt.reader(portal.bean(DSLContext.class), 1);

        assertThatThrownBy(() -> sql.fetch("select pg_sleep(60)"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        it -> assertThat(it.problem().detail()).contains("choose a later date"));
    }

    @Test
    void answersWithAPageWhenThePastIsNotFoundInTime() {
        var address = "/scorecards?asOf=" + BEGIN.plus(Duration.ofHours(20));
        portal.bean(DSLContext.class).transaction(tx -> {
            tx.dsl().execute("lock table transition in access exclusive mode");

            var answer = portal.get(address, "Accept", "text/html");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("This took too long", "Choose a later date");
        });
        assertThat(portal.get(address).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/scorecards",
                "/scorecards/production-readiness",
                "/teams/group:default/payments-team",
                "/failing",
                "/entities/component:default/then-b"
            })
    void leadsNowhereElseInTime(String path) {
        var page =
                portal.get(path + "?asOf=" + BEGIN.plus(Duration.ofHours(20))).body();
        var links = Pattern.compile("href=\"(/[^\"]*)\"")
                .matcher(page.substring(page.indexOf("<main"), page.indexOf("</main>")))
                .results()
                .map(it -> it.group(1))
                .filter(it -> it.matches("/(\\?.*)?|/(entities|teams|scorecards|failing)\\b.*"))
                .toList();

        assertThat(links).hasSizeGreaterThan(2).contains(path);
        // Twice it leads to how it stands now, which is what those links say.
        assertThat(links)
                .filteredOn(it -> !it.contains("asOf="))
                .containsOnly(path)
                .hasSize(2);
    }

    @Test
    void leadsOnInTheSameTime() {
        var at = BEGIN.plus(Duration.ofHours(20));
        var page = portal.get("/?asOf=" + at).body();

        assertThat(page)
                .contains("/entities/component:default/then-b?asOf=")
                .contains("/failing?asOf=")
                .contains("/exports/entities.csv?asOf=");
        assertThat(portal.get("/exports/entities.csv?asOf=" + at)
                        .body()
                        .lines()
                        .filter(it -> it.contains(Story.SCORECARD)))
                .hasSize(then(at).size());
    }
}

package dev.muster.portal.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Operations;
import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.service.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SortTest {

    private static final Portal PORTAL = Portal.shared();
    private static final List<String> COLUMNS = List.of("name", "tier");
    private static final String[] AUTHORIZATION = {"Authorization", "Bearer a-test-token-of-some-length"};

    @BeforeAll
    static void tell() {
        new Story(PORTAL, Instant.parse("2026-11-23T06:00:00Z")).tellAll();
        var operations = new Operations(PORTAL, "component:default/payments", Story.TEAM);
        operations.tellAll();
        for (var list : List.of("deliveries", "dead-letters", "receipts", "initiatives")) {
            for (var name : List.of("sorted-c", "sorted-again", "sorted-b", "sorted-a")) {
                operations.tellOf(list, name);
            }
        }
        await().untilAsserted(() -> {
            for (var list : List.of("exemptions", "subjects?x=", "transitions", "failing")) {
                assertThat(json("/api/v1/" + list).path("items").size())
                        .as(list)
                        .isGreaterThan(1);
            }
        });
        PORTAL.awaitTold();
    }

    @AfterAll
    static void forget() {
        for (var name : List.of("sorted-c", "sorted-again", "sorted-b", "sorted-a")) {
            PORTAL.tell(PORTAL.topics().initiatives(), name, null);
        }
        PORTAL.awaitTold();
    }

    @Test
    void turnsRoundWhatIsSortedAlready() {
        var usual = Sort.read(" ", "tier", COLUMNS);
        var turned = Sort.read("-tier", "name", COLUMNS);

        assertThat(usual).isEqualTo(new Sort("tier", false)).hasToString("tier");
        assertThat(usual.next("tier")).isEqualTo("-tier");
        assertThat(usual.next("name")).isEqualTo("name");
        assertThat(usual.aria("tier")).isEqualTo("ascending");
        assertThat(usual.aria("name")).isNull();
        assertThat(turned).hasToString("-tier");
        assertThat(turned.next("tier")).isEqualTo("tier");
        assertThat(turned.aria("tier")).isEqualTo("descending");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tier;drop table entity", "--name", "NAME", "sort_0", "-"})
    void refusesEverythingElseAndSaysWhatThereIs(String asked) {
        assertThatThrownBy(() -> Sort.read(asked, "name", COLUMNS))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("name, tier");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entities?sort=name",
                "entities?sort=-name",
                "entities?sort=score",
                "entities?sort=-score",
                "entities?sort=-tier",
                "entities?sort=owner",
                "entities?sort=lifecycle",
                "transitions?sort=at",
                "transitions?sort=-at",
                "failing?sort=tier",
                "failing?sort=-weight",
                "failing?sort=since",
                "failing?sort=-entity",
                "failing?sort=owner",
                "subjects?sort=-seen",
                "subjects?sort=source",
                "exemptions?sort=expires",
                "exemptions?sort=-entity",
                "exemptions?sort=rule",
                "deliveries?sort=received",
                "deliveries?sort=-connection",
                "deliveries?sort=size",
                "dead-letters?sort=-failed",
                "dead-letters?sort=reason",
                "dead-letters?sort=-record",
                "dead-letters?sort=service",
                "receipts?sort=at",
                "receipts?sort=-owner",
                "receipts?sort=destination",
                "audit?sort=-at",
                "audit?sort=about",
                "audit?sort=-actor",
                "initiatives?sort=due",
                "initiatives?sort=-title",
                "initiatives?sort=owner",
                "initiatives?sort=scorecard",
            })
    void readsASortedListPieceByPieceAsItIsAsAWhole(String list) {
        var whole = read("/api/v1/" + list + "&limit=200", 1);
        var pieces = read("/api/v1/" + list + "&limit=3", 20);

        assertThat(pieces)
                .hasSizeGreaterThan(1)
                .startsWith(
                        whole.subList(0, Math.min(pieces.size(), whole.size())).toArray(String[]::new));
        assertThat(new HashSet<>(pieces)).as("none twice").hasSameSizeAs(pieces);
    }

    @Test
    void takesNoCursorOfAnotherOrder() {
        var next =
                PORTAL.json("/api/v1/entities?sort=name&limit=1").path("next").asString();

        assertThat(PORTAL.get("/api/v1/entities?sort=name&cursor=" + next).statusCode())
                .isEqualTo(200);
        assertThat(PORTAL.get("/api/v1/entities?sort=-name&cursor=" + next).statusCode())
                .isEqualTo(400);
        assertThat(PORTAL.get("/api/v1/transitions?cursor=" + next).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "entities, name, ref",
        "transitions, at, at",
        "deliveries, received, receivedAt",
        "deliveries, connection, connection",
        "deliveries, size, size",
        "dead-letters, failed, failedAt",
        "dead-letters, reason, reason",
        "dead-letters, record, topic",
        "dead-letters, service, service",
        "receipts, at, at",
        "receipts, owner, owner",
        "receipts, destination, destination",
        "audit, at, at",
        "audit, about, about",
        "audit, actor, actor",
        "initiatives, due, due",
        "initiatives, title, title",
        "initiatives, owner, owner",
        "initiatives, scorecard, scorecard",
    })
    void sortsByWhatItSays(String list, String column, String field) {
        for (var sort : List.of(column, "-" + column)) {
            var values = new ArrayList<Comparable<Object>>();
            json("/api/v1/" + list + "?limit=200&sort=" + sort)
                    .path("items")
                    .forEach(it -> values.add(value(it.path(field))));

            assertThat(values)
                    .as(sort)
                    .hasSizeGreaterThan(3)
                    .isSortedAccordingTo(sort.equals(column) ? Comparator.naturalOrder() : Comparator.reverseOrder());
        }
    }

    /// An instant, a number or a text; what is missing comes last.
    @SuppressWarnings("unchecked")
    private static Comparable<Object> value(JsonNode field) {
        Object value = field.isNumber()
                ? field.asLong()
                : field.isNull()
                        ? "~"
                        : field.asString().matches("\\d{4}-.*Z") ? Instant.parse(field.asString()) : field.asString();
        return (Comparable<Object>) value;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?sort=-owner",
                "/scorecards/production-readiness?sort=owner",
                "/teams/group:default/payments-team?sort=-tier",
                "/failing?sort=-tier",
                "/activity?sort=at",
                "/subjects?unclaimed=all&sort=-seen",
                "/exemptions?show=all&sort=expires",
                "/connections?sort=-accepted",
                "/deliveries?sort=-size",
                "/dead-letters?sort=reason",
                "/messages?sort=-owner",
                "/audit?sort=actor",
                "/initiatives?sort=-title"
            })
    void saysOnThePageHowItIsSorted(String path) {
        var page = PORTAL.get(path, AUTHORIZATION);

        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).containsPattern(path.contains("sort=-") ? "descending" : "ascending");
        assertThat(PORTAL.get(path.replaceAll("sort=.*", "sort=nonsense"), AUTHORIZATION)
                        .statusCode())
                .isEqualTo(400);
    }

    private static JsonNode json(String path) {
        var answer = PORTAL.get(path, AUTHORIZATION);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static List<String> read(String path, int most) {
        var read = new ArrayList<String>();
        var cursor = "";
        for (int i = 0; i < most; i++) {
            var piece = json(path + cursor);
            piece.path("items").forEach(it -> read.add(it.toString()));
            if (piece.path("next").isNull()) {
                break;
            }
            cursor = "&cursor=" + piece.path("next").asString();
        }
        return read;
    }
}

package dev.muster.portal.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Told;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    private static final Portal PORTAL = Portal.shared();
    private static final String CARD = "fields-card";
    private static final String ENTITY = "/api/v1/entities/component:default/fielded";
    private static final String RESULT = ENTITY + "/scorecards/" + CARD;

    @BeforeAll
    static void tell() {
        var told = new Told(PORTAL, CARD);
        told.publish("Fields card");
        told.declare("fielded", "group:default/fields");
        told.happen(null, "fielded", 1, "gold", Instant.parse("2026-11-23T06:00:00Z"), TransitionKind.BASELINE);
        await().until(() -> PORTAL.get(RESULT).statusCode() == 200
                && PORTAL.get(ENTITY).statusCode() == 200
                && PORTAL.json("/api/v1/transitions?scorecard=" + CARD)
                                .path("items")
                                .size()
                        == 1);
    }

    @Test
    void givesOnlyWhatIsWantedOfEachItemAndKeepsWhatGoesAroundThem() {
        var answer = PORTAL.json("/api/v1/entities?scorecard=" + CARD + "&fields=ref,results.score");

        assertThat(answer.propertyNames()).containsExactlyInAnyOrder("items", "next");
        assertThat(answer.path("items").toString())
                .isEqualTo("[{\"ref\":\"component:default/fielded\",\"results\":[{\"score\":100}]}]");
    }

    @Test
    void givesOnlyWhatIsWantedOfOneThing() {
        assertThat(PORTAL.json(RESULT + "?fields=level,rules.id,rules.outcome")
                        .path("rules")
                        .path(0)
                        .toString())
                .isEqualTo("{\"id\":\"max-known-vulnerabilities\",\"outcome\":\"PASS\"}");
        assertThat(PORTAL.get(ENTITY + "?fields=details.description").body())
                .isEqualTo("{\"details\":{\"description\":\"Keeps fielded going, day and night.\"}}");
        assertThat(PORTAL.json("/api/v1/scorecards/" + CARD + "?fields=outcomes.coverage")
                        .toString())
                .isEqualTo("{\"outcomes\":{\"coverage\":{\"PASS\":1}}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?fields=", "?fields=%20,"})
    void givesAllWhenNothingIsWanted(String query) {
        assertThat(PORTAL.json(RESULT + query).has("coverage")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/entities?fields=ref,result | there is no field 'result'; did you mean 'results'?",
                "/api/v1/entities?fields=results.scor | there is no field 'results.scor'; did you mean 'score'?",
                "/api/v1/transitions?fields=cause.delivery | there is no field 'cause.delivery'; did you mean",
                "/api/v1/entities/component:default/fielded?fields=banana | there is no field 'banana'; there are ref,",
                "/api/v1/entities?fields=ref.more | there is no field 'ref.more'; a plain value has none",
            })
    void saysWhichFieldThereIsNot(String path, String why) {
        var answer = PORTAL.get(path);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(answer.body()).contains(why);
    }

    @Test
    void leavesProblemsWhole() {
        assertThat(PORTAL.json("/api/v1/entities/component:default/nobody?fields=ref")
                        .path("status")
                        .asInt())
                .isEqualTo(404);
    }
}

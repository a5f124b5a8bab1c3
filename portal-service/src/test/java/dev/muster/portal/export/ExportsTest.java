package dev.muster.portal.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Told;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportsTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T06:00:00Z");
    private static final Portal PORTAL = Portal.shared();
    private static final Told TOLD = new Told(PORTAL, "export-card");

    @BeforeAll
    static void tell() {
        TOLD.publish("Export");
        TOLD.declare("exported-a", "group:default/export-one");
        TOLD.declare("exported-b", "group:default/export-two");
        TOLD.happen(null, "exported-a", 1, null, MORNING, TransitionKind.BASELINE, "coverage", "FAIL");
        TOLD.happen(null, "exported-b", 1, "gold", MORNING, TransitionKind.BASELINE);
        await().untilAsserted(() -> {
            assertThat(TOLD.failing()).hasSize(1);
            assertThat(lines("entities.csv?scorecard=export-card")).hasSize(3);
        });
    }

    @Test
    void exportsWhatThePageShowsWithItsFilter() {
        assertThat(lines("entities.csv?scorecard=export-card"))
                .first()
                .isEqualTo(
                        "entity,title,kind,type,owner,system,tier,lifecycle,tags,scorecard,level,score,coverage,failing");
        assertThat(lines("entities.csv?scorecard=export-card&level=gold"))
                .containsExactly(
                        "entity,title,kind,type,owner,system,tier,lifecycle,tags,scorecard,level,score,coverage,failing",
                        "component:default/exported-b,,Component,service,group:default/export-two,system:default/shop,1,production,"
                                + "java kafka,export-card,gold,100,100,0");
        assertThat(lines("failing.csv?scorecard=export-card"))
                .last()
                .asString()
                .contains("coverage,Coverage of new code is at least 80 %,FAIL,2026-11-23T06:00:00Z");
        assertThat(lines("activity.csv?scorecard=export-card")).hasSize(3);
    }

    @Test
    void exportsReportsByOwnerSystemTierAndTag() {
        assertThat(lines("export-card/report.csv"))
                .containsExactly(
                        "owner,entities,gold,silver,bronze,none,averageScore,averageCoverage",
                        "group:default/export-one,1,0,0,0,1,92,100",
                        "group:default/export-two,1,1,0,0,0,100,100");
        assertThat(lines("export-card/report.csv?groupBy=tag")).contains("java,2,1,0,0,1,96,100");
        assertThat(PORTAL.get("/exports/no-such-card/report.csv").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subjects",
                "messages",
                "dead-letters",
                "exemptions",
                "entities",
                "failing",
                "activity",
                "deliveries",
                "connections",
                "initiatives"
            })
    void exportsEveryListAsAFile(String list) {
        var answer = PORTAL.get("/exports/" + list + ".csv");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"muster-" + list + ".csv\"");
        assertThat(answer.body()).endsWith("\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/exports/activity.csv",
                "/%65xports/activity.csv",
                "/exports%2factivity.csv",
                "/exports/failing.csv"
            })
    void sendsAFileAsItIsWrittenAndHoldsNoneInMemory(String path) {
        var answer = PORTAL.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        // Both need the whole before the first byte.
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
        assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    }

    private static List<String> lines(String path) {
        return PORTAL.get("/exports/" + path).body().lines().toList();
    }
}

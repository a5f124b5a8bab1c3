package dev.muster.ingest.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.library.Framework;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.service.ProblemError;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FactRequestReaderTest {

    private static final Framework FRAMEWORK = Framework.fromClassPath();
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private static FactRequestReader read(String json) {
        var reader = new FactRequestReader(FRAMEWORK.facts(), NOON);
        reader.read(JsonMapper.shared().readTree(json.replace('\'', '"')));
        return reader;
    }

    private static String one(String members) {
        return "{'subject':'repo:github.com/a/b'," + members + "}";
    }

    @Test
    void takesTheTimeOfReceiptWhenNoneIsGiven() {
        var told = read(one("'fact':'coverage','value':{'newCode':80}")).told().getFirst();

        assertThat(told.change().getSourceTime()).isEqualTo(NOON);
        assertThat(told.change().getClamped()).isFalse();
        assertThat(told.change().getKind()).isEqualTo(FactChangeKind.SET);
        assertThat(told.backfill()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-06-01T12:10:00.001Z",
                "2026-06-02T12:00:00Z",
                "2099-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "+999999999-12-31T23:59:59Z"
            })
    void clampsAndFlagsATimeInTheFuture(String observedAt) {
        var told = read(one("'fact':'coverage','value':{},'observedAt':'" + observedAt + "'"))
                .told()
                .getFirst();

        assertThat(told.change().getSourceTime()).isEqualTo(NOON);
        assertThat(told.change().getClamped()).isTrue();
    }

    @Test
    void believesAClockThatRunsAheadALittle() {
        var told = read(one("'fact':'coverage','value':{},'observedAt':'2026-06-01T14:10:00+02:00'"))
                .told()
                .getFirst();

        assertThat(told.change().getSourceTime()).isEqualTo(NOON.plusSeconds(600));
        assertThat(told.change().getClamped()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'yesterday'",
                "''",
                "'2026-06-01'",
                "'2026-06-01T12:00:00'",
                "'2026-02-30T12:00:00Z'",
                "1780315200",
                "-1",
                "true",
                "{}",
                "['2026-06-01T12:00:00Z']"
            })
    void refusesWhatIsNoTime(String observedAt) {
        var read = read(one("'fact':'coverage','value':{},'observedAt':" + observedAt));

        assertThat(read.told()).isEmpty();
        assertThat(read.errors())
                .containsExactly(ProblemError.at("observedAt", "is no RFC 3339 time such as 2026-06-01T12:00:00Z"));
    }

    @Test
    void saysWhichFactWasMeant() {
        assertThat(read(one("'fact':'coverag','value':{}")).errors())
                .containsExactly(ProblemError.at("fact", "no fact is called 'coverag'; did you mean 'coverage'?"));
        assertThat(read(one("'fact':'" + "x".repeat(100_000) + "','value':{}")).errors())
                .singleElement()
                .satisfies(it -> assertThat(it.message()).hasSizeLessThan(200));
    }

    @Test
    void readsAnItemInEveryWayInWhichItMayBeWritten() {
        var beside = read(one("'fact':'checks','item':'build','value':{'conclusion':'success'}"))
                .told()
                .getFirst()
                .change();
        var under = read(one("'fact':'checks','item':{'id':'build','value':{'conclusion':'success'}}"))
                .told()
                .getFirst()
                .change();
        var within = read(one("'fact':'checks','item':{'id':'build','scope':'ci','conclusion':'success'}"))
                .told()
                .getFirst()
                .change();
        var ownId = read(one("'fact':'vulnerabilities','item':{'id':'CVE-1','severity':'low'}"))
                .told()
                .getFirst()
                .change();

        assertThat(under).isEqualTo(beside);
        assertThat(within.getValue()).isEqualTo(beside.getValue());
        assertThat(within.getScope()).isEqualTo("ci");
        assertThat(ownId.getValue()).isEqualTo("{\"id\":\"CVE-1\",\"severity\":\"low\"}");
    }

    @Test
    void refusesWhatCouldBeReadInTwoWays() {
        assertThat(paths(one("'fact':'checks','item':'build','removed':'yes','value':{}")))
                .containsExactly("removed");
        assertThat(paths(one("'fact':'coverage','value':{},'backfill':1"))).containsExactly("backfill");
        assertThat(paths(one("'fact':'checks','items':{},'scope':{}"))).containsExactly("scope");
        assertThat(paths(one("'fact':'checks','item':{'id':'build','scope':5}")))
                .containsExactly("item.scope");
        assertThat(paths(one("'fact':'checks','items':{},'item':'build','removed':true,'value':{}")))
                .containsExactly("item", "removed", "value");
    }

    @Test
    void boundsTheNamesThatStrangersGive() {
        assertThat(paths(one("'fact':'checks','item':'" + "x".repeat(513) + "','removed':true")))
                .containsExactly("item");
        assertThat(paths(one("'fact':'checks','items':{},'scope':'" + "x".repeat(301) + "'")))
                .containsExactly("scope");
    }

    @Test
    void refusesATimeBefore1970AndSaysWhatToDo() {
        assertThat(read(one("'fact':'coverage','value':{},'observedAt':'-999999999-01-01T00:00:00Z'"))
                        .errors())
                .singleElement()
                .extracting(ProblemError::message)
                .isEqualTo(
                        "is before 1970; say when it was observed, or leave it out: then the time of receipt counts");
    }

    @ParameterizedTest
    @CsvSource({
        "exemptions, POST /v1/exemptions",
        "attestations, POST /v1/attestations",
        "readiness, it is computed from results"
    })
    void refusesWhatMusterAloneTells(String fact, String instead) {
        for (var members :
                List.of("'item':{'id':'1','rule':'r'}", "'items':{}", "'item':'1','removed':true", "'value':{}")) {
            var read = read("[" + one("'fact':'coverage','value':{}") + ","
                    + one("'fact':'%s',%s".formatted(fact, members)) + "]");

            assertThat(read.errors()).singleElement().satisfies(error -> {
                assertThat(error.path()).isEqualTo("[1].fact");
                assertThat(error.message()).contains("'" + fact + "' is told by Muster alone", instead);
            });
        }
    }

    @Test
    void takesWhatMusterTellsBesideOthers() {
        assertThat(read("{'subject':'connection:x','fact':'connection','value':{}}")
                        .errors())
                .isEmpty();
    }

    private static List<String> paths(String json) {
        return read(json).errors().stream().map(ProblemError::path).toList();
    }

    @Test
    void namesEveryMistake() {
        assertThat(read("[]").errors()).hasSize(1);
        assertThat(read("[1]").errors()).extracting(ProblemError::path).containsExactly("[0]");
        assertThat(read("{}").errors()).extracting(ProblemError::path).containsExactly("subject", "fact");
        assertThat(read(one("'fact':'coverage'")).errors())
                .extracting(ProblemError::path)
                .containsExactly("value");
        assertThat(read(one("'fact':'coverage','item':'x','value':{}")).errors())
                .hasSize(1);
        assertThat(read(one("'fact':'checks','items':[]")).errors())
                .extracting(ProblemError::path)
                .containsExactly("items");
        assertThat(read(one("'fact':'checks','item':{}")).errors())
                .extracting(ProblemError::path)
                .containsExactly("item");
        assertThat(read(one("'fact':'coverage','value':{},'url':'javascript:alert(1)'"))
                        .errors())
                .extracting(ProblemError::path)
                .containsExactly("url");
        assertThat(read("[" + "1,".repeat(FactRequestReader.MAX_FACTS) + "1]").errors())
                .hasSize(1);
    }
}

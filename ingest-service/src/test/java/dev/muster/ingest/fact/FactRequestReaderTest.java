package dev.muster.ingest.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.library.Framework;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.service.ProblemError;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    @Test
    void clampsAndFlagsATimeInTheFarFuture() {
        var told = read(one("'fact':'coverage','value':{},'observedAt':'2099-01-01T00:00:00Z'"))
                .told()
                .getFirst();

        assertThat(told.change().getSourceTime()).isEqualTo(NOON);
        assertThat(told.change().getClamped()).isTrue();
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

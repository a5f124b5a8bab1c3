package dev.muster.ingest.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// What is decided without asking anybody.
class DecisionsTest {

    private static final Instant NOON = Instant.parse("2026-06-02T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        ",true",
        "2026-06-02T02:00:00Z,false",
        "2026-06-02T01:59:59Z,true",
        "2026-06-02T11:00:00Z,false",
        "2026-05-01T00:00:00Z,true"
    })
    void aSnapshotIsDueOnceADay(@Nullable Instant startedAt, boolean due) {
        assertThat(Schedule.isDue(startedAt, NOON, LocalTime.of(2, 0))).isEqualTo(due);
    }

    @Test
    void beforeItsTimeOfDayYesterdaysSnapshotCounts() {
        var one = Instant.parse("2026-06-02T01:00:00Z");

        assertThat(Schedule.isDue(Instant.parse("2026-06-01T02:00:00Z"), one, LocalTime.of(2, 0)))
                .isFalse();
        assertThat(Schedule.isDue(Instant.parse("2026-06-01T01:00:00Z"), one, LocalTime.of(2, 0)))
                .isTrue();
    }

    @Test
    void aReadingClaimsLessThanItMayHoldButMoreThanWhatMadeUsAsk() {
        assertThat(AsOf.of(NOON, null)).isEqualTo(NOON.minus(AsOf.BEHIND));
        assertThat(AsOf.of(NOON, NOON.minusSeconds(60))).isEqualTo(NOON.minus(AsOf.BEHIND));
        assertThat(AsOf.of(NOON, NOON.minusSeconds(2)))
                .isAfter(NOON.minusSeconds(2))
                .isBefore(NOON.minusSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({
        "repo:github.com/Acme/Payments,REPO,acme,payments",
        "team:github.com/acme/a-team,TEAM,acme,a-team",
    })
    void subjectsOfItsHostAreRead(String subject, Subject.Kind kind, String owner, String name) {
        assertThat(Subject.read(subject, "github.com")).contains(new Subject(kind, owner, name));
    }

    @ParameterizedTest
    @CsvSource({
        "repo:ghe.acme.example/acme/payments",
        "repo:github.com/acme",
        "repo:github.com/acme/payments/tree",
        "repo:github.com/acme/..",
        "repo:github.com/acme/a?b=c",
        "repo:github.com/../payments",
        "entity:component:default/payments",
        "team:default/payments"
    })
    void nothingElseIsAskedFor(String subject) {
        assertThat(Subject.read(subject, "github.com")).isEmpty();
    }

    @Test
    void onlyThePartsAreReadFromWhichTheFactsFollow() {
        assertThat(Part.of(Set.of("codeowners", "runbook"))).containsExactly(Part.FILES);
        assertThat(Part.of(Set.of("rulesets", "pullRequests"))).containsExactly(Part.RULESETS);
        assertThat(Part.of(Set.of("pullRequests"))).isEmpty();
    }

    @Test
    void filesAreFoundWhereGithubAndPeopleLookForThem() {
        var files = new RepositoryFiles(JsonMapper.shared().readTree("""
                {"tree":[{"path":"docs/CODEOWNERS","type":"blob"},{"path":"CODEOWNERS","type":"blob"},
                 {"path":"runbooks","type":"tree"},{"path":"docs/runbooks/a.md","type":"blob"},
                 {"path":"docs/runbooks/b.md","type":"blob"},{"path":"RUNBOOK.md","type":"blob"},
                 {"path":"src/RUNBOOK.md","type":"blob"}]}"""));

        assertThat(files.codeowners()).isEqualTo(Map.of("CODEOWNERS", "CODEOWNERS"));
        assertThat(files.runbooks())
                .isEqualTo(Map.of("docs/runbooks", "docs/runbooks/a.md", "RUNBOOK.md", "RUNBOOK.md"));
    }

    @Test
    void secretsAndLongTextsAreNotJournalled() {
        var alert = JsonMapper.shared().readTree("""
                {"number":3,"secret":"xoxb-1","secret_type":"slack_api_token","validity":null}""");

        assertThat(Picked.of(alert, Picked.SECRET_ALERT).toString())
                .isEqualTo("{\"number\":3,\"secret_type\":\"slack_api_token\"}");
    }
}

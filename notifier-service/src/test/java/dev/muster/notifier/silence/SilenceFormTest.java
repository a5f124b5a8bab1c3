package dev.muster.notifier.silence;

import static dev.muster.notifier.transition.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.routing.Field;
import dev.muster.service.ProblemError;
import dev.muster.service.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SilenceFormTest {

    @Test
    void readsWhatIsSilencedWhyAndForHowLong() {
        var silence = read("""
                {"matchers": {"owner": "group:default/payments", "rule": ["a", "b"], "tier": 1},
                 "reason": "moving house", "endsAt": "2026-11-24T12:00:00+01:00"}""");

        assertThat(silence.matchers().wanted())
                .isEqualTo(Map.of(
                        Field.OWNER,
                        List.of("group:default/payments"),
                        Field.RULE,
                        List.of("a", "b"),
                        Field.TIER,
                        List.of("1")));
        assertThat(silence.startsAt()).isEqualTo(NOON);
        assertThat(silence.endsAt()).isEqualTo("2026-11-24T11:00:00Z");
        assertThat(silence.owner()).isEqualTo("ann");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{}|matchers|says what is silenced",
                "[]||is an object",
                "{'matchers': {'owner': '*'}}|matchers|would silence everything",
                "{'matchers': {'onwer': 'x'}}|matchers.onwer|did you mean 'owner'?",
                "{'matchers': {'owner': 'payments'}}|matchers.owner|full reference such as group:default/payments",
                "{'matchers': {'rule': []}}|matchers.rule|has 1 to 50 values",
                "{'matchers': {'rule': {}}}|matchers.rule|is a text or a list of texts",
                "{'reason': 'x'}|reason|has 3 to 1000 characters",
                "{'endsAt': 'tomorrow'}|endsAt|is no time such as",
                "{'endsAt': '2026-11-23T11:00:00Z'}|endsAt|must be behind startsAt and now",
                "{'endsAt': '2027-11-23T11:00:00Z'}|endsAt|lasts 90 days at most",
                "{'startsAt': '2026-11-20T11:00:00Z', 'endsAt': '2026-11-25T11:00:00Z'}|startsAt|has passed",
                "{'comment': 'x'}|comment|unknown member"
            })
    void notesEveryMistake(String json, String path, String message) {
        assertThatThrownBy(() -> read(json.replace("'", "\"")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        it -> assertThat(it.problem().errors())
                                .filteredOn(error -> (path == null ? "" : path).equals(error.path()))
                                .extracting(ProblemError::message)
                                .anySatisfy(said -> assertThat(said).contains(message)));
    }

    private static Silence read(String json) {
        return SilenceForm.read(JsonMapper.shared().readTree(json), "s1", "ann", NOON, Duration.ofDays(90));
    }
}

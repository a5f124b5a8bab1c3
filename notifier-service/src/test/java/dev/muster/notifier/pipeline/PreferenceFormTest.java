package dev.muster.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.preference.Preference;
import dev.muster.service.ProblemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class PreferenceFormTest {

    private static final Map<String, ChannelName> CHANNELS =
            Map.of("payments", ChannelName.SLACK, "pager", ChannelName.PAGERDUTY);

    @Test
    void readsAllThatIsSaidAndNothingElse() {
        assertThat(read("""
                {"email": "team@acme.example", "slackWebhook": " payments ", "destinations": ["payments", "pager"],
                 "quietHours": "", "digest": null, "weeklyReport": "off"}"""))
                .isEqualTo(Map.of(
                        Preference.EMAIL, "team@acme.example",
                        Preference.SLACK, "payments",
                        Preference.DESTINATIONS, "payments, pager",
                        Preference.WEEKLY_REPORT, "off"));
        assertThat(read("{\"email\": \"none\", \"slackWebhook\": \"none\", \"destinations\": \"none\","
                        + " \"quietHours\": \"none\"}"))
                .hasSize(4)
                .values()
                .containsOnly("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "email        | a@b.example, c@d.example     | is one mail address, or none",
                "email        | 'a@b.example\nBcc: c@d.e'    | is one mail address, or none",
                "slackWebhook | pager                        | names a destination of pagerduty; say it under destinations",
                "slackWebhook | paymens                      | no destination 'paymens' is configured in"
                        + " muster.notifier.destinations; did you mean 'payments'?",
                "destinations | payments, https://x/hunter2  | is the name of a destination in"
                        + " muster.notifier.destinations, not an address",
                "quietHours   | at night                     | is of the form 22:00-07:00 Europe/Berlin or mon-fri"
                        + " 18:00-08:00, or none",
                "digest       | none                         | is immediate, hourly, daily or weekly, such as daily"
                        + " 09:00 Europe/Berlin or weekly mon 09:00",
                "weeklyReport | none                         | is a day and a time, such as fri 08:00 Europe/Berlin,"
                        + " or off",
                "slack        | payments                     | unknown member; there are email, slackWebhook,"
                        + " destinations, quietHours, digest, weeklyReport"
            })
    void saysWhatIsWrongWhereAndWhatIsAllowed(String member, String value, String message) {
        var problem = refusal(JsonMapper.shared().writeValueAsString(Map.of(member, value)));

        assertThat(problem).containsExactly(member + ": " + message);
    }

    @Test
    void tellsEveryMistakeAtOnce() {
        assertThat(refusal("{\"email\": 7, \"digest\": \"sometimes\"}")).hasSize(2);
        assertThat(refusal("[]")).hasSize(1);
    }

    private static List<String> refusal(String json) {
        var refused = catchThrowableOfType(ProblemException.class, () -> read(json));
        return refused.problem().errors().stream()
                .map(it -> it.path() + ": " + it.message())
                .toList();
    }

    private static Map<Preference, String> read(String json) {
        return PreferenceForm.read(JsonMapper.shared().readTree(json), CHANNELS);
    }
}

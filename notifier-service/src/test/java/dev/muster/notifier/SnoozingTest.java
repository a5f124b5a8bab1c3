package dev.muster.notifier;

import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.TEAM;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.recovered;
import static dev.muster.notifier.transition.Examples.regressed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.silence.Silence;
import dev.muster.notifier.silence.Silences;
import dev.muster.notifier.silence.SnoozeExamples;
import dev.muster.routing.Field;
import dev.muster.schemas.v1.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

/// Links in messages that snooze what they tell, with a database, a mail server and a Slack.
class SnoozingTest {

    private static final String SECRET = "hunter2-hunter2-hunter2-hunter2-links";
    private static final Pattern LINK = Pattern.compile("https://muster\\.example/v1/snooze\\?t=([\\w.-]+)");

    private static Running notifier;

    private SnoozeExamples browser;

    @BeforeAll
    static void start() {
        notifier = Running.with(
                "muster.notifier.snooze.url=" + SnoozeExamples.ROOT, "muster.notifier.snooze.secret=" + SECRET);
    }

    @AfterAll
    static void stop() {
        notifier.close();
    }

    @BeforeEach
    void begin() {
        notifier.reset();
        browser = new SnoozeExamples(notifier.db(), notifier.bean(Silences.class), notifier.clock, SECRET);
    }

    private static List<String> tokens(String text) {
        return LINK.matcher(text).results().map(it -> it.group(1)).toList();
    }

    private static String tokenOfTheMail() {
        return tokens(Running.text(notifier.mails().getFirst())).getFirst();
    }

    private static List<Silence> active() {
        return notifier.bean(Silences.class).active(notifier.clock.instant());
    }

    @Test
    void everyMessageOfARegressionHasLinksOfItsOwn() {
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        notifier.hears(recovered("d2"));
        notifier.waitsAndSends();

        var mail = tokens(Running.text(notifier.mails().getFirst()));
        var slack = tokens(notifier.slack.calls("payments").getFirst().body());
        assertThat(mail).hasSize(2).doesNotContainAnyElementsOf(slack);
        assertThat(slack).hasSize(2);
        assertThat(tokens(Running.text(notifier.mails().getLast())))
                .as("a recovery is nothing to snooze")
                .isEmpty();
    }

    @Test
    void changesNothingUntilSomebodyPressesTheButton() {
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();

        var page = browser.look(tokenOfTheMail());
        assertThat(page.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(page.getBody()).contains("Snooze this for 1 day?", PAYMENTS, VULNERABILITIES, "method=\"post\"");
        assertThat(active()).isEmpty();
    }

    @Test
    void silencesWhatTheMessageToldInTheNameOfTheAddressee() {
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();

        var page = browser.press(tokenOfTheMail(), "we <b>know</b>");

        assertThat(page.getBody()).contains("Snoozed until").doesNotContain("<b>know");
        assertThat(active()).singleElement().satisfies(it -> {
            assertThat(it.owner()).isEqualTo("email/" + TEAM);
            assertThat(it.reason()).isEqualTo("we <b>know</b>");
            assertThat(it.endsAt()).isEqualTo(notifier.clock.instant().plus(Duration.ofDays(1)));
            assertThat(it.matchers().wanted())
                    .containsEntry(Field.OWNER, List.of(TEAM))
                    .containsEntry(Field.ENTITY, List.of(PAYMENTS))
                    .containsEntry(Field.SCORECARD, List.of("production-readiness"))
                    .containsEntry(Field.RULE, List.of(VULNERABILITIES));
        });
        browser.press(tokenOfTheMail(), "again");
        assertThat(active()).as("a second click").hasSize(1);
        assertThat(notifier.db()
                        .sql("select body #>> '{deed,actor}' || ' ' || (body #>> '{deed,action}') from audit")
                        .query(String.class)
                        .list())
                .as("and one entry of the audit trail")
                .containsExactly("email/%s silence.made".formatted(TEAM));
    }

    @Test
    void holdsBackWhatRegressesAgainAndTellsTheRecoveryAllTheSame() {
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        browser.press(tokenOfTheMail(), "");

        notifier.hears(recovered("d2"));
        notifier.waitsAndSends();
        assertThat(notifier.mails()).as("the recovery").hasSize(2);

        notifier.hears(regressed(PAYMENTS, 4, "d3", Map.of(VULNERABILITIES, Outcome.FAIL)));
        notifier.waitsAndSends();
        assertThat(notifier.mails()).as("snoozed").hasSize(2);

        notifier.clock.pass(Duration.ofDays(1));
        notifier.waitsAndSends();
        assertThat(notifier.mails()).as("still so when the snooze is over").hasSize(3);
    }

    @Test
    void saysClearlyWhatIsWrongWithALink() {
        notifier.hears(regressed("d1"));
        notifier.waitsAndSends();
        var token = tokenOfTheMail();

        assertThat(browser.press(token + "x", "").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(browser.look("").getBody()).contains("none of our links");
        assertThat(browser.press(
                                browser.token(
                                        999_999_999, notifier.clock.instant().plusSeconds(60)),
                                "")
                        .getStatusCode())
                .as("of a message that is forgotten")
                .isEqualTo(HttpStatus.GONE);
        notifier.clock.pass(Duration.ofDays(15));
        var expired = browser.press(token, "");
        assertThat(expired.getStatusCode()).isEqualTo(HttpStatus.GONE);
        assertThat(expired.getBody()).contains("expired");
        assertThat(active()).isEmpty();
    }
}

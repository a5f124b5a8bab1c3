package dev.muster.notifier.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.HttpChannelContract;
import dev.muster.notifier.delivery.Pace;
import dev.muster.notifier.fakes.FakeTeams;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.message.Messages;
import dev.muster.notifier.transition.Examples;
import dev.muster.testkit.FakeSlack.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TeamsChannelTest extends HttpChannelContract {

    private final FakeTeams teams = new FakeTeams();
    private final TeamsChannel channel = new TeamsChannel(
            new TeamsSettings(Map.of(HERE, new TeamsSettings.Workflow(teams.url(), Pace.NONE))), outbound);

    @Override
    protected TeamsChannel channel() {
        return channel;
    }

    @Override
    protected FakeTeams receiver() {
        return teams;
    }

    @Override
    protected List<String> ids() {
        return teams.calls().stream()
                .map(it -> it.headers().getOrDefault("x-muster-notification", ""))
                .toList();
    }

    @Test
    void takesAYesForAcceptedAndNotForDelivered() {
        assertThat(channel.send(to(Messages.regression()))).isEqualTo(new Attempt.Accepted());
    }

    @Test
    void mentionsNobody() {
        channel.send(to(Messages.regression(
                Examples.titled(Examples.regressed("d1"), "<at>Ann</at>", "[click](https://evil.example)", "**x**"))));

        var card = teams.calls().getFirst().json().path("attachments").path(0).path("content");
        assertThat(card.path("msteams").has("entities")).isFalse();
        assertThat(card.findValuesAsString("type")).doesNotContain("TextBlock");
    }

    @Test
    void staysFarBelowWhatTeamsTakesAndCountsTheRest() {
        var many = IntStream.range(0, 10)
                .mapToObj(i -> Examples.titled(
                        Examples.regressed(
                                "component:default/c" + i,
                                2,
                                "d1",
                                Map.of(
                                        "a",
                                        dev.muster.schemas.v1.Outcome.FAIL,
                                        "b",
                                        dev.muster.schemas.v1.Outcome.FAIL)),
                        "😀".repeat(300),
                        "\\\"".repeat(300),
                        "x".repeat(300)))
                .toArray(dev.muster.notifier.transition.Transition[]::new);

        var json = TeamsCard.json(to(Messages.regression(many)));

        assertThat(json.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(TeamsCard.MOST);
        assertThat(json).containsPattern("\"\\d+ more\"");
    }

    @Test
    void triesThePlainFormOfACardThatIsRefused() {
        teams.answer(Reply.status(413), FakeTeams.error(400, "TriggerInputSchemaMismatch"));

        assertThat(channel.send(to(Messages.regression()))).isInstanceOf(Attempt.Shorten.class);
        assertThat(channel.send(to(Messages.regression()))).isInstanceOf(Attempt.Shorten.class);
    }

    @Test
    void givesUpAWorkflowThatIsSwitchedOffOrWhoseAddressIsNotSigned() {
        teams.answer(
                FakeTeams.error(400, "WorkflowTriggerIsNotEnabled"),
                FakeTeams.error(401, "DirectApiAuthorizationRequired"),
                FakeTeams.error(404, "WorkflowNotFound"));

        assertThat(reasons(3)).containsExactly(FailedBecause.GONE, FailedBecause.UNAUTHORISED, FailedBecause.GONE);
    }

    private List<FailedBecause> reasons(int times) {
        return IntStream.range(0, times)
                .mapToObj(_ -> ((Attempt.GivenUp) channel.send(to(Messages.regression()))).reason())
                .toList();
    }

    @Test
    void neverPrintsTheAddress() {
        assertThat(new TeamsSettings(Map.of(HERE, new TeamsSettings.Workflow(teams.url(), new Pace(Duration.ZERO, 1))))
                        .toString())
                .doesNotContain("hunter2");
    }
}

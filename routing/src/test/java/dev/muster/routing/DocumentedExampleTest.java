package dev.muster.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The example of docs/notifications.md does what the page says.
class DocumentedExampleTest {

    private static final Path PAGE = Path.of("../docs/notifications.md");
    private static Routes routes = Routes.NONE;

    @BeforeAll
    static void read() throws IOException, RoutesException {
        var block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        routes = RoutesReader.read("docs/notifications.md", block.group(1), Set.of("platform", "on-call", "security"));
    }

    @Test
    void pagesAtAnyTimeForALostLevelOfTierOne() {
        assertThat(paths(Examples.lost())).containsExactly("critical");
        var sending = routes.at("critical");
        assertThat(sending.receivers()).containsExactly("platform");
        assertThat(sending.also()).containsExactly("on-call");
        assertThat(sending.escalateAfter()).isEqualTo(Duration.ofDays(7));
        assertThat(Hold.all(
                        sending,
                        Digest.parse("daily", Digest.IMMEDIATE),
                        Optional.empty(),
                        Instant.parse("2026-06-06T20:00:00Z"),
                        Duration.ofSeconds(30)))
                .as("whatever digest its owner wants")
                .containsExactly(new Hold(HeldBecause.GROUPING, Instant.parse("2026-06-06T20:00:05Z")));
    }

    /// Of others, the notifier remembers where the regression was told.
    @Test
    void takesARecoveryOfWhichNobodyHeardByItsOwnKind() {
        assertThat(paths(Examples.with(Examples.lost(), ChangeKind.RECOVERED, 1)))
                .containsExactly("security");
        assertThat(paths(Examples.with(Examples.lost(), ChangeKind.RECOVERED, 3)))
                .containsExactly("security", "small");
    }

    @Test
    void goesOnBehindSecurity() {
        assertThat(paths(Examples.with(Examples.broke("max-age"), ChangeKind.REGRESSED, 3)))
                .containsExactly("security", "small");
    }

    @Test
    void waitsForMondayMorningWithWhatIsSmall() {
        var change = Examples.with(Examples.broke("has-runbook"), ChangeKind.REGRESSED, 3);

        assertThat(paths(change)).containsExactly("small");
        assertThat(Hold.all(
                        routes.at("small"),
                        Optional.empty(),
                        Optional.empty(),
                        Instant.parse("2026-06-03T10:00:00Z"),
                        Duration.ofSeconds(30)))
                .containsExactly(new Hold(HeldBecause.DIGEST, Instant.parse("2026-06-08T07:00:00Z")));
    }

    @Test
    void waitsForTheMorningWithTheRest() {
        var change = Examples.broke("has-runbook");

        assertThat(paths(change)).containsExactly("default");
        assertThat(Hold.all(
                        routes.at("default"),
                        Optional.empty(),
                        Optional.empty(),
                        Instant.parse("2026-06-05T20:00:00Z"),
                        Duration.ofSeconds(30)))
                .as("Friday evening until Monday morning")
                .containsExactly(
                        new Hold(HeldBecause.GROUPING, Instant.parse("2026-06-05T20:00:30Z")),
                        new Hold(HeldBecause.MUTED, Instant.parse("2026-06-08T06:00:00Z")));
    }

    private static List<String> paths(Change change) {
        return routes.find(change).matches().stream().map(Routes.Match::path).toList();
    }
}

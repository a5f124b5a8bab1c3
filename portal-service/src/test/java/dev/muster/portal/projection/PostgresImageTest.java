package dev.muster.portal.projection;

import static dev.muster.portal.Story.SCORECARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.testkit.NeedsDocker;
import dev.muster.testkit.TestPostgres;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// The read model in the database that `docker-compose.yml` runs.
@NeedsDocker
class PostgresImageTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T06:00:00Z");
    private static final String ENTITY = "/api/v1/entities/component:default/on-image";

    @Test
    void showsWhatThePortalBesideItShows() {
        var portal = Portal.shared();
        var story = new Story(portal, MORNING);
        var entity = Story.component("on-image", "group:default/x", 1);
        story.declare(entity);
        var first = Story.result(entity.getRef(), 1, "gold", MORNING, Map.of());
        story.happen(null, first, TransitionKind.BASELINE, null);
        story.happen(
                first,
                Story.result(entity.getRef(), 2, "silver", MORNING.plusSeconds(9), Map.of("on-call", Outcome.FAIL)),
                TransitionKind.REGRESSED,
                null);
        var result = ENTITY + "/scorecards/" + SCORECARD;
        await().until(() -> portal.json(result).path("version").asLong() == 2);
        await().until(() -> portal.json(ENTITY + "/history").path("items").size() == 2);

        try (var postgres = new PostgreSQLContainer("postgres:17")) {
            postgres.start();
            var database =
                    new TestPostgres.Database(postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
            try (var onImage = Portal.another("on-image", database)) {
                await().until(() -> onImage.bean(CatchUp.class).done());

                assertThat(onImage.json(result)).isEqualTo(portal.json(result));
                assertThat(onImage.json(ENTITY)).isEqualTo(portal.json(ENTITY));
                assertThat(onImage.json(ENTITY + "/history")).isEqualTo(portal.json(ENTITY + "/history"));
            }
        }
    }
}

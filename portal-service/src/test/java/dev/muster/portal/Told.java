package dev.muster.portal;

import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.schemas.v1.Transition;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// A scorecard of its own for a test, with what is told of it, so that tests do not see each other.
public final class Told {

    private final Portal portal;
    private final Story story;
    private final String card;

    public Told(Portal portal, String card) {
        this.portal = portal;
        this.story = new Story(portal, Instant.EPOCH);
        this.card = card;
    }

    public void publish(String title) {
        portal.tell(
                portal.topics().scorecards(),
                card,
                Scorecard.newBuilder(Story.scorecard())
                        .setName(card)
                        .setTitle(title)
                        .build());
    }

    public Entity declare(String name, String owner) {
        var entity = Story.component(name, owner, 1);
        story.declare(entity);
        return entity;
    }

    /// Tells a result of the card with its transition.
    ///
    /// @param outcomes rule and outcome by turns; the other rules pass
    public Result happen(
            Result before,
            String name,
            long version,
            String level,
            Instant at,
            TransitionKind kind,
            String... outcomes) {
        var others = new HashMap<String, Outcome>();
        for (int i = 0; i < outcomes.length; i += 2) {
            others.put(outcomes[i], Outcome.valueOf(outcomes[i + 1]));
        }
        var after = Result.newBuilder(Story.result("component:default/" + name, version, level, at, others))
                .setScorecard(card)
                .build();
        portal.tell(
                portal.topics().transitions(),
                after.getEntity(),
                Transition.newBuilder(Story.transition(before, after, kind, "group:default/" + card))
                        .setId(card + "-" + name + "-" + version)
                        .setScorecard(card)
                        .build());
        portal.tell(portal.topics().results(), after.getEntity() + "|" + card, after);
        return after;
    }

    /// Names of entities with rules that fail on the card.
    public List<String> failing() {
        var failing = new ArrayList<String>();
        portal.json("/api/v1/failing?scorecard=" + card)
                .path("items")
                .forEach(it -> failing.add(it.path("entity").asString().replace("component:default/", "") + " "
                        + it.path("rule").path("id").asString()));
        return failing;
    }
}

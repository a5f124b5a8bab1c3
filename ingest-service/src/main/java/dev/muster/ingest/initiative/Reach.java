package dev.muster.ingest.initiative;

import dev.muster.engine.definition.InitiativeDefinition;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.library.InitiativeReader;
import dev.muster.engine.library.InitiativeReader.Read;
import dev.muster.engine.library.InitiativeReader.Target;
import dev.muster.engine.rule.EntityScope;
import dev.muster.engine.rule.EntityView;
import dev.muster.records.ScorecardMapping;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.Scorecard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Whom initiatives mean, as the catalogue and the scorecards are at one moment.
final class Reach {

    private final Map<String, Scorecard> scorecards;
    private final Map<String, Target> targets = new HashMap<>();
    private final List<EntityView> entities;

    /// @param scorecards published ones, by name
    Reach(Map<String, Scorecard> scorecards, Map<String, Entity> entities) {
        this.scorecards = scorecards;
        scorecards.forEach((name, scorecard) -> targets.put(
                name,
                new Target(
                        scorecard.getLevels(),
                        scorecard.getRules().stream().map(Rule::getId).toList())));
        this.entities =
                entities.values().stream().map(ScorecardMapping::toEngine).toList();
    }

    /// Notes what the initiative names and nobody published, or else that it means no entity.
    void check(Read read, Mistakes mistakes) {
        var definition = read.definition();
        var found = new Mistakes();
        InitiativeReader.check(read, targets, found);
        if (found.isEmpty() && size(definition) == 0) {
            var scored = scored(definition);
            found.add(
                    InitiativeReader.place(read, scored == 0 ? "scorecard" : "appliesTo"),
                    scored == 0
                            ? "means no entity: '" + definition.scorecard() + "' scores none of the catalogue"
                            : "means no entity: 'appliesTo' leaves out all %d that '%s' scores"
                                    .formatted(scored, definition.scorecard()));
        }
        mistakes.addAll(found.found());
    }

    /// How many entities the initiative means.
    int size(InitiativeDefinition definition) {
        var scored = scope(definition);
        var meant = EntityScope.of(definition.appliesTo());
        return (int)
                entities.stream().filter(it -> scored.has(it) && meant.has(it)).count();
    }

    private int scored(InitiativeDefinition definition) {
        return (int) entities.stream().filter(scope(definition)::has).count();
    }

    private EntityScope scope(InitiativeDefinition definition) {
        var scorecard = scorecards.get(definition.scorecard());
        return EntityScope.of(scorecard == null ? "false" : scorecard.getAppliesTo());
    }
}

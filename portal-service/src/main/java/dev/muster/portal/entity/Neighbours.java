package dev.muster.portal.entity;

import static dev.muster.portal.readmodel.ReadModel.Entity.DETAILS;
import static dev.muster.portal.readmodel.ReadModel.Entity.ENTITY;
import static dev.muster.portal.readmodel.ReadModel.Entity.REF;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.val;

import dev.muster.portal.entity.Graph.Neighbour;
import dev.muster.portal.result.Results;
import dev.muster.portal.result.Results.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads what an entity depends on, and what depends on it, with where all of them stand.
@Repository
class Neighbours {

    private final DSLContext sql;
    private final Entities entities;
    private final Results results;

    Neighbours(DSLContext sql, Entities entities, Results results) {
        this.sql = sql;
        this.entities = entities;
        this.results = results;
    }

    /// @param scorecard the levels of which are shown; null shows none
    Graph of(EntityView entity, @Nullable String scorecard) {
        var dependents = sql.select(REF)
                .from(ENTITY)
                .where(condition("{0} -> 'dependsOn' @> to_jsonb({1}::text)", DETAILS, val(entity.ref())))
                .and(REF.ne(entity.ref()))
                .orderBy(REF)
                .fetch(REF);
        var dependencies = entity.details().dependsOn();
        var all = new ArrayList<>(dependents);
        all.addAll(dependencies);
        all.add(entity.ref());
        var labels = entities.labels(all);
        var summaries = results.summaries(all);
        return Graph.of(
                neighbour(entity.ref(), scorecard, labels, summaries),
                dependents.stream()
                        .map(ref -> neighbour(ref, scorecard, labels, summaries))
                        .toList(),
                dependencies.stream()
                        .distinct()
                        .map(ref -> neighbour(ref, scorecard, labels, summaries))
                        .toList());
    }

    private static Neighbour neighbour(
            String ref, @Nullable String scorecard, Map<String, String> labels, Map<String, List<Summary>> summaries) {
        var on = summaries.getOrDefault(ref, List.of()).stream()
                .filter(it -> it.scorecard().equals(scorecard))
                .findFirst();
        var name = labels.getOrDefault(ref, ref.substring(ref.indexOf('/') + 1));
        return new Neighbour(ref, name, on.map(Summary::level).orElse(null), on.isPresent());
    }
}

package dev.muster.portal.entity;

import static dev.muster.portal.readmodel.ReadModel.Entity.DETAILS;
import static dev.muster.portal.readmodel.ReadModel.Entity.ENTITY;
import static dev.muster.portal.readmodel.ReadModel.Entity.REF;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.val;

import dev.muster.portal.entity.Graph.Neighbour;
import dev.muster.portal.result.Results;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
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
    /// @param at as of when the levels are; null for now. Who depends on whom is so now
    Graph of(EntityView entity, @Nullable String scorecard, @Nullable Instant at) {
        var dependents = sql.select(REF)
                .from(ENTITY)
                .where(condition("{0} -> 'dependsOn' @> to_jsonb({1}::text)", DETAILS, val(entity.ref())))
                .and(REF.ne(entity.ref()))
                .orderBy(REF)
                .fetch(REF);
        var dependencies = entity.details().dependsOn().stream().distinct().toList();
        var drawn = Stream.of(
                        Stream.of(entity.ref()),
                        dependents.stream().limit(Graph.MOST),
                        dependencies.stream().limit(Graph.MOST))
                .flatMap(Function.identity())
                .toList();
        var labels = entities.labels(drawn);
        var levels = scorecard == null
                ? Map.<String, Optional<String>>of()
                : results.at(at).levels(scorecard, drawn);
        return Graph.of(
                neighbour(entity.ref(), labels, levels),
                dependents.stream().map(ref -> neighbour(ref, labels, levels)).toList(),
                dependencies.stream().map(ref -> neighbour(ref, labels, levels)).toList());
    }

    private static Neighbour neighbour(String ref, Map<String, String> labels, Map<String, Optional<String>> levels) {
        var level = levels.get(ref);
        var name = labels.getOrDefault(ref, ref.substring(ref.indexOf('/') + 1));
        return new Neighbour(ref, name, level == null ? null : level.orElse(null), level != null);
    }
}

package dev.muster.portal.entity;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.SQLDataType.CLOB;

import java.util.List;
import org.jooq.DSLContext;

/// Finds entities that depend on themselves by way of others, which is legal: the evaluator damps what goes
/// round there.
final class Circles {

    /// How many entities upstream are looked at, the nearest first; from further away none comes round.
    static final int MOST = 1000;

    /// PostgreSQL makes no more rows of a recursion than are asked for: the limit bounds the work, too.
    private static final String NEAREST = """
            with recursive upstream (ref) as (
                select {0}::text
                union
                select needed.ref from upstream join entity using (ref)
                cross join lateral jsonb_array_elements_text(entity.details -> 'dependsOn') as needed (ref)),
            nearest as (select ref from upstream limit {1})
            select entity.ref, needed.ref as upstream from nearest join entity using (ref)
            cross join lateral jsonb_array_elements_text(entity.details -> 'dependsOn')
                with ordinality as needed (ref, place)
            order by entity.ref, needed.place""";

    private final DSLContext sql;

    Circles(DSLContext sql) {
        this.sql = sql;
    }

    /// The circle that an entity is in, as [Circle] has it.
    List<String> through(String ref) {
        var from = field(name("ref"), CLOB);
        var to = field(name("upstream"), CLOB);
        var dependsOn = sql.fetch(NEAREST, val(ref), inline(MOST)).intoGroups(row -> row.get(from), row -> row.get(to));
        return Circle.through(ref, dependsOn);
    }
}

package dev.muster.portal.scorecard;

import dev.muster.portal.readmodel.ReadModel.Entity;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// What a report is grouped by, in the words of the API. An entity with many tags counts in each of them.
public enum GroupBy {
    owner,
    system,
    tier,
    tag;

    Field<String> expression() {
        return switch (this) {
            case owner -> Entity.OWNER;
            case system -> Entity.SYSTEM;
            case tier -> Entity.TIER.cast(SQLDataType.VARCHAR);
            case tag -> DSL.field("unnest({0})", SQLDataType.VARCHAR, Entity.TAGS);
        };
    }
}

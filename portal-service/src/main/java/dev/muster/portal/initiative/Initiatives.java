package dev.muster.portal.initiative;

import static dev.muster.portal.readmodel.ReadModel.Initiative.APPLIED_AT;
import static dev.muster.portal.readmodel.ReadModel.Initiative.APPLIED_BY;
import static dev.muster.portal.readmodel.ReadModel.Initiative.APPLIES_TO;
import static dev.muster.portal.readmodel.ReadModel.Initiative.DESCRIPTION;
import static dev.muster.portal.readmodel.ReadModel.Initiative.DUE;
import static dev.muster.portal.readmodel.ReadModel.Initiative.INITIATIVE;
import static dev.muster.portal.readmodel.ReadModel.Initiative.LEVEL;
import static dev.muster.portal.readmodel.ReadModel.Initiative.NAME;
import static dev.muster.portal.readmodel.ReadModel.Initiative.OWNER;
import static dev.muster.portal.readmodel.ReadModel.Initiative.RULES;
import static dev.muster.portal.readmodel.ReadModel.Initiative.SCORECARD;
import static dev.muster.portal.readmodel.ReadModel.Initiative.STARTS_AT;
import static dev.muster.portal.readmodel.ReadModel.Initiative.TITLE;
import static java.time.temporal.ChronoUnit.MICROS;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import dev.muster.portal.paging.Cursor;
import dev.muster.portal.paging.Slice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectWhereStep;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads declared initiatives.
@Repository
class Initiatives {

    private final DSLContext sql;

    Initiatives(DSLContext sql) {
        this.sql = sql;
    }

    Optional<InitiativeView> find(String name) {
        return select().where(NAME.eq(name)).fetchOptional(Initiatives::view);
    }

    /// All of them, what is due first before the others.
    Slice<InitiativeView> list(int limit, @Nullable String cursor) {
        var items = select().where(behind(cursor))
                .orderBy(DUE, NAME)
                .limit(limit + 1)
                .fetch(Initiatives::view);
        return Slice.cut(items, limit, last -> Cursor.of(MICROS.between(Instant.EPOCH, last.due()), last.name()));
    }

    private static Condition behind(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return noCondition();
        }
        var position = Cursor.parse(cursor, 2);
        return row(DUE, NAME).greaterThan(Instant.EPOCH.plus(position.number(0), MICROS), position.text(1));
    }

    private SelectWhereStep<? extends Record> select() {
        return sql.select(
                        NAME,
                        TITLE,
                        DESCRIPTION,
                        OWNER,
                        SCORECARD,
                        LEVEL,
                        RULES,
                        APPLIES_TO,
                        STARTS_AT,
                        DUE,
                        APPLIED_AT,
                        APPLIED_BY)
                .from(INITIATIVE);
    }

    private static InitiativeView view(Record row) {
        return new InitiativeView(
                row.get(NAME),
                row.get(TITLE),
                row.get(DESCRIPTION),
                row.get(OWNER),
                row.get(SCORECARD),
                row.get(LEVEL),
                List.of(row.get(RULES)),
                row.get(APPLIES_TO),
                row.get(STARTS_AT),
                row.get(DUE),
                row.get(APPLIED_AT),
                row.get(APPLIED_BY));
    }
}

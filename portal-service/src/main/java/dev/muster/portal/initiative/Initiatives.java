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
import static org.jooq.impl.DSL.noCondition;

import dev.muster.portal.paging.Keyset;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.paging.Sort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads declared initiatives.
@Repository
class Initiatives {

    /// What each order goes by. What is not there comes last.
    private static final Map<String, List<Field<?>>> COLUMNS = Map.of(
            "due", List.of(DUE),
            "title", List.of(TITLE),
            "owner", List.of(Keyset.last(OWNER)),
            "scorecard", List.of(SCORECARD));

    private final DSLContext sql;

    Initiatives(DSLContext sql) {
        this.sql = sql;
    }

    Optional<InitiativeView> find(String name) {
        return select(NAME.eq(name), List.of()).fetchOptional(Initiatives::view);
    }

    /// How the list is sorted.
    ///
    /// @param asked `due` (what is due first, usual), `title`, `owner` or `scorecard`
    /// @throws dev.muster.service.ProblemException 400 when it cannot be sorted so
    static Sort sort(@Nullable String asked) {
        return Sort.read(asked, "due", List.of("due", "title", "owner", "scorecard"));
    }

    /// All of them.
    ///
    /// @param sort as [#sort] read it
    Slice<InitiativeView> list(Sort sort, int limit, @Nullable String cursor) {
        var keys = new Keyset(sort, COLUMNS, NAME);
        return keys.read(select(noCondition(), keys.select()), limit, cursor, Initiatives::view);
    }

    private SelectConditionStep<? extends Record> select(Condition condition, List<Field<?>> more) {
        return sql.select(more)
                .select(
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
                .from(INITIATIVE)
                .where(condition);
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

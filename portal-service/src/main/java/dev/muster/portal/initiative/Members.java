package dev.muster.portal.initiative;

import static dev.muster.portal.readmodel.ReadModel.Entity.DETAILS;
import static dev.muster.portal.readmodel.ReadModel.Entity.ENTITY;
import static dev.muster.portal.readmodel.ReadModel.Entity.KIND;
import static dev.muster.portal.readmodel.ReadModel.Entity.LIFECYCLE;
import static dev.muster.portal.readmodel.ReadModel.Entity.NAME;
import static dev.muster.portal.readmodel.ReadModel.Entity.NAMESPACE;
import static dev.muster.portal.readmodel.ReadModel.Entity.OWNER;
import static dev.muster.portal.readmodel.ReadModel.Entity.REF;
import static dev.muster.portal.readmodel.ReadModel.Entity.SYSTEM;
import static dev.muster.portal.readmodel.ReadModel.Entity.TAGS;
import static dev.muster.portal.readmodel.ReadModel.Entity.TIER;
import static dev.muster.portal.readmodel.ReadModel.Entity.TITLE;
import static dev.muster.portal.readmodel.ReadModel.Entity.TYPE;

import dev.muster.engine.rule.EntityScope;
import dev.muster.engine.rule.EntityView;
import dev.muster.portal.entity.EntityView.Details;
import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.readmodel.ReadModel.Result;
import dev.muster.portal.result.Results.Standing;
import dev.muster.portal.result.ResultsAt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Who initiatives mean: what is in the catalogue, has a result of the scorecard, and fits the filter. Decided anew
/// each time, which takes about half a second for ten thousand entities.
@Repository
class Members {

    /// Means everybody, without a look at the descriptor.
    private static final String EVERYBODY = "true";

    private static final int AT_ONCE = 500;
    private static final int FILTERS = 500;

    private final DSLContext sql;
    private final Map<String, EntityScope> scopes = new ConcurrentHashMap<>();

    Members(DSLContext sql) {
        this.sql = sql;
    }

    /// An entity that a scorecard scores.
    static final class Scored {

        private final Record row;
        private @Nullable EntityView view;

        private Scored(Record row) {
            this.row = row;
        }

        /// How it stands.
        Standing standing() {
            return Standing.of(row.get(Result.LEVEL), row.get(Result.RULE_IDS), row.get(Result.OUTCOMES));
        }

        private Member member(Target target) {
            var standing = target.seen(standing());
            var title = row.get(TITLE);
            return new Member(
                    row.get(REF),
                    title == null ? row.get(NAME) : title,
                    row.get(OWNER),
                    standing,
                    target.isMetBy(standing));
        }

        /// As filters see it.
        private EntityView view() {
            if (view == null) {
                var details = Documents.read(row.get(DETAILS), Details.class);
                view = new EntityView(
                        row.get(REF),
                        row.get(KIND),
                        row.get(NAMESPACE),
                        row.get(NAME),
                        row.get(TITLE),
                        row.get(TYPE),
                        row.get(LIFECYCLE),
                        row.get(OWNER),
                        row.get(SYSTEM),
                        row.get(TIER) == null ? EntityView.NO_TIER : row.get(TIER),
                        List.of(row.get(TAGS)),
                        details.annotations(),
                        details.dependsOn());
            }
            return view;
        }
    }

    /// An entity that an initiative means.
    ///
    /// @param standing as far as it counts
    record Member(String ref, String label, @Nullable String owner, Standing standing, boolean done) {}

    /// Members of an initiative by reference.
    ///
    /// @param at as of when; null for now
    List<Member> of(InitiativeView initiative, Target target, @Nullable Instant at) {
        var members = new ArrayList<Member>();
        each(initiative.scorecard(), at, scored -> {
            if (means(initiative, scored)) {
                members.add(scored.member(target));
            }
        });
        members.sort(Comparator.comparing(Member::ref));
        return members;
    }

    /// Whether an initiative on the scorecard means the entity.
    boolean means(InitiativeView initiative, Scored scored) {
        var filter = initiative.appliesTo();
        return filter.equals(EVERYBODY) || scope(filter).has(scored.view());
    }

    /// All entities that a scorecard scores, in any order, one after the other.
    ///
    /// @param at with their results as of when; null for now
    void each(String scorecard, @Nullable Instant at, Consumer<Scored> scored) {
        ResultsAt.reader(sql, at)
                .transaction(
                        tx -> { // without one the driver would read all rows at once
                            try (var rows = DSL.using(tx)
                                    .select(
                                            REF,
                                            KIND,
                                            NAMESPACE,
                                            NAME,
                                            TITLE,
                                            TYPE,
                                            LIFECYCLE,
                                            OWNER,
                                            SYSTEM,
                                            TIER,
                                            TAGS,
                                            DETAILS,
                                            Result.LEVEL,
                                            Result.RULE_IDS,
                                            Result.OUTCOMES)
                                    .from(ResultsAt.table(at))
                                    .join(ENTITY)
                                    .on(REF.eq(Result.ENTITY))
                                    .where(Result.SCORECARD.eq(scorecard))
                                    .fetchSize(AT_ONCE)
                                    .fetchLazy()) {
                                rows.forEach(row -> scored.accept(new Scored(row)));
                            }
                        });
    }

    private EntityScope scope(String filter) {
        if (scopes.size() > FILTERS) {
            scopes.clear(); // those of initiatives that are gone; cheap to make again
        }
        return scopes.computeIfAbsent(filter, EntityScope::of);
    }
}

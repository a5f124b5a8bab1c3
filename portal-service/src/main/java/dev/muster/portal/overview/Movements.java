package dev.muster.portal.overview;

import static dev.muster.portal.readmodel.ReadModel.Transition.AT;
import static dev.muster.portal.readmodel.ReadModel.Transition.LEVEL_AFTER;
import static dev.muster.portal.readmodel.ReadModel.Transition.LEVEL_BEFORE;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORECARD;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORE_AFTER;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORE_BEFORE;
import static dev.muster.portal.readmodel.ReadModel.Transition.TRANSITION;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.val;

import dev.muster.portal.overview.Trend.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Repository;

/// Reads from the recorded transitions how levels came and went, and who moved most.
@Repository
class Movements {

    private static final Field<LocalDate> DAY =
            field("({0} at time zone 'UTC')::date", SQLDataType.LOCALDATE, AT).as("utc_day");
    private static final Field<Boolean> SCORED_BEFORE =
            field(SCORE_BEFORE.isNotNull()).as("scored_before");
    private static final Field<Boolean> SCORED_AFTER =
            field(SCORE_AFTER.isNotNull()).as("scored_after");

    private static final String MOVERS = """
            select entity, first_level, first_score, last_level, last_score, changes from (
                select entity,
                    (array_agg(level_before order by at, version))[1] as first_level,
                    (array_agg(score_before order by at, version))[1] as first_score,
                    (array_agg(level_after order by at, version))[count(*)::int] as last_level,
                    (array_agg(score_after order by at, version))[count(*)::int] as last_score,
                    count(*) as changes
                from transition
                where scorecard = {0} and at between {1} and {3} and score_before is not null and score_after is not null
                group by entity) as moved
            where first_score <> last_score or first_level is distinct from last_level
            order by abs(last_score - first_score) desc, entity
            limit {2}
            """;

    /// How long it takes at most until days that were over show a transition that came late, and a rebuild.
    static final Duration PAST_WITHIN = Duration.ofSeconds(10);

    private final DSLContext sql;
    private final Lately<Days, List<Step>> past;

    @Autowired
    Movements(DSLContext sql) {
        this(sql, System::nanoTime);
    }

    /// @param nanos the time by which what is over is read again
    Movements(DSLContext sql, LongSupplier nanos) {
        this.sql = sql;
        this.past =
                new Lately<>(PAST_WITHIN, days -> steps(days.scorecard(), days.first(), justBefore(days.end())), nanos);
    }

    /// What moved entities of a scorecard between levels from a day until now, counted by day. Days before
    /// yesterday hardly change, and are remembered as long as [#PAST_WITHIN] says.
    ///
    /// @param first before yesterday
    List<Step> stepsUntilNow(String scorecard, LocalDate first, Instant now) {
        var yesterday = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
        return Stream.concat(
                        past.get(new Days(scorecard, first, yesterday)).stream(),
                        steps(scorecard, yesterday, now).stream())
                .toList();
    }

    private static Instant justBefore(LocalDate day) {
        return start(day).minus(1, ChronoUnit.MICROS);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /// What moved entities of a scorecard between levels from a day until an instant, counted by day.
    List<Step> steps(String scorecard, LocalDate first, Instant until) {
        var times = count().as("times");
        return sql.select(DAY, SCORED_BEFORE, LEVEL_BEFORE, SCORED_AFTER, LEVEL_AFTER, times)
                .from(TRANSITION)
                .where(SCORECARD.eq(scorecard), AT.between(start(first), until))
                .and(SCORE_BEFORE.isNull().or(SCORE_AFTER.isNull()).or(LEVEL_BEFORE.isDistinctFrom(LEVEL_AFTER)))
                .groupBy(DAY, SCORED_BEFORE, LEVEL_BEFORE, SCORED_AFTER, LEVEL_AFTER)
                .fetch(row -> new Step(
                        row.get(DAY),
                        row.get(SCORED_BEFORE),
                        row.get(LEVEL_BEFORE),
                        row.get(SCORED_AFTER),
                        row.get(LEVEL_AFTER),
                        row.get(times)));
    }

    /// Entities whose score or level is not what it was, the greatest difference first. First results do not count.
    List<Mover> movers(String scorecard, Instant since, Instant until, int limit) {
        return sql.resultQuery(MOVERS, val(scorecard), val(since, AT), val(limit), val(until, AT))
                .fetch(row -> new Mover(
                        row.get("entity", String.class),
                        row.get("first_level", String.class),
                        row.get("first_score", Integer.class),
                        row.get("last_level", String.class),
                        row.get("last_score", Integer.class),
                        row.get("changes", Integer.class)));
    }

    /// Days of a scorecard.
    ///
    /// @param end not among them
    private record Days(String scorecard, LocalDate first, LocalDate end) {}

    /// An entity that moved.
    ///
    /// @param changes how many transitions made it so
    public record Mover(
            String entity,
            @Nullable String levelBefore,
            int scoreBefore,
            @Nullable String levelAfter,
            int scoreAfter,
            int changes) {

        public int difference() {
            return scoreAfter - scoreBefore;
        }
    }
}

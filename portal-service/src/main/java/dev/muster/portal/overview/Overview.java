package dev.muster.portal.overview;

import dev.muster.portal.entity.Entities;
import dev.muster.portal.entity.EntityFilter;
import dev.muster.portal.entity.EntityItem;
import dev.muster.portal.overview.HeatMaps.Rows;
import dev.muster.portal.overview.Movements.Mover;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.scorecard.Distribution;
import dev.muster.portal.scorecard.Reports;
import dev.muster.portal.scorecard.ScorecardView;
import dev.muster.portal.scorecard.Scorecards;
import dev.muster.portal.subject.Subjects;
import dev.muster.portal.transition.TransitionFilter;
import dev.muster.portal.transition.TransitionView;
import dev.muster.portal.transition.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the overview shows. How it stands now was read a moment ago, once for all who look at it, see [Lately]; who
/// moved
/// most within days, some seconds ago. How it stood at an instant is read for each of them.
@Component
class Overview {

    private static final int ACTIVITY = 10;
    private static final int MOVERS = 8;
    private static final Duration MOVED_WITHIN = Duration.ofDays(7);

    private final Scorecards scorecards;
    private final Reports reports;
    private final Entities entities;
    private final Transitions transitions;
    private final Subjects subjects;
    private final HeatMaps heatMaps;
    private final Movements movements;
    private final InstantSource clock;

    private final Lately<Everything, Head> heads = new Lately<>(Lately.MOMENT, _ -> readHead(null));
    private final Lately<Listing, Slice<EntityItem>> lists = new Lately<>(Lately.MOMENT, it -> readList(it, null));
    private final Lately<Mapping, HeatMap> maps = new Lately<>(Lately.MOMENT, it -> readMap(it, null));
    private final Lately<Moving, Trend> trends = new Lately<>(Lately.MOMENT, this::readTrend);
    private final Lately<String, List<Mover>> moved;

    Overview(
            Scorecards scorecards,
            Reports reports,
            Entities entities,
            Transitions transitions,
            Subjects subjects,
            HeatMaps heatMaps,
            Movements movements,
            InstantSource clock) {
        this.scorecards = scorecards;
        this.reports = reports;
        this.entities = entities;
        this.transitions = transitions;
        this.subjects = subjects;
        this.heatMaps = heatMaps;
        this.movements = movements;
        this.clock = clock;
        this.moved = new Lately<>(Movements.PAST_WITHIN, it -> movers(it, clock.instant()));
    }

    /// After so long a page shows what happened before, but for who moved most.
    Duration behind() {
        return Stream.of(heads, lists, maps, trends)
                .map(Lately::behind)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /// What does not depend on what somebody chose.
    ///
    /// @param at as of when; null for now
    Head head(@Nullable Instant at) {
        return at == null ? heads.get(Everything.READABLE) : readHead(at);
    }

    /// A piece of the list of entities.
    Slice<EntityItem> list(EntityFilter filter, @Nullable String cursor, @Nullable Instant at) {
        var listing = new Listing(filter, cursor);
        return at == null ? lists.get(listing) : readList(listing, at);
    }

    /// Where groups stand in each dimension.
    HeatMap map(ScorecardView scorecard, Rows rows, @Nullable Instant at) {
        var mapping = new Mapping(scorecard, rows);
        return at == null ? maps.get(mapping) : readMap(mapping, at);
    }

    /// How it became so.
    ///
    /// @param days of the trend
    Moves moves(Card card, int days, @Nullable Instant at) {
        if (at == null) {
            return new Moves(
                    trends.get(new Moving(card.scorecard(), days)),
                    moved.get(card.scorecard().name()));
        }
        var name = card.scorecard().name();
        var day = day(at);
        var steps = movements.steps(name, day.minusDays(days - 1L), at);
        return new Moves(Trend.of(card.standing(), steps, day, days), movers(name, at));
    }

    private Head readHead(@Nullable Instant at) {
        var then = reports.at(at);
        var dayBefore = or(at).minus(Duration.ofDays(1));
        var regressed = TransitionFilter.ofKind("REGRESSED", dayBefore);
        return new Head(
                scorecards.all().stream()
                        .map(each -> new Card(each, then.distribution(each)))
                        .toList(),
                entities.countScorable(),
                transitions.count(regressed.upTo(at)),
                dayBefore,
                subjects.countUnclaimed(),
                transitions.list(TransitionFilter.ALL.upTo(at), ACTIVITY, null));
    }

    private Slice<EntityItem> readList(Listing listing, @Nullable Instant at) {
        return entities.at(at).scorable(listing.filter(), Slice.USUAL, listing.cursor());
    }

    private HeatMap readMap(Mapping mapping, @Nullable Instant at) {
        return heatMaps.of(mapping.scorecard(), mapping.rows(), at);
    }

    private Trend readTrend(Moving moving) {
        var name = moving.scorecard().name();
        var now = clock.instant();
        var today = day(now);
        var steps = movements.stepsUntilNow(name, today.minusDays(moving.days() - 1L), now);
        var standing = reports.distribution(moving.scorecard());
        return Trend.of(standing, steps, today, moving.days());
    }

    private List<Mover> movers(String scorecard, Instant until) {
        return movements.movers(scorecard, until.minus(MOVED_WITHIN), until, MOVERS);
    }

    private Instant or(@Nullable Instant at) {
        return at == null ? clock.instant() : at;
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    /// What does not depend on what somebody chose.
    ///
    /// @param entityCount without groups and users
    /// @param regressions in the last day
    /// @param regressedSince when that day began
    /// @param unclaimed subjects
    /// @param activity what happened last
    record Head(
            List<Card> cards,
            int entityCount,
            int regressions,
            Instant regressedSince,
            int unclaimed,
            Slice<TransitionView> activity) {}

    /// A scorecard and how its entities stand.
    record Card(ScorecardView scorecard, Distribution standing) {}

    /// How levels came and went, and who moved most.
    record Moves(Trend trend, List<Mover> movers) {}

    private enum Everything {
        READABLE
    }

    private record Listing(EntityFilter filter, @Nullable String cursor) {}

    private record Mapping(ScorecardView scorecard, Rows rows) {}

    private record Moving(ScorecardView scorecard, int days) {}
}

package dev.muster.portal.initiative;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.muster.portal.initiative.InitiativeApi.BurnUpView;
import dev.muster.portal.initiative.InitiativeApi.MemberView;
import dev.muster.portal.initiative.InitiativeApi.OwnerProgress;
import dev.muster.portal.initiative.InitiativeApi.Whole;
import dev.muster.portal.initiative.Members.Member;
import dev.muster.portal.initiative.Progress.Tally;
import dev.muster.portal.page.Unknown;
import dev.muster.portal.paging.Cursor;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.paging.Sort;
import dev.muster.portal.result.Results;
import dev.muster.portal.result.Results.Standing;
import dev.muster.portal.scorecard.ScorecardView;
import dev.muster.portal.scorecard.Scorecards;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// How far initiatives are, now when nothing else is said.
///
/// As of an instant, results are those of then. Initiatives, scorecards and entities are those of now, and so is whom
/// an initiative means among those that had a result.
@Component
public class InitiativeReports {

    private static final String NOBODY = "";

    private final Initiatives initiatives;
    private final Members members;
    private final Past past;
    private final Scorecards scorecards;
    private final Results results;
    private final InstantSource clock;
    private final @Nullable Instant at;

    @Autowired
    InitiativeReports(
            Initiatives initiatives,
            Members members,
            Past past,
            Scorecards scorecards,
            Results results,
            InstantSource clock) {
        this(initiatives, members, past, scorecards, results, clock, null);
    }

    private InitiativeReports(
            Initiatives initiatives,
            Members members,
            Past past,
            Scorecards scorecards,
            Results results,
            InstantSource clock,
            @Nullable Instant at) {
        this.initiatives = initiatives;
        this.members = members;
        this.past = past;
        this.scorecards = scorecards;
        this.results = results;
        this.clock = clock;
        this.at = at;
    }

    /// How far they were as of an instant; null for now.
    public InitiativeReports at(@Nullable Instant instant) {
        return new InitiativeReports(initiatives, members, past, scorecards, results.at(instant), clock, instant);
    }

    /// How a list is sorted.
    ///
    /// @param asked `due` (what is due first, usual), `title`, `owner` or `scorecard`
    /// @throws dev.muster.service.ProblemException 400 when it cannot be sorted so
    public static Sort sort(@Nullable String asked) {
        return Initiatives.sort(asked);
    }

    /// All of them with their progress.
    ///
    /// @param sort as [#sort] read it
    public Slice<InitiativeItem> list(Sort sort, int limit, @Nullable String cursor) {
        var slice = initiatives.list(sort, limit, cursor);
        var published = scorecards.all().stream().collect(toMap(ScorecardView::name, Function.identity()));
        var counts = slice.items().stream()
                .map(it -> new Count(it, Target.of(it, published.get(it.scorecard())), new Tally()))
                .toList();
        counts.stream()
                .collect(groupingBy(count -> count.initiative().scorecard()))
                .forEach((scorecard, on) -> members.each(scorecard, at, scored -> {
                    var standing = scored.standing();
                    on.stream()
                            .filter(count -> members.means(count.initiative(), scored))
                            .forEach(count -> count.tally().add(count.target().isMetBy(standing)));
                }));
        var now = instant();
        return new Slice<>(
                counts.stream()
                        .map(it -> InitiativeItem.of(it.initiative(), it.tally().progress(), it.target(), now))
                        .toList(),
                slice.next());
    }

    /// One of several that are counted in one go.
    private record Count(InitiativeView initiative, Target target, Tally tally) {}

    /// One with those that it means.
    ///
    /// @param done only entities that are done, or are not; all when null
    /// @param owner only entities of it, when given
    Whole whole(String name, @Nullable Boolean done, @Nullable String owner, int limit, @Nullable String cursor) {
        var initiative = find(name);
        var target = target(initiative);
        var all = members.of(initiative, target, at);
        var now = instant();
        var whole = new Tally();
        var byOwner = new TreeMap<String, Tally>();
        for (var member : all) {
            whole.add(member.done());
            byOwner.computeIfAbsent(member.owner() == null ? NOBODY : member.owner(), _ -> new Tally())
                    .add(member.done());
        }
        var wanted = all.stream().filter(member -> done == null || member.done() == done);
        return new Whole(
                InitiativeItem.of(initiative, whole.progress(), target, now),
                byOwner.entrySet().stream()
                        .map(it -> new OwnerProgress(
                                it.getKey().equals(NOBODY) ? null : it.getKey(),
                                it.getValue().progress()))
                        .toList(),
                page(initiative, target, owned(wanted, owner), limit, cursor, now));
    }

    /// How it came to that day by day.
    BurnUpView burnUp(String name) {
        var initiative = find(name);
        var target = target(initiative);
        var now = instant();
        var burnUp = new BurnUp(target, members.of(initiative, target, at), initiative.startsAt(), now);
        var since = BurnUp.beginning(BurnUp.first(initiative.startsAt(), now));
        past.between(since, at, initiative.scorecard(), target, burnUp::undo);
        return new BurnUpView(name, initiative.startsAt(), initiative.due(), burnUp.points());
    }

    private Instant instant() {
        return at == null ? clock.instant() : at;
    }

    private InitiativeView find(String name) {
        return initiatives.find(name).orElseThrow(() -> Unknown.exception("initiative"));
    }

    private Target target(InitiativeView initiative) {
        return Target.of(initiative, scorecards.find(initiative.scorecard()).orElse(null));
    }

    private static List<Member> owned(Stream<Member> all, @Nullable String owner) {
        return owner == null || owner.isBlank()
                ? all.toList()
                : all.filter(member -> owner.toLowerCase(Locale.ROOT).equals(member.owner()))
                        .toList();
    }

    private Slice<MemberView> page(
            InitiativeView initiative,
            Target target,
            List<Member> wanted,
            int limit,
            @Nullable String cursor,
            Instant now) {
        var behind = cursor == null || cursor.isBlank()
                ? ""
                : Cursor.parse(cursor, 1).text(0);
        var piece = Slice.cut(
                wanted.stream()
                        .filter(member -> member.ref().compareTo(behind) > 0)
                        .limit(limit + 1L)
                        .toList(),
                limit,
                last -> Cursor.of(last.ref()));
        var since = since(initiative, target, piece.items());
        var found = results.on(
                initiative.scorecard(), piece.items().stream().map(Member::ref).toList());
        return new Slice<>(
                piece.items().stream()
                        .map(member -> MemberView.of(
                                member,
                                since.get(member.ref()),
                                initiative.isOver(now),
                                found.get(member.ref()),
                                target))
                        .toList(),
                piece.next());
    }

    /// Since when those that are done are: the newest transition before which they were not.
    private Map<String, Instant> since(InitiativeView initiative, Target target, List<Member> piece) {
        var since = new HashMap<String, Instant>();
        var standings = new HashMap<String, Standing>();
        piece.stream().filter(Member::done).forEach(member -> standings.put(member.ref(), member.standing()));
        past.of(new HashSet<>(standings.keySet()), at, initiative.scorecard(), target, step -> {
            var after = standings.get(step.entity());
            if (after != null) {
                var before = step.undone(after);
                if (before == null || !target.isMetBy(before)) {
                    since.put(step.entity(), step.at());
                    standings.remove(step.entity());
                } else {
                    standings.put(step.entity(), before);
                }
            }
        });
        return since;
    }
}

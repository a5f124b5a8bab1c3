package dev.muster.portal.initiative;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.muster.portal.initiative.BurnUp.Point;
import dev.muster.portal.initiative.Members.Member;
import dev.muster.portal.initiative.Progress.Tally;
import dev.muster.portal.initiative.Target.Remaining;
import dev.muster.portal.page.Unknown;
import dev.muster.portal.paging.Cursor;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.result.ResultView;
import dev.muster.portal.result.Results;
import dev.muster.portal.result.Results.Standing;
import dev.muster.portal.scorecard.ScorecardView;
import dev.muster.portal.scorecard.Scorecards;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/initiatives`: how far entities are with what they are to reach.
@RestController
@RequestMapping("/api/v1/initiatives")
@Tag(name = "Initiatives")
class InitiativeApi {

    private static final String NOBODY = "";

    private final Initiatives initiatives;
    private final Members members;
    private final Past past;
    private final Scorecards scorecards;
    private final Results results;
    private final InstantSource clock;

    InitiativeApi(
            Initiatives initiatives,
            Members members,
            Past past,
            Scorecards scorecards,
            Results results,
            InstantSource clock) {
        this.initiatives = initiatives;
        this.members = members;
        this.past = past;
        this.scorecards = scorecards;
        this.results = results;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "Initiatives with their progress, what is due first before the others")
    Slice<Item> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var slice = initiatives.list(Slice.limit(limit), cursor);
        var published = scorecards.all().stream().collect(toMap(ScorecardView::name, Function.identity()));
        var counts = slice.items().stream()
                .map(it -> new Count(it, Target.of(it, published.get(it.scorecard())), new Tally()))
                .toList();
        counts.stream()
                .collect(groupingBy(count -> count.initiative().scorecard()))
                .forEach((scorecard, on) -> members.each(scorecard, scored -> {
                    var standing = scored.standing();
                    on.stream()
                            .filter(count -> members.means(count.initiative(), scored))
                            .forEach(count -> count.tally().add(count.target().isMetBy(standing)));
                }));
        var now = clock.instant();
        return new Slice<>(
                counts.stream()
                        .map(it -> Item.of(it.initiative(), it.tally().progress(), it.target(), now))
                        .toList(),
                slice.next());
    }

    /// One of several that are counted in one go.
    private record Count(InitiativeView initiative, Target target, Tally tally) {}

    @GetMapping("/{name}")
    @Operation(
            summary = "An initiative: how far each owner is, and the entities with what is to be done yet",
            description =
                    "done and owner choose among the entities, by reference; progress and owners count all of them.")
    Whole initiative(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Boolean done,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var initiative = find(name);
        var target = target(initiative);
        var all = members.of(initiative, target);
        var now = clock.instant();
        var whole = new Tally();
        var byOwner = new TreeMap<String, Tally>();
        for (var member : all) {
            whole.add(member.done());
            byOwner.computeIfAbsent(member.owner() == null ? NOBODY : member.owner(), _ -> new Tally())
                    .add(member.done());
        }
        var wanted = all.stream().filter(member -> done == null || member.done() == done);
        return new Whole(
                Item.of(initiative, whole.progress(), target, now),
                byOwner.entrySet().stream()
                        .map(it -> new OwnerProgress(
                                it.getKey().equals(NOBODY) ? null : it.getKey(),
                                it.getValue().progress()))
                        .toList(),
                page(initiative, target, owned(wanted, owner), Slice.limit(limit), cursor, now));
    }

    @GetMapping("/{name}/burn-up")
    @Operation(
            summary = "How many entities were done at the end of each day since the initiative began",
            description =
                    "Of the entities that it means now, as recorded transitions tell, in days of UTC until today, also"
                            + " when it is overdue. The 366 newest days at most, and none before it begins.")
    BurnUpView burnUp(@PathVariable String name) {
        var initiative = find(name);
        var target = target(initiative);
        var now = clock.instant();
        var burnUp = new BurnUp(target, members.of(initiative, target), initiative.startsAt(), now);
        var since = BurnUp.beginning(BurnUp.first(initiative.startsAt(), now));
        past.since(since, initiative.scorecard(), target, burnUp::undo);
        return new BurnUpView(name, initiative.startsAt(), initiative.due(), burnUp.points());
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
        past.of(new HashSet<>(standings.keySet()), initiative.scorecard(), target, step -> {
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

    /// An initiative in short.
    ///
    /// @param level that is to be reached; null when rules are to be met
    /// @param due what is not done before this instant is overdue
    /// @param lastDay the last day on which it is not overdue, in UTC
    /// @param entities that it means
    /// @param overdue whether the time is up and some are not done
    /// @param problem something that the scorecard does not have any more, so that nobody can be done; or null
    @Schema(name = "InitiativeItem")
    record Item(
            String name,
            String title,
            @Nullable String description,
            @Nullable String owner,
            String scorecard,
            @Nullable String level,
            List<String> rules,
            String appliesTo,
            Instant startsAt,
            Instant due,
            String lastDay,
            Progress entities,
            boolean overdue,
            @Nullable String problem) {

        static Item of(InitiativeView it, Progress progress, Target target, Instant now) {
            return new Item(
                    it.name(),
                    it.title(),
                    it.description(),
                    it.owner(),
                    it.scorecard(),
                    it.level(),
                    it.rules(),
                    it.appliesTo(),
                    it.startsAt(),
                    it.due(),
                    it.lastDay().toString(),
                    progress,
                    it.isOver(now) && progress.lacks(),
                    target.problem());
        }
    }

    /// An initiative with those that it means.
    ///
    /// @param owners by reference; those without one come first
    @Schema(name = "InitiativeWhole")
    record Whole(Item initiative, List<OwnerProgress> owners, Slice<MemberView> entities) {}

    /// How far an owner is.
    ///
    /// @param owner null for entities without one
    record OwnerProgress(@Nullable String owner, Progress entities) {}

    /// An entity that an initiative means.
    ///
    /// @param doneSince null when it is not done, or was before history goes back
    /// @param overdue whether the time is up and it is not done
    /// @param level highest level that it reached
    /// @param remaining rules that stand in the way; empty when it is done
    record MemberView(
            String ref,
            String label,
            @Nullable String owner,
            boolean done,
            @Nullable Instant doneSince,
            boolean overdue,
            @Nullable String level,
            List<Remaining> remaining) {

        static MemberView of(
                Member it, @Nullable Instant since, boolean isOver, @Nullable ResultView result, Target target) {
            return new MemberView(
                    it.ref(),
                    it.label(),
                    it.owner(),
                    it.done(),
                    since,
                    isOver && !it.done(),
                    it.standing().level(),
                    it.done() || result == null ? List.of() : target.remaining(result));
        }
    }

    /// What became of an initiative day by day.
    record BurnUpView(String initiative, Instant startsAt, Instant due, List<Point> points) {}
}

package dev.muster.portal.initiative;

import dev.muster.portal.initiative.Members.Member;
import dev.muster.portal.initiative.Past.Step;
import dev.muster.portal.result.Results.Standing;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How many members were done at the end of each day, found from how they stand now by undoing what happened, from the
/// newest back. Memory grows with members and days, not with what happened.
final class BurnUp {

    /// Days that are told; of a longer initiative these are the newest.
    static final int MOST_DAYS = 366;

    private final Target target;
    private final LocalDate first;
    private final Map<String, Standing> standings = new HashMap<>();
    private final Set<String> members = new HashSet<>();
    private final List<Point> points = new ArrayList<>();
    private LocalDate told;
    private int done;

    /// A day, in UTC.
    ///
    /// @param total members of now that were scored at its end
    /// @param done those of them that were done then
    record Point(LocalDate day, int total, int done) {}

    /// @param startsAt may be after `now`: then no day is told
    BurnUp(Target target, Collection<Member> members, Instant startsAt, Instant now) {
        this.target = target;
        this.first = first(startsAt, now);
        this.told = day(now).plusDays(1);
        for (var member : members) {
            this.members.add(member.ref());
            standings.put(member.ref(), member.standing());
            done += member.done() ? 1 : 0;
        }
        tell();
    }

    /// The first day that is told.
    static LocalDate first(Instant startsAt, Instant now) {
        var earliest = day(now).minusDays(MOST_DAYS - 1L);
        return day(startsAt).isBefore(earliest) ? earliest : day(startsAt);
    }

    /// Goes back over a transition. They come the newest first.
    void undo(Step step) {
        if (!members.contains(step.entity())) {
            return;
        }
        while (step.at().isBefore(beginning(told))) {
            tell();
        }
        var after = standings.get(step.entity());
        var before = step.undone(after);
        done -= after != null && target.isMetBy(after) ? 1 : 0;
        if (before == null) {
            standings.remove(step.entity());
        } else {
            standings.put(step.entity(), before);
            done += target.isMetBy(before) ? 1 : 0;
        }
    }

    /// The days, from the first to today, once everything since the first was undone.
    List<Point> points() {
        while (told.isAfter(first)) {
            tell();
        }
        return points.reversed();
    }

    /// What stands now is how it was at the end of the day before the one that was told last.
    private void tell() {
        told = told.minusDays(1);
        if (!told.isBefore(first)) {
            points.add(new Point(told, standings.size(), done));
        }
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    static Instant beginning(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}

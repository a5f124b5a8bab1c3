package dev.muster.ingest.watch;

import dev.muster.ingest.settings.IngestSettings;
import dev.muster.schemas.v1.ConnectionStatus;
import dev.muster.schemas.v1.LongestGap;
import dev.muster.schemas.v1.Trouble;
import dev.muster.schemas.v1.UnmappedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts together what is known of a connection and says what is wrong with it. Pure.
///
/// Silent is who has been so for longer than [IngestSettings.Watch#silenceFactor] times the longest gap between two
/// deliveries of the last two weeks, nights and weekends among them. A gap that counted as silence counts no more than
/// what was allowed, so that one outage does not hide the next.
final class Judging {

    private static final int DAYS = 14;
    private static final int MAX_EVENTS = 50;
    private static final long MILLIS_OF_A_DAY = Duration.ofDays(1).toMillis();

    private final IngestSettings.Watch settings;

    Judging(IngestSettings.Watch settings) {
        this.settings = settings;
    }

    /// What is known with what was seen since, not judged yet.
    ///
    /// @param known null when nothing was
    ConnectionStatus merged(String name, String source, @Nullable ConnectionStatus known, @Nullable Seen seen) {
        var before = known == null
                ? ConnectionStatus.newBuilder().setName(name).setSource(source).build()
                : known;
        var status = ConnectionStatus.newBuilder(before).setSource(source);
        if (seen == null) {
            return status.build();
        }
        accept(status, before, seen);
        if (seen.clockDifferenceMillis() != null) {
            status.setClockDifferenceMillis(seen.clockDifferenceMillis());
        }
        return status.setRejected(before.getRejected() + seen.rejected())
                .setRejectedSinceAccepted(
                        seen.rejectedSinceAccepted() + (seen.accepted() > 0 ? 0 : before.getRejectedSinceAccepted()))
                .setLastRejected(later(before.getLastRejected(), seen.lastRejected()))
                .setLastMappedAt(later(before.getLastMappedAt(), seen.lastMappedAt()))
                .setFailed(before.getFailed() + seen.failed())
                .setLastFailure(later(before.getLastFailure(), seen.lastFailure()))
                .setUnmapped(events(before.getUnmapped(), seen.unmapped()))
                .build();
    }

    private void accept(ConnectionStatus.Builder status, ConnectionStatus before, Seen seen) {
        var first = seen.firstAcceptedAt();
        if (first == null) {
            return;
        }
        var last = before.getLastAcceptedAt();
        if (last != null && first.isAfter(last)) {
            var gap = Duration.between(last, first);
            var counts = allowedSilence(before)
                    .filter(allowed -> allowed.compareTo(gap) < 0)
                    .orElse(gap);
            status.setGaps(gaps(before.getGaps(), first, counts.toMillis()));
        }
        if (before.getFirstAcceptedAt() == null) {
            status.setFirstAcceptedAt(first);
        }
        status.setLastAcceptedAt(later(last, seen.lastAcceptedAt()));
        status.setAccepted(before.getAccepted() + seen.accepted());
    }

    private static List<LongestGap> gaps(List<LongestGap> known, Instant endedAt, long millis) {
        var today = (int) Math.floorDiv(endedAt.toEpochMilli(), MILLIS_OF_A_DAY);
        var gaps = new ArrayList<LongestGap>();
        var longest = millis;
        for (var gap : known) {
            if (gap.getDay() == today) {
                longest = Math.max(longest, gap.getMillis());
            } else if (gap.getDay() > today - DAYS) {
                gaps.add(gap);
            }
        }
        gaps.add(new LongestGap(today, longest));
        return gaps;
    }

    private static List<UnmappedEvent> events(List<UnmappedEvent> known, Map<String, Seen.Times> seen) {
        if (seen.isEmpty()) {
            return known;
        }
        var all = new HashMap<String, Seen.Times>();
        known.forEach(it -> all.put(it.getEvent(), new Seen.Times(it.getCount(), it.getLastAt())));
        seen.forEach((event, times) -> all.merge(event, times, Seen.Times::and));
        return all.entrySet().stream()
                .map(it -> new UnmappedEvent(
                        it.getKey(), it.getValue().count(), it.getValue().lastAt()))
                .sorted(Comparator.comparing(UnmappedEvent::getLastAt)
                        .reversed()
                        .thenComparing(UnmappedEvent::getEvent))
                .limit(MAX_EVENTS)
                .toList();
    }

    /// The longest gap between two deliveries of the last two weeks; empty before there were two.
    static Optional<Duration> longestGap(ConnectionStatus status) {
        return status.getGaps().stream()
                .map(LongestGap::getMillis)
                .max(Long::compare)
                .map(Duration::ofMillis);
    }

    /// How long it may be silent; empty before there was a gap.
    Optional<Duration> allowedSilence(ConnectionStatus status) {
        return longestGap(status)
                .map(gap -> Duration.ofMillis((long) Math.min(gap.toMillis() * settings.silenceFactor(), 1e15)))
                .map(allowed -> allowed.compareTo(settings.silenceLeast()) < 0 ? settings.silenceLeast() : allowed);
    }

    /// The same, judged at an instant. What is wrong keeps the time at which it began.
    ConnectionStatus judged(ConnectionStatus status, Instant now) {
        var rejected = status.getLastRejected();
        var isRejecting = rejected != null && status.getRejectedSinceAccepted() >= settings.rejections();
        var failure = status.getLastFailure();
        var mapped = status.getLastMappedAt();
        var isFailing = failure != null && (mapped == null || failure.getAt().isAfter(mapped));
        return ConnectionStatus.newBuilder(status)
                .setSilentSince(since(status.getSilentSince(), silentAt(status), now))
                .setRejectingSince(since(status.getRejectingSince(), isRejecting ? rejected.getAt() : null, now))
                .setFailingSince(since(status.getFailingSince(), isFailing ? failure.getAt() : null, now))
                .build();
    }

    /// From when on it counts as silent when nothing comes; null when its rhythm is not known yet.
    private @Nullable Instant silentAt(ConnectionStatus status) {
        var first = status.getFirstAcceptedAt();
        var last = status.getLastAcceptedAt();
        if (first == null || last == null || last.isBefore(first.plus(settings.learn()))) {
            return null;
        }
        return allowedSilence(status).map(last::plus).orElse(null);
    }

    private static @Nullable Instant since(@Nullable Instant known, @Nullable Instant from, Instant now) {
        if (from == null || from.isAfter(now)) {
            return null;
        }
        return known == null ? from : known;
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isAfter(a)) ? b : a;
    }

    private static @Nullable Trouble later(@Nullable Trouble a, @Nullable Trouble b) {
        return a == null || (b != null && b.getAt().isAfter(a.getAt())) ? b : a;
    }
}

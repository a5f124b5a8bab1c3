package dev.muster.notifier.delivery;

import dev.muster.notifier.delivery.DestinationState.State;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.Sql;
import dev.muster.notifier.metrics.NotifierMetrics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What operators ask about destinations, and tell them.
@Component
public class Destinations {

    private static final String EMAIL = ChannelName.EMAIL.label();

    private final JdbcClient db;
    private final Lanes lanes;
    private final DeliverySettings settings;
    private final InstantSource clock;

    Destinations(JdbcClient db, Lanes lanes, DeliverySettings settings, InstantSource clock, NotifierMetrics metrics) {
        this.db = db;
        this.lanes = lanes;
        this.settings = settings;
        this.clock = clock;
        metrics.troubled("paused", () -> count(State.PAUSED));
        metrics.troubled("broken", () -> count(State.BROKEN));
        metrics.troubled("suppressed", () -> count(State.SUPPRESSED));
    }

    private Map<ChannelName, Long> count(State state) {
        return troubled().stream()
                .filter(it -> it.state() == state)
                .collect(Collectors.groupingBy(DestinationState::channel, Collectors.counting()));
    }

    /// All that are configured, and mail addresses that messages wait for or that are in trouble.
    public List<DestinationState> all() {
        var all = new LinkedHashMap<String, DestinationState>();
        new TreeMap<>(settings.channels()).forEach((name, channel) -> {
            var destination = Destination.named(channel, name);
            all.put(destination.lane(), new DestinationState(name, channel, State.OK, null, null, null, 0, null, 0, 0));
        });
        query("d.state in ('READY', 'FAILED') or d.lane in (select lane from troubles)")
                .forEach(all::put);
        return List.copyOf(all.values());
    }

    private List<DestinationState> troubled() {
        return List.copyOf(
                query("d.lane in (select lane from troubles union select key from pauses where reason <> 'PACE')"
                                + " or (d.state = 'READY' and d.channel in (select key from pauses))")
                        .values());
    }

    private Map<String, DestinationState> query(String which) {
        var now = clock.instant();
        var found = new LinkedHashMap<String, DestinationState>();
        db.sql("""
                        select l.lane, l.channel, l.destination, l.waiting, l.failed, t.failures, t.broken, t.refused, t.since,
                            coalesce(t.reason, p.reason) as reason, t.detail, p.until
                        from (
                            select d.lane, d.channel, (array_agg(d.destination order by d.id desc))[1] as destination,
                                count(*) filter (where d.state = 'READY') as waiting,
                                count(*) filter (where d.state = 'FAILED') as failed
                            from deliveries d where %s group by d.lane, d.channel) l
                            left join lateral (
                                select * from troubles where lane in (l.lane, l.channel)
                                order by lane = l.lane desc limit 1) t on true
                            left join lateral (
                                select until, reason from pauses
                                where key in (l.lane, l.channel) and until > :now and reason <> 'PACE'
                                order by until desc limit 1) p on true
                        order by l.lane
                        """.formatted(which))
                .param("now", Sql.at(now))
                .query((row, _) -> Map.entry(row.getString("lane"), state(row)))
                .list()
                .forEach(it -> found.put(it.getKey(), it.getValue()));
        return found;
    }

    private DestinationState state(ResultSet row) throws SQLException {
        var until = Sql.instantOrNull(row, "until");
        var failures = row.getInt("failures");
        return new DestinationState(
                row.getString("destination"),
                ChannelName.of(row.getString("channel")),
                row.getInt("refused") >= settings.refusals()
                                && row.getString("channel").equals(EMAIL)
                        ? State.SUPPRESSED
                        : row.getBoolean("broken")
                                ? State.BROKEN
                                : until != null ? State.PAUSED : failures > 0 ? State.FAILING : State.OK,
                until,
                row.getString("reason"),
                row.getString("detail"),
                failures,
                Sql.instantOrNull(row, "since"),
                row.getLong("waiting"),
                row.getLong("failed"));
    }

    /// Tries a mail address again that was refused too often. False when there is none of that name.
    ///
    /// @param destination name of a destination, as [#all] shows it
    @Transactional
    public boolean release(String destination) {
        var named = db.sql("select distinct lane from deliveries where destination = :name and channel = :email")
                .param("name", destination)
                .param("email", EMAIL)
                .query((row, _) -> row.getString("lane"))
                .list();
        return !named.isEmpty() && lanes.release(named) > 0;
    }
}

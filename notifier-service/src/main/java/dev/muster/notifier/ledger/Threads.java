package dev.muster.notifier.ledger;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Where an episode was told. Every method runs in the transaction of its caller.
@Component
public class Threads {

    private static final List<String> KEEP_INCIDENTS = Arrays.stream(ChannelName.values())
            .filter(ChannelName::keepsIncidents)
            .map(ChannelName::label)
            .toList();

    private final JdbcClient db;

    Threads(JdbcClient db) {
        this.db = db;
    }

    /// A notification that told a regression, whose end is told in the same thread.
    ///
    /// @param thread notification that began it
    /// @param owner whom it told, null when the fallback stands for it
    /// @param route path of the node that it went by
    /// @param collected whether it was a digest
    /// @param escalated whether it told the parent team
    public record Begun(String thread, @Nullable String owner, String route, boolean collected, boolean escalated) {}

    private record Row(Begun begun, boolean first, boolean told) {}

    /// The threads of the episode, the one that told it first in front; of the others that left, one an owner and
    /// route. What has not left yet is waited for, so that either it says nothing any more or its end is told.
    public List<Begun> of(String episode) {
        var told = db.sql("""
                        select n.thread_id, n.owner, n.route, n.state, b.escalated, b.first, exists (
                            select 1 from holds h where h.notification_id = n.id and h.reason = 'DIGEST') as collected
                        from notifications n join (
                            select thread_id as id, false as escalated, true as first
                            from episodes where id = :episode and thread_id is not null
                            union all
                            select c.notification_id, bool_or(c.escalated), false
                            from copies c join transitions t on t.id = c.transition_id
                            where t.episode_id = :episode and t.kind = 'REGRESSED'
                              and c.notification_id not in (
                                select thread_id from episodes where id = :episode and thread_id is not null)
                            group by c.notification_id) b on b.id = n.id
                        order by n.created_at, n.id for update of n
                        """)
                .param("episode", episode)
                .query((row, _) -> new Row(
                        new Begun(
                                row.getString("thread_id"),
                                row.getString("owner"),
                                row.getString("route"),
                                row.getBoolean("collected"),
                                row.getBoolean("escalated")),
                        row.getBoolean("first"),
                        row.getString("state").equals("READY")))
                .list();
        var byRoute = new LinkedHashMap<String, Begun>();
        told.stream()
                .filter(it -> it.first() || it.told())
                .sorted(Comparator.comparing(Row::first).reversed())
                .map(Row::begun)
                .forEach(it -> byRoute.putIfAbsent(it.owner() + "|" + it.route(), it));
        return List.copyOf(byRoute.values());
    }

    /// Whether one of the threads went, or is going, to a channel that keeps incidents.
    public boolean openedIncident(List<Begun> threads) {
        return !threads.isEmpty()
                && db.sql("""
                                select exists (
                                    select 1 from deliveries
                                    where thread_id in (:threads) and state <> 'FAILED' and channel in (:channels))
                                """)
                        .param("threads", threads.stream().map(Begun::thread).toList())
                        .param("channels", KEEP_INCIDENTS)
                        .query(Boolean.class)
                        .single();
    }

    /// Recoveries that wait are told to nobody any more, because all that they tell broke again. They
    /// still end the incidents of their threads, and only those.
    public void takeBack(Collection<String> recoveries) {
        if (!recoveries.isEmpty()) {
            db.sql("""
                            update transitions t set state = case when ends.incident then 'GROUPED' else 'SUPPRESSED' end,
                                reason = case when ends.incident then 'INCIDENT' else 'BROKE_AGAIN_WITHIN_WAIT' end
                            from (select r.id, exists (
                                      select 1 from notifications n join deliveries d on d.thread_id = n.thread_id
                                      where (n.id = r.notification_id
                                          or n.id in (select c.notification_id from copies c where c.transition_id = r.id))
                                        and d.state <> 'FAILED' and d.channel in (:channels)) as incident
                                  from transitions r where r.id in (:ids)) ends
                            where t.id = ends.id
                            """)
                    .param("ids", recoveries)
                    .param("channels", KEEP_INCIDENTS)
                    .update();
        }
    }

    /// The thread in which a node told an owner something of a result last, after `since`.
    ///
    /// @param route path of the node
    public Optional<String> last(String entity, String scorecard, @Nullable String owner, String route, Instant since) {
        return db.sql("""
                        select n.thread_id from notifications n
                        where n.state = 'READY' and n.closed_at > :since and n.owner is not distinct from :owner::text and n.route = :route
                          and exists (
                            select 1 from transitions t
                            where t.entity = :entity and t.scorecard = :scorecard and t.state = 'GROUPED'
                              and (t.notification_id = n.id or exists (
                                select 1 from copies c
                                where c.notification_id = n.id and c.transition_id = t.id and not c.escalated)))
                        order by n.closed_at desc limit 1
                        """)
                .param("entity", entity)
                .param("scorecard", scorecard)
                .param("owner", owner)
                .param("route", route)
                .param("since", Sql.at(since))
                .query((row, _) -> row.getString(1))
                .optional();
    }
}

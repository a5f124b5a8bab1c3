package dev.muster.notifier.ledger;

import dev.muster.notifier.ledger.Episode.Told;
import dev.muster.notifier.text.Digest;
import dev.muster.notifier.transition.Transition;
import dev.muster.routing.HeldBecause;
import dev.muster.schemas.v1.TransitionKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Transitions and episodes. Every method runs in the transaction of its caller.
@Component
public class Ledger {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient db;

    Ledger(JdbcClient db) {
        this.db = db;
    }

    /// Writes `it` down, suppressed until something else is decided. False when it is there already.
    public boolean insert(Transition it, @Nullable String owner, Instant now) {
        return db.sql("""
                        insert into transitions (id, entity, scorecard, version, kind, owner, delivery_id, lost, accepted_at, body, state)
                        values (:id, :entity, :scorecard, :version, :kind, :owner, :delivery, :lost, :now, :body::jsonb, 'SUPPRESSED')
                        on conflict (id) do nothing
                        """)
                        .param("id", it.id())
                        .param("entity", it.entity())
                        .param("scorecard", it.scorecard())
                        .param("version", it.version())
                        .param("kind", it.kind().name())
                        .param("owner", owner)
                        .param("delivery", it.cause().deliveryId())
                        .param("lost", it.lost())
                        .param("now", Sql.at(now))
                        .param("body", JSON.writeValueAsString(it))
                        .update()
                == 1;
    }

    /// Nobody will hear of the transition.
    public void suppress(String transition, @Nullable String episode, SuppressedBecause reason) {
        db.sql("update transitions set state = 'SUPPRESSED', reason = :reason, episode_id = :episode where id = :id")
                .param("id", transition)
                .param("episode", episode)
                .param("reason", reason.name())
                .update();
    }

    /// The transition is told by the notification.
    ///
    /// @param reason why by this one, null when it is the one of its own owner, cause and route
    public void group(String transition, String episode, String notification, @Nullable GroupedBecause reason) {
        db.sql("""
                        update transitions set state = 'GROUPED', reason = :reason, episode_id = :episode,
                            notification_id = :notification
                        where id = :id
                        """)
                .param("id", transition)
                .param("reason", reason == null ? null : reason.name())
                .param("episode", episode)
                .param("notification", notification)
                .update();
    }

    /// The open episode, locked together with the notification that tells it, so that its message cannot leave
    /// meanwhile. Locks are taken as everywhere: notifications before episodes.
    public Optional<Episode> openEpisode(String entity, String scorecard) {
        while (true) {
            var thread = db.sql("""
                            select thread_id from episodes where entity = :entity and scorecard = :scorecard and closed_at is null
                            """)
                    .param("entity", entity)
                    .param("scorecard", scorecard)
                    .query((row, _) -> Optional.ofNullable(row.getString(1)))
                    .optional();
            if (thread.isEmpty()) {
                return Optional.empty();
            }
            var told = told(thread.get().orElse(null));
            var episode = db.sql("""
                            select * from episodes where entity = :entity and scorecard = :scorecard and closed_at is null
                            for update
                            """)
                    .param("entity", entity)
                    .param("scorecard", scorecard)
                    .query((row, _) -> episode(row, told))
                    .optional();
            if (episode.isPresent()
                    && Objects.equals(episode.get().threadId(), thread.get().orElse(null))) {
                return episode;
            }
            // It went over to another notification meanwhile: that one is to be locked.
        }
    }

    private Told told(@Nullable String notification) {
        if (notification == null) {
            return Told.NOT_TO_BE_TOLD;
        }
        var state = db.sql("select state from notifications where id = :id for update")
                .param("id", notification)
                .query(String.class)
                .optional();
        return state.filter("GATHERING"::equals).isPresent() ? Told.WAITING : Told.TOLD;
    }

    /// Until the transaction ends, nobody else gathers or closes notifications of `owner`: they lock
    /// several, each in an order of its own. To be called before any of them is locked.
    public void alone(@Nullable String owner) {
        db.sql("select pg_advisory_xact_lock(hashtextextended(:owner, 6))")
                .param("owner", owner == null ? "" : owner)
                .query((_, _) -> true)
                .list();
    }

    private static Episode episode(ResultSet row, Told told) throws SQLException {
        return new Episode(
                row.getString("id"),
                row.getString("entity"),
                row.getString("scorecard"),
                JSON.readValue(row.getString("rules"), new TypeReference<Set<String>>() {}),
                Sql.instant(row, "opened_at"),
                row.getString("thread_id"),
                told);
    }

    /// Begins an episode with `by`.
    public String open(Transition by, Set<String> rules) {
        var id = Digest.of("episode", by.id());
        db.sql("""
                        insert into episodes (id, entity, scorecard, rules, opened_at)
                        values (:id, :entity, :scorecard, :rules::jsonb, :at)
                        """)
                .param("id", id)
                .param("entity", by.entity())
                .param("scorecard", by.scorecard())
                .param("rules", JSON.writeValueAsString(rules))
                .param("at", Sql.at(by.at()))
                .update();
        return id;
    }

    /// The episode has these unresolved rules now.
    public void keep(String episode, Set<String> rules) {
        db.sql("update episodes set rules = :rules::jsonb where id = :id")
                .param("id", episode)
                .param("rules", JSON.writeValueAsString(rules))
                .update();
    }

    /// The episode is told first by `notification`, unless another one did.
    public void tellBy(String episode, String notification) {
        db.sql("update episodes set thread_id = :thread where id = :id and thread_id is null")
                .param("id", episode)
                .param("thread", notification)
                .update();
    }

    /// Ends an episode.
    public void close(String episode, Transition by) {
        db.sql("update episodes set rules = '[]', closed_at = :at, closed_by = :by where id = :id")
                .param("id", episode)
                .param("at", Sql.at(by.at()))
                .param("by", by.id())
                .update();
    }

    /// Regressions of an episode that still wait are told to nobody any more.
    public void withdraw(String episode) {
        db.sql("""
                        with waiting as (
                            select n.id from notifications n
                            where n.state = 'GATHERING' and n.direction = 'REGRESSION'
                              and n.id in (select notification_id from transitions where episode_id = :id and state = 'GROUPED')
                            for update)
                        update transitions set state = 'SUPPRESSED', reason = 'RECOVERED_WITHIN_WAIT'
                        where episode_id = :id and state = 'GROUPED' and notification_id in (select id from waiting)
                        """).param("id", episode).update();
    }

    /// A transition whose message still gathers.
    ///
    /// @param lost level that it lost, null for none
    /// @param held why its message waits
    public record Waiting(
            String transition,
            String notification,
            boolean regression,
            @Nullable String lost,
            HeldBecause held) {}

    /// Transitions of a result whose messages still gather, locked with their notifications.
    public List<Waiting> waiting(String entity, String scorecard) {
        return db.sql("""
                        select t.id, t.notification_id, t.kind, t.lost, n.held_because from transitions t join notifications n on n.id = t.notification_id
                        where t.entity = :entity and t.scorecard = :scorecard and t.state = 'GROUPED' and n.state = 'GATHERING'
                        order by t.accepted_at, t.version for update of n
                        """)
                .param("entity", entity)
                .param("scorecard", scorecard)
                .query((row, _) -> new Waiting(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3).equals("REGRESSED"),
                        row.getString(4),
                        HeldBecause.valueOf(row.getString(5))))
                .list();
    }

    /// How often a result regressed or recovered since `since` because of one of `rules`, by the rule
    /// that did most.
    public int changes(String entity, String scorecard, Set<String> rules, Instant since) {
        return db.sql("""
                        select coalesce(max(times), 0) as times from (
                            select count(*) as times from transitions t,
                                jsonb_path_query(t.body, '$.changes[*].rule') as rule
                            where t.entity = :entity and t.scorecard = :scorecard and t.accepted_at > :since
                              and t.kind in ('REGRESSED', 'RECOVERED') and rule #>> '{}' = any (:rules)
                              and t.reason is distinct from 'BASELINE' and t.reason is distinct from 'NOTIFY_OFF'
                              and t.reason is distinct from 'TOO_OLD'
                            group by rule) by_rule
                        """)
                .param("entity", entity)
                .param("scorecard", scorecard)
                .param("since", Sql.at(since))
                .param("rules", rules.toArray(String[]::new))
                .query((row, _) -> row.getInt("times"))
                .single();
    }

    /// Regressions and recoveries of a result since `since` that were to be told, because of each of `rules`, in the
    /// order in which they were consumed.
    public Map<String, List<TransitionKind>> told(String entity, String scorecard, Set<String> rules, Instant since) {
        return db
                .sql("""
                        select rule #>> '{}' as rule, t.kind
                        from transitions t, jsonb_path_query(t.body, '$.changes[*].rule') as rule
                        where t.entity = :entity and t.scorecard = :scorecard and t.accepted_at > :since
                          and t.kind in ('REGRESSED', 'RECOVERED') and t.state = 'GROUPED' and rule #>> '{}' = any (:rules)
                        order by t.accepted_at, t.version
                        """)
                .param("entity", entity)
                .param("scorecard", scorecard)
                .param("since", Sql.at(since))
                .param("rules", rules.toArray(String[]::new))
                .query((row, _) -> Map.entry(row.getString("rule"), TransitionKind.valueOf(row.getString("kind"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /// Forgets what ended before `before`, at most `limit` notifications and transitions. How many were forgotten.
    public int forget(Instant before, int limit) {
        var notifications = db.sql("""
                        delete from notifications where id in (
                            select n.id from notifications n
                            where n.created_at < :before and n.state <> 'GATHERING'
                              and not exists (select 1 from deliveries d where d.notification_id = n.id and d.state = 'READY')
                              and not exists (select 1 from episodes e where e.thread_id = n.id and e.closed_at is null)
                            limit :limit)
                        """)
                .param("before", Sql.at(before))
                .param("limit", limit)
                .update();
        var transitions = db.sql("""
                        delete from transitions where id in (
                            select id from transitions where accepted_at < :before and notification_id is null limit :limit)
                        """)
                .param("before", Sql.at(before))
                .param("limit", limit)
                .update();
        db.sql("delete from episodes where closed_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from silences where coalesce(ended_at, ends_at) < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from silent_connections where ended_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from reminders where ends_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from reports where ends_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from receipts where published_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from audit where published_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from paces where full_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from troubles where last_at < :before")
                .param("before", Sql.at(before))
                .update();
        db.sql("delete from pauses where until < :before")
                .param("before", Sql.at(before))
                .update();
        return notifications + transitions;
    }
}

package dev.muster.notifier.ledger;

import dev.muster.notifier.ledger.Episode.Told;
import dev.muster.notifier.text.Digest;
import dev.muster.notifier.transition.Transition;
import dev.muster.routing.HeldBecause;
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

    /// The episode that `it` belongs to: the open one; of a regression without one, the last one when the
    /// recovery that ended it waits to be told. Locked together with the notifications that tell its begin
    /// and that recovery, so that neither can leave meanwhile. Locks are taken as everywhere: notifications
    /// before episodes.
    public Optional<Episode> episode(Transition it) {
        var ending = it.regresses() ? ending(it) : Optional.<Ending>empty();
        while (true) {
            var seen = seen(it, ending.map(Ending::episode).orElse(null));
            if (seen.isEmpty()) {
                return Optional.empty();
            }
            var told = told(seen.get());
            var episode = db.sql("select * from episodes where id = :id for update")
                    .param("id", seen.get().episode())
                    .query((row, _) -> episode(row, told, ending))
                    .optional()
                    .filter(seen.get()::isStill);
            if (episode.isPresent()) {
                return episode;
            }
            // It ended, or went over to another notification meanwhile: that one is to be locked.
        }
    }

    private record Ending(String episode, Transition recovery) {}

    /// An episode before it is locked.
    private record Seen(String episode, @Nullable String threadId, boolean open) {

        boolean isStill(Episode locked) {
            return locked.open() == open && Objects.equals(locked.threadId(), threadId);
        }
    }

    private Optional<Seen> seen(Transition it, @Nullable String ended) {
        return db.sql("""
                        select id, thread_id, open from (
                            select id, thread_id, true as open from episodes
                            where entity = :entity and scorecard = :scorecard and closed_at is null
                            union all
                            select id, thread_id, false from episodes where id = :ended::text and closed_at is not null) seen
                        order by open desc limit 1
                        """)
                .param("entity", it.entity())
                .param("scorecard", it.scorecard())
                .param("ended", ended)
                .query((row, _) -> new Seen(row.getString(1), row.getString(2), row.getBoolean(3)))
                .optional();
    }

    /// The last recovery of the result that waits to be told, locked with its notification.
    private Optional<Ending> ending(Transition it) {
        return db.sql("""
                        select t.episode_id, t.body::text from transitions t join notifications n on n.id = t.notification_id
                        where t.entity = :entity and t.scorecard = :scorecard and t.kind = 'RECOVERED' and t.state = 'GROUPED'
                          and t.episode_id is not null and n.state = 'GATHERING'
                        order by t.accepted_at desc, t.version desc limit 1 for update of n
                        """)
                .param("entity", it.entity())
                .param("scorecard", it.scorecard())
                .query((row, _) -> new Ending(row.getString(1), JSON.readValue(row.getString(2), Transition.class)))
                .optional();
    }

    private Told told(Seen it) {
        if (it.threadId() == null) {
            return Told.NOT_TO_BE_TOLD;
        }
        var state = db.sql("select state from notifications where id = :id for update")
                .param("id", it.threadId())
                .query(String.class)
                .optional();
        return state.filter("GATHERING"::equals).isPresent() && !leftInPart(it.episode()) ? Told.WAITING : Told.TOLD;
    }

    /// Whether a further regression of the episode was told before the first one.
    private boolean leftInPart(String episode) {
        return db.sql("""
                        select exists (
                            select 1 from transitions t join notifications n on n.id = t.notification_id
                            where t.episode_id = :episode and t.kind = 'REGRESSED' and t.state = 'GROUPED' and n.state = 'READY')
                        """).param("episode", episode).query(Boolean.class).single();
    }

    /// Until the transaction ends, nobody else gathers or closes notifications of `owner`: they lock
    /// several, each in an order of its own. To be called before any of them is locked.
    public void alone(@Nullable String owner) {
        db.sql("select pg_advisory_xact_lock(hashtextextended(:owner, 6))")
                .param("owner", owner == null ? "" : owner)
                .query((_, _) -> true)
                .list();
    }

    private static Episode episode(ResultSet row, Told told, Optional<Ending> ending) throws SQLException {
        var id = row.getString("id");
        return new Episode(
                id,
                row.getString("entity"),
                row.getString("scorecard"),
                JSON.readValue(row.getString("rules"), new TypeReference<Set<String>>() {}),
                Sql.instant(row, "opened_at"),
                row.getString("thread_id"),
                told,
                row.getObject("closed_at") == null,
                ending.filter(it -> it.episode().equals(id))
                        .map(Ending::recovery)
                        .orElse(null));
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

    /// The episode has these unresolved rules now; one that had ended goes on.
    public void keep(String episode, Set<String> rules) {
        db.sql("update episodes set rules = :rules::jsonb, closed_at = null, closed_by = null where id = :id")
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

    /// A recovery that waits is told to nobody any more: it broke again.
    public void withdrawRecovery(String transition) {
        db.sql("""
                        update transitions set state = 'SUPPRESSED', reason = 'BROKE_AGAIN_WITHIN_WAIT'
                        where id = :id and state = 'GROUPED'
                        """).param("id", transition).update();
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

    /// How many messages tell changes of a result because of one of `rules`, by the rule that they tell
    /// least: those that left since `since`, and those that wait to leave.
    public int messages(String entity, String scorecard, Set<String> rules, Instant since) {
        var told = db
                .sql("""
                        select rule #>> '{}' as rule, count(distinct n.id) as messages
                        from transitions t join notifications n on n.id = t.notification_id,
                            jsonb_path_query(t.body, '$.changes[*].rule') as rule
                        where t.entity = :entity and t.scorecard = :scorecard and t.state = 'GROUPED'
                          and (n.state = 'GATHERING' or (n.state = 'READY' and n.closed_at > :since))
                          and rule #>> '{}' = any (:rules)
                        group by rule
                        """)
                .param("entity", entity)
                .param("scorecard", scorecard)
                .param("since", Sql.at(since))
                .param("rules", rules.toArray(String[]::new))
                .query((row, _) -> Map.entry(row.getString("rule"), row.getInt("messages")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return rules.stream().mapToInt(rule -> told.getOrDefault(rule, 0)).min().orElse(0);
    }

    /// Whether something of a result is held back because it went back and forth: one of `rules`, or
    /// whatever it is when there are none.
    public boolean flaps(String entity, String scorecard, Set<String> rules) {
        return db.sql("""
                        select exists (
                            select 1 from transitions t join notifications n on n.id = t.notification_id
                            where t.entity = :entity and t.scorecard = :scorecard and t.state = 'GROUPED' and t.reason = 'FLAPPING'
                              and n.state = 'GATHERING' and (cardinality(:rules) = 0 or exists (
                                select 1 from jsonb_path_query(t.body, '$.changes[*].rule') as rule
                                where rule #>> '{}' = any (:rules))))
                        """)
                .param("entity", entity)
                .param("scorecard", scorecard)
                .param("rules", rules.toArray(String[]::new))
                .query(Boolean.class)
                .single();
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

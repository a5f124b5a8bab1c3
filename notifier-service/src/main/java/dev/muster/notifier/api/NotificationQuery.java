package dev.muster.notifier.api;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.muster.notifier.api.NotificationPage.Held;
import dev.muster.notifier.api.NotificationPage.Notification;
import dev.muster.notifier.api.NotificationPage.Reminded;
import dev.muster.notifier.api.NotificationPage.Sent;
import dev.muster.notifier.api.NotificationPage.Told;
import dev.muster.notifier.ledger.Sql;
import dev.muster.routing.HeldBecause;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads the ledger for the API.
@Component
class NotificationQuery {

    private static final int TOLD = 200;

    private final JdbcClient db;

    NotificationQuery(JdbcClient db) {
        this.db = db;
    }

    /// What to look for; null, and no state, matches everything.
    record Filter(
            @Nullable String transition,
            @Nullable String entity,
            @Nullable String owner,
            Set<NotificationState> states,
            int limit,
            @Nullable Cursor before) {}

    /// Where a page ended.
    record Cursor(Instant createdAt, String id) {

        String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((createdAt + "|" + id).getBytes(StandardCharsets.UTF_8));
        }

        static Cursor read(String text) {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 2);
            try {
                return new Cursor(Instant.parse(parts[0]), parts.length > 1 ? parts[1] : "");
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }

    /// Whether there is a notification of this id.
    boolean knows(String id) {
        return db.sql("select exists (select 1 from notifications where id = :id)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    NotificationPage find(Filter filter) {
        var before = filter.before();
        var found = db.sql("""
                        select * from (
                            select n.id, n.direction as kind, n.owner, n.thread_id, n.created_at, n.due_at, n.reason, n.route, n.routed_because,
                                case when n.state = 'GATHERING' then n.held_because end as held_because,
                                n.content ->> 'headline' as headline,
                                case when n.state <> 'READY' then n.state
                                     when exists (select 1 from deliveries d where d.notification_id = n.id and d.state = 'READY')
                                         then 'READY'
                                     when exists (select 1 from deliveries d where d.notification_id = n.id and d.state = 'SENT')
                                         then 'SENT'
                                     when exists (select 1 from deliveries d where d.notification_id = n.id and d.state = 'ACCEPTED')
                                         then 'ACCEPTED'
                                     when exists (select 1 from deliveries d where d.notification_id = n.id and d.state = 'SUPPRESSED')
                                         and not exists (select 1 from deliveries d where d.notification_id = n.id and d.state = 'FAILED')
                                         then 'SUPPRESSED'
                                     else 'FAILED' end as state
                            from notifications n
                            where (:transition::text is null or exists (
                                    select 1 from transitions t where t.notification_id = n.id and t.id = :transition)
                                or exists (
                                    select 1 from copies c where c.notification_id = n.id and c.transition_id = :transition))
                              and (:entity::text is null
                                or exists (select 1 from transitions t where t.notification_id = n.id and t.entity = :entity)
                                or exists (select 1 from copies c join transitions t on t.id = c.transition_id
                                           where c.notification_id = n.id and t.entity = :entity)
                                or exists (select 1 from reminded_entities e
                                           where e.notification_id = n.id and e.entity = :entity))
                            union all
                            select t.id, t.kind, t.owner, null, t.accepted_at, null, t.reason, null, null, null, null, t.state
                            from transitions t
                            where t.notification_id is null
                              and (:transition::text is null or t.id = :transition)
                              and (:entity::text is null or t.entity = :entity)
                        ) all_of_them
                        where (:owner::text is null or owner = :owner)
                          and (:any or state = any (:states))
                          and (:beforeAt::timestamptz is null or (created_at, id) < (:beforeAt::timestamptz, :beforeId::text))
                        order by created_at desc, id desc
                        limit :limit
                        """)
                .param("transition", filter.transition())
                .param("entity", filter.entity())
                .param("owner", filter.owner())
                .param("any", filter.states().isEmpty())
                .param("states", filter.states().stream().map(Enum::name).toArray(String[]::new))
                .param("beforeAt", before == null ? null : Sql.at(before.createdAt()))
                .param("beforeId", before == null ? null : before.id())
                .param("limit", filter.limit() + 1)
                .query((row, _) -> head(row))
                .list();
        var page = found.stream().limit(filter.limit()).toList();
        var ids = page.stream().map(Notification::id).toList();
        var holds = ids.isEmpty() ? Map.<String, List<Held>>of() : holds(ids);
        var told = ids.isEmpty() ? Map.<String, List<Told>>of() : told(ids);
        var reminded = ids.isEmpty() ? Map.<String, List<Reminded>>of() : reminded(ids);
        var sent = ids.isEmpty() ? Map.<String, List<Sent>>of() : sent(ids);
        return new NotificationPage(
                page.stream()
                        .map(it -> whole(
                                it,
                                holds.getOrDefault(it.id(), List.of()),
                                told.getOrDefault(it.id(), List.of()),
                                reminded.getOrDefault(it.id(), List.of()),
                                sent.getOrDefault(it.id(), List.of())))
                        .toList(),
                found.size() > page.size()
                        ? new Cursor(page.getLast().createdAt(), page.getLast().id()).text()
                        : null);
    }

    private static Notification head(ResultSet row) throws SQLException {
        return new Notification(
                row.getString("id"),
                NotificationState.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getString("kind"),
                row.getString("owner"),
                row.getString("headline"),
                row.getString("thread_id"),
                Sql.instant(row, "created_at"),
                Sql.instantOrNull(row, "due_at"),
                row.getString("route"),
                row.getString("routed_because"),
                row.getString("held_because") == null ? null : HeldBecause.valueOf(row.getString("held_because")),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static Notification whole(
            Notification it, List<Held> holds, List<Told> told, List<Reminded> reminded, List<Sent> sent) {
        return new Notification(
                it.id(),
                it.state(),
                it.reason(),
                it.kind(),
                it.owner(),
                it.headline(),
                it.threadId(),
                it.createdAt(),
                it.dueAt(),
                it.route(),
                it.routedBecause(),
                it.heldBecause(),
                holds,
                told,
                reminded,
                sent);
    }

    private Map<String, List<Held>> holds(List<String> ids) {
        return db
                .sql("select * from holds where notification_id in (:ids) order by since, seq")
                .param("ids", ids)
                .query((row, _) -> Map.entry(
                        row.getString("notification_id"),
                        new Held(
                                HeldBecause.valueOf(row.getString("reason")),
                                Sql.instant(row, "since"),
                                Sql.instant(row, "until"),
                                row.getString("silence_id"))))
                .list()
                .stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    private Map<String, List<Told>> told(List<String> ids) {
        return db
                .sql("""
                        select notification, id, entity, scorecard, version, kind, state, reason, delivery_id
                        from (select told.*, row_number() over (partition by notification order by accepted_at, id) as place
                              from (select coalesce(notification_id, id) as notification, t.* from transitions t
                                    where notification_id in (:ids) or (notification_id is null and id in (:ids))
                                    union all
                                    select c.notification_id, t.* from copies c join transitions t on t.id = c.transition_id
                                    where c.notification_id in (:ids)) told) numbered
                        where place <= :most
                        order by accepted_at, id
                        """)
                .param("ids", ids)
                .param("most", TOLD)
                .query((row, _) -> Map.entry(
                        row.getString("notification"),
                        new Told(
                                row.getString("id"),
                                row.getString("entity"),
                                row.getString("scorecard"),
                                row.getLong("version"),
                                row.getString("kind"),
                                row.getString("state"),
                                row.getString("reason"),
                                row.getString("delivery_id"))))
                .list()
                .stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    private Map<String, List<Reminded>> reminded(List<String> ids) {
        return db
                .sql("""
                        select * from (
                            select d.notification_id, d.dropped, m.kind, m.entity, m.rule, m.scorecard, m.ends_at,
                                row_number() over (partition by d.notification_id order by m.ends_at, m.id) as place
                            from reminded d join reminders m on m.id = d.reminder_id
                            where d.notification_id in (:ids)) numbered
                        where place <= :most
                        order by place
                        """)
                .param("ids", ids)
                .param("most", TOLD)
                .query((row, _) -> Map.entry(
                        row.getString("notification_id"),
                        new Reminded(
                                row.getString("kind"),
                                row.getString("entity"),
                                row.getString("rule"),
                                row.getString("scorecard"),
                                Sql.instant(row, "ends_at"),
                                row.getBoolean("dropped"))))
                .list()
                .stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    private Map<String, List<Sent>> sent(List<String> ids) {
        return db
                .sql("select * from deliveries where notification_id in (:ids) order by id")
                .param("ids", ids)
                .query((row, _) -> Map.entry(
                        row.getString("notification_id"),
                        new Sent(
                                row.getString("channel"),
                                row.getString("destination"),
                                row.getString("state"),
                                row.getString("reason"),
                                row.getString("detail"),
                                row.getInt("attempts"),
                                Sql.instant(row, "created_at"),
                                row.getString("state").equals("READY") ? Sql.instant(row, "next_attempt_at") : null,
                                Sql.instantOrNull(row, "ended_at"))))
                .list()
                .stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }
}

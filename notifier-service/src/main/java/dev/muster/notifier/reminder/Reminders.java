package dev.muster.notifier.reminder;

import dev.muster.notifier.ledger.ReminderKind;
import dev.muster.notifier.ledger.Sql;
import dev.muster.notifier.reminder.Reminder.Details;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Reminders in the ledger. Every method runs in the transaction of its caller.
@Component
class Reminders {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// Another one that ends later does the same for the entity.
    private static final String RENEWED = """
            exists (select 1 from reminders o
                    where o.kind = r.kind and o.entity = r.entity and o.rule = r.rule and o.stands
                      and (o.ends_at, o.id) > (r.ends_at, r.id)
                      and (o.scorecard is null or o.scorecard = r.scorecard) and (o.finding is null or o.finding = r.finding))
            """;

    private static final String STANDS = "r.stands and r.ends_at > :now and not " + RENEWED;

    /// Somebody is there to whom it matters: what was deleted reminds nobody, what is not heard of yet is waited for.
    private static final String MATTERS = """
            (exists (select 1 from catalog c where c.ref = r.entity)
                and exists (select 1 from scorecards s
                            where (r.scorecard is null or s.name = r.scorecard) and jsonb_exists(s.rules, r.rule))
              or r.entity is null
                and exists (select 1 from scored d join catalog c on c.ref = d.entity where d.scorecard = r.scorecard))
            """;

    private final JdbcClient db;

    Reminders(JdbcClient db) {
        this.db = db;
    }

    /// A reminder that a notification tells.
    ///
    /// @param ruleTitle what the rule is called; its id when no scorecard has it any more
    /// @param scorecardTitle null for every scorecard
    record Told(
            Reminder reminder, String ruleTitle, @Nullable String scorecardTitle) {}

    /// An owner, or nobody for entities that have none.
    record Owner(@Nullable String ref) {}

    /// A reminder that was not told before its day came.
    record Missed(ReminderKind kind) {}

    /// Keeps what `it` asks for that is not over, and nothing else of its subject. What was told stays told.
    void note(Noted it, Instant now) {
        for (var reminder : it.reminders()) {
            if (reminder.endsAt().isAfter(now)) {
                keep(reminder, it.asOf());
            }
        }
        db.sql("""
                        update reminders set stands = false, as_of = :asOf
                        where kind = :kind and subject = :subject and as_of <= :asOf and id <> all (:ids)
                        """)
                .param("kind", it.kind().name())
                .param("subject", it.subject())
                .param("asOf", Sql.at(it.asOf()))
                .param("ids", it.reminders().stream().map(Reminder::id).toArray(String[]::new))
                .update();
    }

    private void keep(Reminder it, Instant asOf) {
        db.sql("""
                        insert into reminders (id, kind, subject, entity, rule, scorecard, finding, details, ends_at, due_at, as_of,
                            stands, state)
                        values (:id, :kind, :subject, :entity, :rule, :scorecard, :finding, :details::jsonb, :ends, :due, :asOf,
                            true, 'WAITING')
                        on conflict (id) do update set details = excluded.details, due_at = excluded.due_at, as_of = excluded.as_of,
                            stands = true
                        where reminders.as_of <= excluded.as_of
                        """)
                .param("id", it.id())
                .param("kind", it.kind().name())
                .param("subject", it.subject())
                .param("entity", it.entity())
                .param("rule", it.rule())
                .param("scorecard", it.scorecard())
                .param("finding", it.finding())
                .param("details", JSON.writeValueAsString(it.details()))
                .param("ends", Sql.at(it.endsAt()))
                .param("due", Sql.at(it.dueAt()))
                .param("asOf", Sql.at(asOf))
                .update();
    }

    /// Nothing of the subject stands any more.
    void drop(ReminderKind kind, String subject, Instant asOf) {
        note(new Noted(kind, subject, asOf, List.of()), asOf);
    }

    /// A scorecard has these rules and levels. False when a later version is known.
    boolean known(String scorecard, String title, Map<String, String> rules, List<String> levels, Instant publishedAt) {
        return db.sql("""
                        insert into scorecards (name, title, rules, levels, published_at)
                        values (:name, :title, :rules::jsonb, :levels::jsonb, :at)
                        on conflict (name) do update set title = excluded.title, rules = excluded.rules, levels = excluded.levels,
                            published_at = excluded.published_at
                        where scorecards.published_at <= excluded.published_at
                        """)
                        .param("name", scorecard)
                        .param("title", title)
                        .param("rules", JSON.writeValueAsString(rules))
                        .param("levels", JSON.writeValueAsString(levels))
                        .param("at", Sql.at(publishedAt))
                        .update()
                == 1;
    }

    /// A scorecard is gone.
    void unknown(String scorecard, Instant at) {
        db.sql("delete from scorecards where name = :name and published_at <= :at")
                .param("name", scorecard)
                .param("at", Sql.at(at))
                .update();
    }

    /// Ends what waited until its day came. Those that stood, and that nobody was told of.
    List<Missed> end(Instant now) {
        return db
                .sql("""
                        update reminders r set state = 'OVER' where r.id in (
                            select id from reminders where state = 'WAITING' and stands and ends_at <= :now for update skip locked)
                        returning r.kind, not %s as missed
                        """.formatted(RENEWED))
                .param("now", Sql.at(now))
                .query((row, _) -> row.getBoolean("missed")
                        ? Optional.of(new Missed(ReminderKind.valueOf(row.getString("kind"))))
                        : Optional.<Missed>empty())
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /// One that is due, taken; one that somebody else holds is passed over.
    Optional<Taken> take(Instant now) {
        return db.sql("""
                        update reminders t set state = 'TAKEN', round = t.round + 1 where t.id = (
                            select r.id from reminders r
                            where r.state = 'WAITING' and r.due_at <= :now and %s and %s
                            order by r.due_at, r.id limit 1 for update of r skip locked)
                        returning t.*
                        """.formatted(STANDS, MATTERS))
                .param("now", Sql.at(now))
                .query((row, _) -> new Taken(reminder(row), row.getInt("round")))
                .optional();
    }

    /// @param round how often it was taken up: a further time only when it was dropped and stands again
    record Taken(Reminder reminder, int round) {}

    /// Who owns what the reminder is about.
    List<Owner> owners(Reminder it) {
        return db.sql("""
                        select distinct c.owner from catalog c
                        where c.ref = :entity
                          or (:entity::text is null and c.ref in (select entity from scored where scorecard = :scorecard))
                        order by c.owner
                        """)
                .param("entity", it.entity())
                .param("scorecard", it.scorecard())
                .query((row, _) -> new Owner(row.getString(1)))
                .list();
    }

    /// The notification tells the reminder.
    void tell(String notification, String reminder) {
        db.sql("insert into reminded (notification_id, reminder_id) values (:notification, :reminder)")
                .param("notification", notification)
                .param("reminder", reminder)
                .update();
    }

    /// What the notification tells of that still stands, what ends first before the others. The rest is dropped, and
    /// taken up again should it stand again.
    List<Told> told(String notification, Instant now) {
        var told = db.sql("""
                        select r.*, s.title as scorecard_title, coalesce(
                            (select a.rules ->> r.rule from scorecards a
                             where (r.scorecard is null or a.name = r.scorecard) and jsonb_exists(a.rules, r.rule)
                             order by a.name limit 1), r.rule) as rule_title
                        from reminded d join reminders r on r.id = d.reminder_id left join scorecards s on s.name = r.scorecard
                        where d.notification_id = :id and not d.dropped and %s
                        order by r.ends_at, r.entity, r.rule, r.id
                        """.formatted(STANDS))
                .param("id", notification)
                .param("now", Sql.at(now))
                .query((row, _) -> new Told(
                        reminder(row),
                        row.getString("rule_title"),
                        row.getString("scorecard_title") == null
                                ? row.getString("scorecard")
                                : row.getString("scorecard_title")))
                .list();
        db.sql("""
                        with gone as (
                            update reminded set dropped = true
                            where notification_id = :id and not dropped and reminder_id <> all (:standing)
                            returning reminder_id)
                        update reminders t set state = 'WAITING'
                        where t.state = 'TAKEN' and t.id in (select reminder_id from gone) and not exists (
                            select 1 from reminded o where o.reminder_id = t.id and o.notification_id <> :id and not o.dropped)
                        """)
                .param("id", notification)
                .param("standing", told.stream().map(it -> it.reminder().id()).toArray(String[]::new))
                .update();
        return told;
    }

    /// Titles of the entities that the notification is about, each once.
    List<String> entities(String notification) {
        return db.sql("""
                        select distinct c.title, e.entity from reminded_entities e join catalog c on c.ref = e.entity
                        where e.notification_id = :id and not e.dropped order by c.title, e.entity
                        """)
                .param("id", notification)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static Reminder reminder(ResultSet row) throws SQLException {
        return new Reminder(
                row.getString("id"),
                ReminderKind.valueOf(row.getString("kind")),
                row.getString("subject"),
                row.getString("entity"),
                row.getString("rule"),
                row.getString("scorecard"),
                row.getString("finding"),
                Sql.instant(row, "ends_at"),
                Sql.instant(row, "due_at"),
                JSON.readValue(row.getString("details"), Details.class));
    }
}

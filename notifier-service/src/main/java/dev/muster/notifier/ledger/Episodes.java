package dev.muster.notifier.ledger;

import dev.muster.notifier.ledger.Episode.Told;
import dev.muster.notifier.text.Digest;
import dev.muster.notifier.transition.RuleChange;
import dev.muster.notifier.transition.Transition;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
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

/// Episodes, from the regression of a result to its recovery. Every method runs in the transaction of
/// its caller.
@Component
public class Episodes {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient db;

    Episodes(JdbcClient db) {
        this.db = db;
    }

    /// @param apart whether its message tells recoveries only: nothing that flaps, and no digest
    private record Ending(String episode, Transition recovery, boolean apart) {}

    /// An episode before it is locked.
    private record Seen(String id, @Nullable String threadId, boolean open) {}

    private record Locked(
            Set<String> rules, Instant openedAt, @Nullable String threadId, boolean open) {

        boolean is(Seen seen) {
            return open == seen.open() && Objects.equals(threadId, seen.threadId());
        }
    }

    /// How the last regression of a rule was told.
    private enum Heard {
        WAITS,
        TOLD,
        UNTOLD
    }

    /// The episode that `it` belongs to: the open one; of a regression without one, the last one when
    /// the recovery that ended it waits to be told. Locked together with the notifications that tell
    /// its begin and that recovery, so that neither can leave meanwhile. Locks are taken as everywhere:
    /// notifications before episodes.
    public Optional<Episode> find(Transition it) {
        var endings = it.regresses() ? endings(it) : List.<Ending>of();
        while (true) {
            var found = seen(it, endings.isEmpty() ? null : endings.getLast().episode());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            var seen = found.get();
            var told = told(seen);
            var locked = lock(seen.id()).filter(episode -> episode.is(seen));
            if (locked.isPresent()) {
                return Optional.of(episode(it, seen.id(), locked.get(), told, endings));
            }
            // It ended, or went over to another notification meanwhile: that one is to be locked.
        }
    }

    private Episode episode(Transition it, String id, Locked locked, Told told, List<Ending> endings) {
        var rules = new HashSet<>(locked.rules());
        it.changes().stream().map(RuleChange::rule).forEach(rules::add);
        var heard = locked.threadId() == null ? Map.<String, Heard>of() : heard(List.of(id), rules, List.of());
        return new Episode(
                id,
                it.entity(),
                it.scorecard(),
                locked.rules(),
                locked.openedAt(),
                locked.threadId(),
                told,
                locked.open(),
                endings.stream()
                        .filter(ending -> ending.episode().equals(id))
                        .map(Ending::recovery)
                        .toList(),
                which(heard, Heard.WAITS),
                which(heard, Heard.UNTOLD));
    }

    private static Set<String> which(Map<String, Heard> heard, Heard wanted) {
        return heard.entrySet().stream()
                .filter(it -> it.getValue() == wanted)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Locked> lock(String id) {
        return db.sql("select rules::text, opened_at, thread_id, closed_at from episodes where id = :id for update")
                .param("id", id)
                .query((row, _) -> new Locked(
                        JSON.readValue(row.getString(1), new TypeReference<>() {}),
                        Sql.instant(row, "opened_at"),
                        row.getString(3),
                        row.getObject(4) == null))
                .optional();
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

    /// The recoveries of the result that wait to be told, locked with their notifications.
    private List<Ending> endings(Transition it) {
        return db.sql("""
                        select t.episode_id, t.body::text, n.direction = 'RECOVERY'
                        from transitions t join notifications n on n.id = t.notification_id
                        where t.entity = :entity and t.scorecard = :scorecard and t.kind = 'RECOVERED' and t.state = 'GROUPED'
                          and t.episode_id is not null and n.state = 'GATHERING'
                        order by t.accepted_at, t.version for update of n
                        """)
                .param("entity", it.entity())
                .param("scorecard", it.scorecard())
                .query((row, _) -> new Ending(
                        row.getString(1), JSON.readValue(row.getString(2), Transition.class), row.getBoolean(3)))
                .list();
    }

    /// The recoveries of the result of `it`, of whichever episode, that wait in messages of their own.
    public List<Transition> recoveries(Transition it) {
        return endings(it).stream().filter(Ending::apart).map(Ending::recovery).toList();
    }

    private Told told(Seen it) {
        if (it.threadId() == null) {
            return Told.NOT_TO_BE_TOLD;
        }
        var silent = db.sql("""
                        select state = 'GATHERING' or state = 'SUPPRESSED' and reason is distinct from 'ALREADY_TOLD'
                        from notifications where id = :id for update
                        """).param("id", it.threadId()).query(Boolean.class).optional();
        return silent.orElse(false) && !leftInPart(it.id()) ? Told.WAITING : Told.TOLD;
    }

    /// Whether a further regression of the episode was told before the first one.
    private boolean leftInPart(String episode) {
        return db.sql("""
                        select exists (
                            select 1 from transitions t join notifications n on n.id = t.notification_id
                            where t.episode_id = :episode and t.kind = 'REGRESSED' and t.state = 'GROUPED' and n.state = 'READY')
                        """).param("episode", episode).query(Boolean.class).single();
    }

    /// How the last regression of each of `rules` was told; rules of which none is known are missing. A
    /// rule of which only the words changed did not regress. What broke again before its recovery was
    /// told is as it was told.
    ///
    /// @param besides regressions that do not count
    private Map<String, Heard> heard(Collection<String> episodes, Set<String> rules, Collection<String> besides) {
        return db
                .sql("""
                        select rule, case
                            when last.state = 'GROUPED' and n.state = 'GATHERING' then 'WAITS'
                            when last.state = 'GROUPED' and (n.state in ('READY', 'FAILED') or n.reason = 'ALREADY_TOLD')
                              or last.reason = 'BROKE_AGAIN_WITHIN_WAIT' then 'TOLD'
                            else 'UNTOLD' end as heard
                        from unnest(:rules::text[]) as rule cross join lateral (
                            select t.state, t.reason, t.notification_id from transitions t
                            where t.episode_id in (:episodes) and t.kind = 'REGRESSED' and t.id <> all (:besides) and jsonb_path_exists(
                                t.body,
                                '$.changes[*] ? (@.rule == $rule && (
                                    (@.after == "FAIL" || @.after == "ERROR") && !(@.before == "FAIL" || @.before == "ERROR")
                                    || (@.after == "STALE" || @.after == "UNKNOWN")
                                        && !(@.before == "FAIL" || @.before == "ERROR" || @.before == "STALE" || @.before == "UNKNOWN")))',
                                jsonb_build_object('rule', rule))
                            order by t.accepted_at desc, t.version desc limit 1) last
                            left join notifications n on n.id = last.notification_id
                        """)
                .param("episodes", episodes)
                .param("besides", besides.toArray(String[]::new))
                .param("rules", rules.toArray(String[]::new))
                .query((row, _) -> Map.entry(row.getString("rule"), Heard.valueOf(row.getString("heard"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// Whether nobody was told of the regression of one of `rules` that came last before `transitions`,
    /// in the episodes of those.
    public boolean isUnheard(Set<String> rules, Collection<String> transitions) {
        var episodes = db.sql(
                        "select distinct episode_id from transitions where id in (:ids) and episode_id is not null")
                .param("ids", transitions)
                .query((row, _) -> row.getString(1))
                .list();
        return !episodes.isEmpty() && heard(episodes, rules, transitions).containsValue(Heard.UNTOLD);
    }

    /// Begins an episode with `by`.
    public String open(Transition by, Set<String> rules) {
        var id = id(by);
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

    /// The id of the episode that `by` begins; the same in every replay.
    static String id(Transition by) {
        return Digest.of("episode", by.id());
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

    /// Regressions of an episode that still wait, locked with their notifications.
    public List<Transition> waiting(String episode) {
        return db.sql("""
                        select t.body::text from transitions t join notifications n on n.id = t.notification_id
                        where t.episode_id = :id and t.kind = 'REGRESSED' and t.state = 'GROUPED'
                          and n.state = 'GATHERING' and n.direction = 'REGRESSION'
                        order by t.accepted_at, t.version for update of n
                        """)
                .param("id", episode)
                .query((row, _) -> JSON.readValue(row.getString(1), Transition.class))
                .list();
    }
}

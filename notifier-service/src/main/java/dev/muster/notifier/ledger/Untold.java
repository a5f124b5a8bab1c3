package dev.muster.notifier.ledger;

import dev.muster.notifier.ledger.Episode.Told;
import dev.muster.notifier.transition.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Transitions that nobody hears of and that belong to nothing that anybody heard of: one statement
/// reads what is known, another one writes all of it, each in a transaction of its own.
///
/// Only who takes in transitions of the same entity changes what was read. When the episode ended since,
/// or somebody is to hear of it, nothing is written; of two who begin one, one fails with
/// [org.springframework.dao.DuplicateKeyException] and has changed nothing.
@Component
public class Untold {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// A transition that came before is not taken, nor one that changes an episode that is no longer as
    /// it was read; then nothing else is written.
    private static final String TAKEN = """
            with taken as (
                insert into transitions (id, entity, scorecard, version, kind, owner, delivery_id, lost, accepted_at, body, state, reason,
                    episode_id)
                select :id, :entity, :scorecard, :version, :kind, :owner, :delivery, :lost, :now, :body::jsonb, 'SUPPRESSED', :reason,
                    :episode
                where not :changes or exists (
                    select from episodes where id = :episode and closed_at is null and thread_id is null for update)
                on conflict (id) do nothing returning id)
            """;

    private static final String OPENED = """
            , episode as (
                insert into episodes (id, entity, scorecard, rules, opened_at)
                select :episode, :entity, :scorecard, :rules::jsonb, :at from taken)
            """;

    private static final String KEPT = """
            , episode as (
                update episodes set rules = :rules::jsonb from taken where episodes.id = :episode)
            """;

    private static final String CLOSED = """
            , episode as (
                update episodes set rules = '[]', closed_at = :at, closed_by = :id from taken where episodes.id = :episode)
            """;

    private static final String SCORED = """
            , scores as (
                insert into scored (entity, scorecard, version, level, score, outcomes, since)
                select :entity, :scorecard, :version, :level, :score, :outcomes::jsonb, :now from taken
                on conflict (scorecard, entity) do update set version = excluded.version, level = excluded.level,
                    score = excluded.score, outcomes = excluded.outcomes
                where scored.version <= excluded.version)
            """;

    private static final String NO_LONGER_SCORED = """
            , scores as (
                delete from scored using taken where scored.entity = :entity and scored.scorecard = :scorecard)
            """;

    private static final String RECEIPT = """
            , receipt as (
                insert into receipts (notification_id, body, created_at) select :id, :receipt::jsonb, :now from taken)
            """;

    private final JdbcClient db;

    Untold(JdbcClient db) {
        this.db = db;
    }

    /// What is known about the result of a transition.
    ///
    /// @param owner of the entity in the catalogue
    /// @param episode the open one, of which nobody heard; null when none is
    public record Known(@Nullable String owner, @Nullable Episode episode) {

        /// The open episode.
        ///
        /// @throws NullPointerException when none is
        public Episode open() {
            return Objects.requireNonNull(episode, "no episode is open");
        }
    }

    private record Row(Known known, boolean told) {}

    /// What is known; empty when the open episode was or is to be told, or when a recovery that `it`
    /// could take back waits to be told.
    public Optional<Known> know(Transition it) {
        var row = db.sql("""
                        select c.owner, e.id, e.rules::text, e.opened_at, e.thread_id is not null or :regresses and exists (
                            select 1 from transitions t join notifications n on n.id = t.notification_id
                            where t.entity = :entity and t.scorecard = :scorecard and t.state = 'GROUPED' and t.kind = 'RECOVERED'
                              and n.state = 'GATHERING') as told
                        from (values (1)) one left join catalog c on c.ref = :entity
                            left join episodes e on e.entity = :entity and e.scorecard = :scorecard and e.closed_at is null
                        """)
                .param("entity", it.entity())
                .param("scorecard", it.scorecard())
                .param("regresses", it.regresses())
                .query((found, _) -> new Row(
                        new Known(
                                found.getString("owner"),
                                found.getString("id") == null
                                        ? null
                                        : new Episode(
                                                found.getString("id"),
                                                it.entity(),
                                                it.scorecard(),
                                                JSON.readValue(found.getString("rules"), new TypeReference<>() {}),
                                                Sql.instant(found, "opened_at"),
                                                null,
                                                Told.NOT_TO_BE_TOLD,
                                                true,
                                                List.of(),
                                                Set.of(),
                                                Set.of())),
                        found.getBoolean("told")))
                .single();
        return row.told() ? Optional.empty() : Optional.of(row.known());
    }

    /// What becomes of the episode.
    ///
    /// @param changes whether it changes one that was read
    private record Step(@Nullable String episode, boolean changes, String sql, Set<String> rules) {}

    /// Writes `it` down. False when it is there already.
    ///
    /// @param episode that it belongs to, null for none
    /// @param receipt as JSON, null for none
    public boolean leave(
            Transition it,
            @Nullable String owner,
            @Nullable Episode episode,
            SuppressedBecause reason,
            @Nullable String receipt,
            Instant now) {
        return write(
                it, owner, new Step(episode == null ? null : episode.id(), false, "", Set.of()), reason, receipt, now);
    }

    /// As [#leave]; it begins an episode with these broken rules.
    public boolean open(
            Transition it,
            @Nullable String owner,
            Set<String> rules,
            SuppressedBecause reason,
            @Nullable String receipt,
            Instant now) {
        return write(it, owner, new Step(Episodes.id(it), false, OPENED, rules), reason, receipt, now);
    }

    /// As [#leave]; the episode has these broken rules now. False also when it is not as it was read.
    public boolean keep(
            Transition it,
            @Nullable String owner,
            Episode episode,
            Set<String> rules,
            SuppressedBecause reason,
            @Nullable String receipt,
            Instant now) {
        return write(it, owner, new Step(episode.id(), true, KEPT, rules), reason, receipt, now);
    }

    /// As [#leave]; it ends the episode. False also when that is not as it was read.
    public boolean close(
            Transition it,
            @Nullable String owner,
            Episode episode,
            SuppressedBecause reason,
            @Nullable String receipt,
            Instant now) {
        return write(it, owner, new Step(episode.id(), true, CLOSED, Set.of()), reason, receipt, now);
    }

    private boolean write(
            Transition it,
            @Nullable String owner,
            Step step,
            SuppressedBecause reason,
            @Nullable String receipt,
            Instant now) {
        var after = it.after();
        return db.sql(TAKEN
                                + step.sql()
                                + (after == null ? NO_LONGER_SCORED : SCORED)
                                + (receipt == null ? "" : RECEIPT)
                                + "select count(*) from taken")
                        .param("id", it.id())
                        .param("entity", it.entity())
                        .param("scorecard", it.scorecard())
                        .param("version", it.version())
                        .param("kind", it.kind().name())
                        .param("owner", owner)
                        .param("delivery", it.cause().deliveryId())
                        .param("lost", it.lost())
                        .param("now", Sql.at(now))
                        .param("at", Sql.at(it.at()))
                        .param("body", JSON.writeValueAsString(it))
                        .param("reason", reason.name())
                        .param("episode", step.episode())
                        .param("changes", step.changes())
                        .param("rules", JSON.writeValueAsString(step.rules()))
                        .param("level", after == null ? null : after.level())
                        .param("score", after == null ? 0 : after.score())
                        .param("outcomes", JSON.writeValueAsString(after == null ? Map.of() : after.outcomes()))
                        .param("receipt", receipt)
                        .query(Integer.class)
                        .single()
                == 1;
    }
}

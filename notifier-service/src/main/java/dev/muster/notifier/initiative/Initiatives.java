package dev.muster.notifier.initiative;

import dev.muster.engine.rule.EntityScope;
import dev.muster.engine.rule.EntityView;
import dev.muster.notifier.ledger.Sql;
import dev.muster.notifier.text.Text;
import dev.muster.records.ScorecardMapping;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Initiative;
import dev.muster.schemas.v1.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Initiatives and the entities that they mean, as last heard. In the transaction of the caller.
@Component
public class Initiatives {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient db;

    Initiatives(JdbcClient db) {
        this.db = db;
    }

    /// An entity that an initiative means and that is not done.
    ///
    /// @param level that it reached, null for none
    /// @param open rules that are to be met yet; none when a level is to be reached
    public record Lacking(
            String entity,
            String title,
            @Nullable String owner,
            @Nullable String level,
            List<String> open) {

        public Lacking {
            open = List.copyOf(open);
        }
    }

    /// Keeps an initiative unless a later one of its name is known.
    public void keep(Initiative it) {
        db.sql("""
                        insert into initiatives (name, title, scorecard, level, rules, applies_to, due, applied_at)
                        values (:name, :title, :scorecard, :level, :rules::jsonb, :applies, :due, :at)
                        on conflict (name) do update set title = excluded.title, scorecard = excluded.scorecard, level = excluded.level,
                            rules = excluded.rules, applies_to = excluded.applies_to, due = excluded.due, applied_at = excluded.applied_at
                        where initiatives.applied_at <= excluded.applied_at
                        """)
                .param("name", Text.stored(it.getName()))
                .param("title", Text.stored(it.getTitle()))
                .param("scorecard", Text.stored(it.getScorecard()))
                .param("level", Text.storedOrNull(it.getLevel()))
                .param(
                        "rules",
                        JSON.writeValueAsString(
                                it.getRules().stream().map(Text::stored).toList()))
                .param("applies", Text.stored(it.getAppliesTo()))
                .param("due", Sql.at(it.getDue()))
                .param("at", Sql.at(it.getAppliedAt()))
                .update();
    }

    /// An initiative is gone.
    public void drop(String name, Instant at) {
        db.sql("delete from initiatives where name = :name and applied_at <= :at")
                .param("name", name)
                .param("at", Sql.at(at))
                .update();
    }

    /// Keeps how filters see an entity.
    public void describe(Entity it) {
        db.sql("""
                        insert into described (ref, view, applied_at) values (:ref, :view, :at)
                        on conflict (ref) do update set view = excluded.view, applied_at = excluded.applied_at
                        where described.applied_at <= excluded.applied_at
                        """)
                .param("ref", Text.stored(it.getRef()))
                .param("view", Text.stored(JSON.writeValueAsString(ScorecardMapping.toEngine(it))))
                .param("at", Sql.at(it.getAppliedAt()))
                .update();
    }

    /// An entity is gone.
    public void forget(String ref) {
        db.sql("delete from described where ref = :ref").param("ref", ref).update();
    }

    /// What the initiative asks for; empty when there is none of that name any more.
    public Optional<Goal> find(String name) {
        return db.sql("select * from initiatives where name = :name")
                .param("name", name)
                .query((row, _) -> goal(row))
                .optional();
    }

    /// All of them, the first to come due first.
    public List<Goal> all() {
        return db.sql("select * from initiatives order by due, name")
                .query((row, _) -> goal(row))
                .list();
    }

    private static Goal goal(ResultSet row) throws SQLException {
        return new Goal(
                row.getString("name"),
                row.getString("title"),
                row.getString("scorecard"),
                row.getString("level"),
                JSON.readValue(row.getString("rules"), new TypeReference<>() {}),
                Sql.instant(row, "due"));
    }

    /// Who is not done, by title: what is in the catalogue, scored, meant by the filter, and lacks something.
    public List<Lacking> lacking(Goal goal) {
        var scope = EntityScope.of(db.sql("select applies_to from initiatives where name = :name")
                .param("name", goal.name())
                .query(String.class)
                .optional()
                .orElse("false"));
        var levels = db.sql("select levels::text from scorecards where name = :name")
                .param("name", goal.scorecard())
                .query((row, _) -> JSON.readValue(row.getString(1), new TypeReference<List<String>>() {}))
                .optional()
                .orElse(List.of());
        return db
                .sql("""
                        select s.entity, c.title, c.owner, s.level, s.outcomes::text as outcomes, d.view
                        from scored s join catalog c on c.ref = s.entity join described d on d.ref = s.entity
                        where s.scorecard = :scorecard order by c.title, s.entity
                        """)
                .param("scorecard", goal.scorecard())
                .query((row, _) -> lacking(row, goal, scope, levels))
                .list()
                .stream()
                .flatMap(it -> it)
                .toList();
    }

    private static Stream<Lacking> lacking(ResultSet row, Goal goal, EntityScope scope, List<String> levels)
            throws SQLException {
        var outcomes = JSON.readValue(row.getString("outcomes"), new TypeReference<Map<String, Outcome>>() {});
        var level = row.getString("level");
        return goal.lacks(level, levels, outcomes) && scope.has(JSON.readValue(row.getString("view"), EntityView.class))
                ? Stream.of(new Lacking(
                        row.getString("entity"),
                        row.getString("title"),
                        row.getString("owner"),
                        level,
                        goal.open(outcomes)))
                : Stream.of();
    }
}

package dev.muster.notifier.report;

import dev.muster.notifier.initiative.Initiatives;
import dev.muster.notifier.initiative.Initiatives.Lacking;
import dev.muster.notifier.ledger.Sql;
import dev.muster.notifier.report.Week.Card;
import dev.muster.notifier.report.Week.Ending;
import dev.muster.notifier.report.Week.Move;
import dev.muster.notifier.report.Week.Open;
import dev.muster.notifier.report.Week.Standing;
import dev.muster.schemas.v1.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What the ledger knows of the weeks of teams. In the transaction of the caller.
@Component
class Weeks {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// Exemptions that end within this time are told.
    static final Duration AHEAD = Duration.ofDays(14);

    private static final int MOST_ENDINGS = 20;

    private final JdbcClient db;
    private final Initiatives initiatives;

    Weeks(JdbcClient db, Initiatives initiatives) {
        this.db = db;
        this.initiatives = initiatives;
    }

    /// A team that owns something that is scored.
    ///
    /// @param since when the first of it was heard of
    record Team(String ref, Map<String, String> annotations, Instant since) {}

    record Key(String team, Instant ends) {}

    List<Team> teams() {
        return db.sql("""
                        select c.owner, (coalesce(g.annotations, '{}') || coalesce(p.said, '{}'))::text as annotations,
                            min(s.since) as since
                        from scored s join catalog c on c.ref = s.entity left join catalog g on g.ref = c.owner
                            left join preferences p on p.owner = g.ref
                        where c.owner is not null group by c.owner, g.annotations, p.said order by c.owner
                        """)
                .query((row, _) -> new Team(
                        row.getString("owner"),
                        JSON.readValue(row.getString("annotations"), new TypeReference<>() {}),
                        Sql.instant(row, "since")))
                .list();
    }

    /// Weeks that ended after `after` and are reported already.
    Set<Key> reported(Instant after) {
        return db
                .sql("select team, ends_at from reports where ends_at > :after")
                .param("after", Sql.at(after))
                .query((row, _) -> new Key(row.getString("team"), Sql.instant(row, "ends_at")))
                .list()
                .stream()
                .collect(Collectors.toSet());
    }

    /// The week of a team is reported by `notification`. False when another one does that already.
    boolean take(Key week, String notification) {
        return db.sql("""
                        insert into reports (team, ends_at, notification_id) values (:team, :ends, :notification)
                        on conflict (team, ends_at) do nothing
                        """)
                        .param("team", week.team())
                        .param("ends", Sql.at(week.ends()))
                        .param("notification", notification)
                        .update()
                == 1;
    }

    /// The week that a notification reports.
    Optional<Key> of(String notification) {
        return db.sql("select team, ends_at from reports where notification_id = :id")
                .param("id", notification)
                .query((row, _) -> new Key(row.getString("team"), Sql.instant(row, "ends_at")))
                .optional();
    }

    /// @param begins when the week began, as the team counts weeks
    Week read(Key key, Instant begins, Instant now) {
        return new Week(
                key.team(),
                begins,
                key.ends(),
                standings(key.team()),
                moves(key, begins),
                cards(),
                endings(key.team(), now),
                open(key.team()));
    }

    private List<Standing> standings(String team) {
        return db.sql("""
                        select s.entity, c.title, s.scorecard, s.level, coalesce(s.score, 0) as score, s.outcomes::text as outcomes
                        from scored s join catalog c on c.ref = s.entity where c.owner = :team order by s.scorecard, c.title, s.entity
                        """)
                .param("team", team)
                .query((row, _) -> new Standing(
                        row.getString("entity"),
                        row.getString("title"),
                        row.getString("scorecard"),
                        row.getString("level"),
                        row.getInt("score"),
                        failing(JSON.readValue(row.getString("outcomes"), new TypeReference<>() {}))))
                .list();
    }

    private static List<String> failing(Map<String, Outcome> outcomes) {
        return outcomes.entrySet().stream()
                .filter(it -> it.getValue() == Outcome.FAIL || it.getValue() == Outcome.ERROR)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /// What a new scorecard or entity says of itself is no move.
    private List<Move> moves(Key week, Instant begins) {
        return db.sql("""
                        select t.entity, t.scorecard,
                            (array_agg(t.body -> 'before' ->> 'level' order by t.version))[1] as before,
                            (array_agg(t.body -> 'before' ->> 'score' order by t.version))[1]::int as score_before,
                            (array_agg(t.body -> 'after' ->> 'level' order by t.version desc))[1] as after
                        from transitions t join catalog c on c.ref = t.entity
                        where c.owner = :team and t.accepted_at >= :begins and t.accepted_at < :ends and t.kind <> 'BASELINE'
                          and jsonb_typeof(t.body -> 'before') = 'object' and jsonb_typeof(t.body -> 'after') = 'object'
                        group by t.entity, t.scorecard order by t.entity, t.scorecard
                        """)
                .param("team", week.team())
                .param("begins", Sql.at(begins))
                .param("ends", Sql.at(week.ends()))
                .query((row, _) -> new Move(
                        row.getString("entity"),
                        row.getString("scorecard"),
                        row.getString("before"),
                        row.getString("after"),
                        row.getInt("score_before")))
                .list();
    }

    private Map<String, Card> cards() {
        var cards = new HashMap<String, Card>();
        db.sql("select name, title, rules::text, levels::text from scorecards").query(row -> {
            cards.put(
                    row.getString(1),
                    new Card(
                            row.getString(2),
                            JSON.readValue(row.getString(3), new TypeReference<Map<String, String>>() {}),
                            JSON.readValue(row.getString(4), new TypeReference<List<String>>() {})));
        });
        return cards;
    }

    private List<Open> open(String team) {
        return initiatives.all().stream()
                .map(goal -> new Open(
                        goal.title(),
                        goal.due(),
                        initiatives.lacking(goal).stream()
                                .filter(it -> team.equals(it.owner()))
                                .map(Lacking::title)
                                .toList()))
                .filter(it -> !it.lacking().isEmpty())
                .toList();
    }

    private List<Ending> endings(String team, Instant now) {
        return db.sql("""
                        select r.entity, c.title, r.rule, r.scorecard, r.ends_at
                        from reminders r join catalog c on c.ref = r.entity
                        where c.owner = :team and r.kind = 'EXEMPTION_ENDS' and r.stands and r.ends_at > :now and r.ends_at <= :ahead
                        order by r.ends_at, r.id limit :most
                        """)
                .param("team", team)
                .param("now", Sql.at(now))
                .param("ahead", Sql.at(now.plus(AHEAD)))
                .param("most", MOST_ENDINGS)
                .query((row, _) -> new Ending(
                        row.getString("entity"),
                        row.getString("title"),
                        row.getString("rule"),
                        row.getString("scorecard"),
                        Sql.instant(row, "ends_at")))
                .list();
    }
}

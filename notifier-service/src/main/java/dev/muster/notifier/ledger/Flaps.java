package dev.muster.notifier.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How restless the rules of a result are. What only ends incidents is read by nobody and does not
/// count, nor does a rule of which only the words changed. Every method runs in the transaction of its
/// caller.
@Component
public class Flaps {

    private final JdbcClient db;

    Flaps(JdbcClient db) {
        this.db = db;
    }

    /// How often a result regressed or recovered since `since` because of one of `rules`, by the rule
    /// that did most.
    public int changes(String entity, String scorecard, Set<String> rules, Instant since) {
        return db.sql("""
                        select coalesce(max(times), 0) as times from (
                            select count(*) as times from transitions t, changed_rules(t.body) as rule
                            where t.entity = :entity and t.scorecard = :scorecard and t.accepted_at > :since
                              and t.kind in ('REGRESSED', 'RECOVERED') and rule = any (:rules)
                              and coalesce(t.reason, '') not in ('BASELINE', 'NOTIFY_OFF', 'TOO_OLD', 'INCIDENT')
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
                        select rule, count(distinct n.id) as messages
                        from transitions t join notifications n on n.id = t.notification_id, changed_rules(t.body) as rule
                        where t.entity = :entity and t.scorecard = :scorecard and t.state = 'GROUPED'
                          and t.reason is distinct from 'INCIDENT'
                          and (n.state = 'GATHERING' or (n.state = 'READY' and n.closed_at > :since))
                          and rule = any (:rules)
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
    public boolean held(String entity, String scorecard, Set<String> rules) {
        return db.sql("""
                        select exists (
                            select 1 from transitions t join notifications n on n.id = t.notification_id
                            where t.entity = :entity and t.scorecard = :scorecard and t.state = 'GROUPED' and t.reason = 'FLAPPING'
                              and n.state = 'GATHERING' and (cardinality(:rules) = 0 or exists (
                                select 1 from changed_rules(t.body) as rule where rule = any (:rules))))
                        """)
                .param("entity", entity)
                .param("scorecard", scorecard)
                .param("rules", rules.toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }
}

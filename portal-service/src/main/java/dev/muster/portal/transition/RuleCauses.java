package dev.muster.portal.transition;

import static org.jooq.impl.DSL.val;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.readmodel.ReadModel.Transition;
import dev.muster.portal.result.CauseView;
import dev.muster.portal.result.RuleView;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads why rules have the outcomes that they have: the last transition that each of them changed in.
@Repository
public class RuleCauses {

    private static final String LAST = """
            select wanted.entity, wanted.scorecard, wanted.rule, found.at, found.cause, found.message
            from unnest(?::text[], ?::text[], ?::text[]) as wanted (entity, scorecard, rule)
            cross join lateral (
                select t.at, t.cause, change ->> 'message' as message from transition t
                cross join lateral jsonb_array_elements(t.changes) as change
                where t.entity = wanted.entity and t.scorecard = wanted.scorecard
                and change ->> 'rule' = wanted.rule and t.at <= coalesce(?::timestamptz, 'infinity')
                order by t.at desc, t.id desc limit 1) as found
            """;

    private final DSLContext sql;

    RuleCauses(DSLContext sql) {
        this.sql = sql;
    }

    /// Those that are known. Rules whose last change is older than history are missing.
    public Map<Place, RuleCause> find(Collection<Place> places) {
        return find(places, null);
    }

    /// The same as of an instant; null for now.
    public Map<Place, RuleCause> find(Collection<Place> places, @Nullable Instant at) {
        var causes = new HashMap<Place, RuleCause>();
        if (!places.isEmpty()) {
            var order = List.copyOf(places);
            sql.fetch(
                            LAST,
                            order.stream().map(Place::entity).toArray(String[]::new),
                            order.stream().map(Place::scorecard).toArray(String[]::new),
                            order.stream().map(Place::rule).toArray(String[]::new),
                            val(at, Transition.AT))
                    .forEach(row -> causes.put(
                            new Place(
                                    row.get("entity", String.class),
                                    row.get("scorecard", String.class),
                                    row.get("rule", String.class)),
                            new RuleCause(
                                    row.get("at", Instant.class),
                                    Documents.read(row.get("cause", JSONB.class), CauseView.class),
                                    row.get("message", String.class))));
        }
        return causes;
    }

    /// A rule of a scorecard for an entity.
    public record Place(String entity, String scorecard, String rule) {}

    /// Why a rule changed last.
    ///
    /// @param at when it took effect
    /// @param message what the change said of the rule
    public record RuleCause(
            Instant at, CauseView cause, @JsonIgnore String message) {

        /// A rule with what is recorded of it as of an instant.
        ///
        /// @param cause of the last change up to then; null when that is not known
        public static RuleView past(RuleView rule, Instant at, @Nullable RuleCause cause) {
            if (cause != null) {
                return rule.past(cause.at(), cause.message());
            }
            return rule.past(rule.since().isAfter(at) ? at : rule.since(), "");
        }
    }
}

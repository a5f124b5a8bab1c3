package dev.muster.notifier.silence;

import dev.muster.notifier.silence.SnoozeLinks.Span;
import dev.muster.notifier.text.Digest;
import dev.muster.routing.ChangeKind;
import dev.muster.routing.Field;
import dev.muster.routing.Matchers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Turns what one message told into silences: one for each entity and scorecard, of the very rules that
/// broke, so that nothing else is hidden. Recoveries are told all the same.
@Component
class Snoozing {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST = 200;

    private final JdbcClient db;
    private final Silences silences;
    private final SilenceSettings settings;

    Snoozing(JdbcClient db, Silences silences, SilenceSettings settings) {
        this.db = db;
        this.silences = silences;
        this.settings = settings;
    }

    /// What a message told to whom.
    ///
    /// @param addressee channel and destination, such as `email/group:default/payments`; never an address
    record Told(String addressee, String headline, List<Matter> matters) {

        Told {
            matters = List.copyOf(matters);
        }
    }

    /// What regressed.
    ///
    /// @param owner null when the entity has none
    /// @param rules those that changed; none when only the level did
    record Matter(String entity, String scorecard, @Nullable String owner, Set<String> rules) {

        Matter {
            rules = Collections.unmodifiableSet(new LinkedHashSet<>(rules));
        }

        Matchers matchers() {
            var wanted = new EnumMap<Field, List<String>>(Field.class);
            wanted.put(Field.KIND, List.of(ChangeKind.REGRESSED.label()));
            wanted.put(Field.ENTITY, List.of(entity));
            wanted.put(Field.SCORECARD, List.of(scorecard));
            if (owner != null) {
                wanted.put(Field.OWNER, List.of(owner));
            }
            if (!rules.isEmpty()) {
                wanted.put(Field.RULE, List.copyOf(rules));
            }
            return new Matchers(wanted);
        }
    }

    private record Change(
            String entity, String scorecard, @Nullable String owner, List<String> rules) {}

    /// What the delivery told; empty when the ledger knows it no more.
    Optional<Told> told(long delivery) {
        return db.sql("""
                        select d.channel || '/' || d.destination as addressee, n.content ->> 'headline' as headline
                        from deliveries d join notifications n on n.id = d.notification_id where d.id = :id
                        """)
                .param("id", delivery)
                .query((row, _) -> new Told(row.getString(1), row.getString(2), List.of()))
                .optional()
                .map(it -> new Told(it.addressee(), it.headline(), matters(delivery)));
    }

    private List<Matter> matters(long delivery) {
        var changes = db.sql("""
                        select t.entity, t.scorecard, t.owner, array_to_json(array(select changed_rules(t.body)))::text as rules
                        from transitions t where t.state = 'GROUPED' and t.kind = 'REGRESSED' and t.id in (
                            select o.id from deliveries d join transitions o on o.notification_id = d.notification_id where d.id = :id
                            union
                            select c.transition_id from deliveries d join copies c on c.notification_id = d.notification_id where d.id = :id)
                        order by t.accepted_at, t.version limit :most
                        """)
                .param("id", delivery)
                .param("most", MOST)
                .query((row, _) -> new Change(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        JSON.readValue(row.getString(4), new TypeReference<>() {})))
                .list();
        var matters = new LinkedHashMap<String, Matter>();
        for (var it : changes) {
            matters.merge(
                    it.entity() + "|" + it.scorecard(),
                    new Matter(it.entity(), it.scorecard(), it.owner(), new LinkedHashSet<>(it.rules())),
                    Snoozing::both);
        }
        return List.copyOf(matters.values());
    }

    private static Matter both(Matter one, Matter other) {
        var rules = new LinkedHashSet<>(one.rules());
        rules.addAll(other.rules());
        return new Matter(one.entity(), one.scorecard(), other.owner(), rules);
    }

    /// Until when a span lasts that begins at `now`: never longer than a silence may.
    Instant end(Span span, Instant now) {
        var length = span.length().compareTo(settings.longest()) > 0 ? settings.longest() : span.length();
        return now.plus(length);
    }

    /// Silences all that the delivery told. A second click within the hour makes none again.
    @Transactional
    public List<Silence> snooze(long delivery, Told told, Span span, String reason, Instant now) {
        var made = new ArrayList<Silence>();
        for (var it : told.matters()) {
            var silence = new Silence(
                    Digest.of(
                            "snooze",
                            Long.toString(delivery),
                            it.entity(),
                            it.scorecard(),
                            span.name(),
                            now.truncatedTo(ChronoUnit.HOURS).toString()),
                    it.matchers(),
                    reason,
                    told.addressee(),
                    now,
                    now,
                    end(span, now),
                    null,
                    null);
            silences.create(silence);
            made.add(silence);
        }
        return made;
    }
}

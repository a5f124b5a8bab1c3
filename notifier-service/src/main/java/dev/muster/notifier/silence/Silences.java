package dev.muster.notifier.silence;

import dev.muster.notifier.audit.Audit;
import dev.muster.notifier.audit.Deed;
import dev.muster.notifier.ledger.HeldNotifications;
import dev.muster.notifier.ledger.Sql;
import dev.muster.notifier.silence.Silence.State;
import dev.muster.routing.Field;
import dev.muster.routing.Matchers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The silences in the ledger.
@Component
public class Silences {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_LISTED = 500;

    private final JdbcClient db;
    private final HeldNotifications held;
    private final Audit audit;

    Silences(JdbcClient db, HeldNotifications held, Audit audit) {
        this.db = db;
        this.held = held;
        this.audit = audit;
    }

    /// Keeps a new one; one that is there already stays as it is.
    void create(Silence it) {
        var comment =
                "%s\n%s until %s".formatted(it.reason(), JSON.writeValueAsString(labels(it.matchers())), it.endsAt());
        audit.noting(
                deed(it, it.owner(), "silence.made", null, word(it.state(it.createdAt())), comment), () -> insert(it));
    }

    private int insert(Silence it) {
        return db.sql("""
                        insert into silences (id, matchers, reason, owner, created_at, starts_at, ends_at)
                        values (:id, :matchers::jsonb, :reason, :owner, :created, :starts, :ends)
                        on conflict (id) do nothing
                        """)
                .param("id", it.id())
                .param("matchers", JSON.writeValueAsString(labels(it.matchers())))
                .param("reason", it.reason())
                .param("owner", it.owner())
                .param("created", Sql.at(it.createdAt()))
                .param("starts", Sql.at(it.startsAt()))
                .param("ends", Sql.at(it.endsAt()))
                .update();
    }

    /// Those that are active at `now`.
    public List<Silence> active(Instant now) {
        return db.sql(
                        "select * from silences where starts_at <= :now and ends_at > :now and ended_at is null order by id")
                .param("now", Sql.at(now))
                .query((row, _) -> silence(row))
                .list();
    }

    /// The newest ones, what was made last first.
    List<Silence> all() {
        return db.sql("select * from silences order by created_at desc, id limit :most")
                .param("most", MOST_LISTED)
                .query((row, _) -> silence(row))
                .list();
    }

    Optional<Silence> find(String id) {
        return db.sql("select * from silences where id = :id")
                .param("id", id)
                .query((row, _) -> silence(row))
                .optional();
    }

    /// Ends one early; what it holds back may leave. False when it is over already.
    boolean end(Silence it, String by, Instant now) {
        var deed = deed(it, by, "silence.ended", word(it.state(now)), word(State.EXPIRED), null);
        return audit.noting(deed, () -> {
                    var ended = db.sql("""
                                    update silences set ended_by = :by, ended_at = :now
                                    where id = :id and ended_at is null and ends_at > :now
                                    """)
                            .param("id", it.id())
                            .param("by", by)
                            .param("now", Sql.at(now))
                            .update();
                    if (ended == 1) {
                        held.release(it.id(), now);
                    }
                    return ended;
                })
                == 1;
    }

    private static Deed deed(
            Silence it,
            String actor,
            String action,
            @Nullable String before,
            @Nullable String after,
            @Nullable String comment) {
        var owner = Objects.requireNonNullElse(sole(it, Field.OWNER), Deed.NOTIFIER);
        return new Deed(
                actor,
                action,
                Objects.requireNonNullElse(sole(it, Field.ENTITY), owner),
                sole(it, Field.RULE),
                sole(it, Field.SCORECARD),
                it.id(),
                before,
                after,
                comment);
    }

    /// The only value that is wanted of a field, null when there are several or any will do.
    private static @Nullable String sole(Silence it, Field field) {
        var values = it.matchers().wanted().getOrDefault(field, List.of());
        return values.size() == 1 ? values.getFirst() : null;
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /// Wanted values by the label of the field.
    static Map<String, List<String>> labels(Matchers matchers) {
        var labels = new TreeMap<String, List<String>>();
        matchers.wanted().forEach((field, values) -> labels.put(field.label(), values));
        return labels;
    }

    private static Silence silence(ResultSet row) throws SQLException {
        var wanted = new EnumMap<Field, List<String>>(Field.class);
        JSON.readValue(row.getString("matchers"), new TypeReference<Map<String, List<String>>>() {})
                .forEach((label, values) -> Field.of(label).ifPresent(it -> wanted.put(it, values)));
        return new Silence(
                row.getString("id"),
                new Matchers(wanted),
                row.getString("reason"),
                row.getString("owner"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "starts_at"),
                Sql.instant(row, "ends_at"),
                row.getString("ended_by"),
                Sql.instantOrNull(row, "ended_at"));
    }
}

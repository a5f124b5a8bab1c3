package dev.muster.notifier.preference;

import dev.muster.notifier.audit.Audit;
import dev.muster.notifier.audit.Deed;
import dev.muster.notifier.ledger.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What owners said by page. [dev.muster.notifier.catalog.Catalog] puts it before their annotations, one by
/// one.
@Component
public class Preferences {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient db;
    private final Audit audit;
    private final InstantSource clock;

    Preferences(JdbcClient db, Audit audit, InstantSource clock) {
        this.db = db;
        this.audit = audit;
        this.clock = clock;
    }

    /// What an owner said.
    ///
    /// @param values by annotation
    /// @param by who changed it last
    public record Said(Map<String, String> values, String by, Instant at) {

        public Said {
            values = Map.copyOf(values);
        }

        /// Whether `it` was said by page.
        public boolean says(Preference it) {
            return values.containsKey(it.annotation());
        }
    }

    /// What `owner` said; empty when nothing.
    public Optional<Said> of(String owner) {
        return db.sql("select said::text, changed_by, changed_at from preferences where owner = :owner")
                .param("owner", owner)
                .query((row, _) -> new Said(
                        JSON.readValue(row.getString(1), new TypeReference<Map<String, String>>() {}),
                        row.getString(2),
                        Sql.instant(row, "changed_at")))
                .optional();
    }

    /// All that `owner` says by page from now on: what was said before and is not in `values` is said no
    /// more. Who comes last is right. What changes nothing leaves no trace.
    @Transactional
    public void say(String owner, Map<Preference, String> values, String by) {
        var before = of(owner).map(Said::values).orElse(Map.of());
        var said = new TreeMap<String, String>();
        values.forEach((it, value) -> said.put(it.annotation(), value));
        if (said.equals(new TreeMap<>(before))) {
            return;
        }
        var deed = Deed.of(by, "preferences.set", owner, owner, text(before), text(said), null);
        audit.noting(deed, () -> said.isEmpty() ? forget(owner) : keep(owner, said, by));
    }

    private static @Nullable String text(Map<String, String> said) {
        return said.isEmpty() ? null : JSON.writeValueAsString(new TreeMap<>(said));
    }

    private int keep(String owner, Map<String, String> said, String by) {
        return db.sql("""
                        insert into preferences (owner, said, changed_by, changed_at)
                        values (:owner, :said::jsonb, :by, :at)
                        on conflict (owner) do update set said = excluded.said, changed_by = excluded.changed_by,
                            changed_at = excluded.changed_at
                        """)
                .param("owner", owner)
                .param("said", JSON.writeValueAsString(said))
                .param("by", by)
                .param("at", Sql.at(clock.instant()))
                .update();
    }

    private int forget(String owner) {
        return db.sql("delete from preferences where owner = :owner")
                .param("owner", owner)
                .update();
    }
}

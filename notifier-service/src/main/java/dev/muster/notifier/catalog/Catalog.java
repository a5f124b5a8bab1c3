package dev.muster.notifier.catalog;

import dev.muster.notifier.ledger.Sql;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The catalogue as last heard. An entry that is applied again, or out of order, changes nothing.
@Component
public class Catalog {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient db;

    Catalog(JdbcClient db) {
        this.db = db;
    }

    /// Keeps `entry` unless a later one is known.
    public void put(CatalogEntry entry, Instant appliedAt) {
        db.sql("""
                        insert into catalog (ref, title, owner, email, annotations, tags, parent, applied_at)
                        values (:ref, :title, :owner, :email, :annotations::jsonb, :tags::jsonb, :parent, :at)
                        on conflict (ref) do update set title = excluded.title, owner = excluded.owner, email = excluded.email,
                            annotations = excluded.annotations, tags = excluded.tags, parent = excluded.parent,
                            applied_at = excluded.applied_at
                        where catalog.applied_at <= excluded.applied_at
                        """)
                .param("ref", entry.ref())
                .param("title", entry.title())
                .param("owner", entry.owner())
                .param("email", entry.email())
                .param("annotations", JSON.writeValueAsString(entry.annotations()))
                .param("tags", JSON.writeValueAsString(entry.tags()))
                .param("parent", entry.parent())
                .param("at", Sql.at(appliedAt))
                .update();
    }

    /// Forgets an entry.
    public void remove(String ref) {
        db.sql("delete from catalog where ref = :ref").param("ref", ref).update();
    }

    /// The entry of `ref`, with what its owner said by page in place of the annotations that say otherwise.
    public Optional<CatalogEntry> find(@Nullable String ref) {
        return ref == null
                ? Optional.empty()
                : db.sql("""
                                select c.ref, c.title, c.owner, c.email, (c.annotations || coalesce(p.said, '{}'))::text,
                                    c.tags::text, c.parent
                                from catalog c left join preferences p on p.owner = c.ref where c.ref = :ref
                                """)
                        .param("ref", ref)
                        .query((row, _) -> new CatalogEntry(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                JSON.readValue(row.getString(5), new TypeReference<>() {}),
                                JSON.readValue(row.getString(6), new TypeReference<>() {}),
                                row.getString(7)))
                        .optional();
    }

    /// The annotations of `ref` as the catalogue has them.
    public Map<String, String> annotations(String ref) {
        return db.sql("select annotations::text from catalog where ref = :ref")
                .param("ref", ref)
                .query((row, _) -> JSON.readValue(row.getString(1), new TypeReference<Map<String, String>>() {}))
                .optional()
                .orElse(Map.of());
    }

    /// Titles of `refs`; what is unknown is missing.
    public Map<String, String> titles(Collection<String> refs) {
        var titles = new HashMap<String, String>();
        if (!refs.isEmpty()) {
            db.sql("select ref, title from catalog where ref = any (:refs)")
                    .param("refs", refs.toArray(String[]::new))
                    .query(row -> {
                        titles.put(row.getString(1), row.getString(2));
                    });
        }
        return titles;
    }
}

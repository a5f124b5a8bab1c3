package dev.muster.notifier.connection;

import dev.muster.notifier.ledger.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Silent connections in the ledger. Every method runs in the transaction of its caller.
@Component
class Spells {

    private final JdbcClient db;

    Spells(JdbcClient db) {
        this.db = db;
    }

    /// A spell that has not ended.
    ///
    /// @param asOf when what began it was written
    /// @param told whether people were told, or are being told
    /// @param thread notification that tells it; null when it is forgotten
    record Open(
            Spell spell,
            Instant asOf,
            boolean told,
            @Nullable String thread) {}

    Optional<Open> open(String connection) {
        return db.sql("""
                        select s.*, n.id as thread, coalesce(n.state = 'READY', false) as told
                        from silent_connections s left join notifications n on n.id = s.told_by
                        where s.connection = :connection and s.ended_at is null
                        """)
                .param("connection", connection)
                .query((row, _) -> new Open(
                        spell(row), Sql.instant(row, "as_of"), row.getBoolean("told"), row.getString("thread")))
                .optional();
    }

    /// False when it is known.
    boolean begin(Spell it, Instant asOf) {
        return db.sql("""
                        insert into silent_connections (connection, since, source, last_at, owner, as_of)
                        values (:connection, :since, :source, :last, :owner, :asOf) on conflict do nothing
                        """)
                        .param("connection", it.connection())
                        .param("since", Sql.at(it.since()))
                        .param("source", it.source())
                        .param("last", it.lastAt() == null ? null : Sql.at(it.lastAt()))
                        .param("owner", it.owner())
                        .param("asOf", Sql.at(asOf))
                        .update()
                == 1;
    }

    void end(Spell it, Instant at) {
        db.sql("update silent_connections set ended_at = :at where connection = :connection and since = :since")
                .param("at", Sql.at(at))
                .param("connection", it.connection())
                .param("since", Sql.at(it.since()))
                .update();
    }

    void tell(Spell it, String notification) {
        db.sql("update silent_connections set told_by = :id where connection = :connection and since = :since")
                .param("id", notification)
                .param("connection", it.connection())
                .param("since", Sql.at(it.since()))
                .update();
    }

    void tellEnd(Spell it, String notification) {
        db.sql("update silent_connections set end_told_by = :id where connection = :connection and since = :since")
                .param("id", notification)
                .param("connection", it.connection())
                .param("since", Sql.at(it.since()))
                .update();
    }

    /// Whether a notification tells of connections.
    boolean tells(String notification) {
        return db.sql("select exists (select 1 from silent_connections where told_by = :id or end_told_by = :id)")
                .param("id", notification)
                .query(Boolean.class)
                .single();
    }

    /// What a notification tells the begin of, and what the end of.
    List<Spell> told(String notification, boolean end) {
        return db.sql("""
                        select * from silent_connections
                        where case when :end then end_told_by = :id else told_by = :id and ended_at is null end
                        order by since, connection
                        """)
                .param("id", notification)
                .param("end", end)
                .query((row, _) -> spell(row))
                .list();
    }

    /// Whether a scorecard tells of the connection.
    boolean isScored(String entity) {
        return db.sql("select exists (select 1 from scored where entity = :entity)")
                .param("entity", entity)
                .query(Boolean.class)
                .single();
    }

    private static Spell spell(ResultSet row) throws SQLException {
        return new Spell(
                row.getString("connection"),
                row.getString("source"),
                Sql.instant(row, "since"),
                Sql.instantOrNull(row, "last_at"),
                row.getString("owner"),
                Sql.instantOrNull(row, "ended_at"));
    }
}

package dev.muster.notifier.ledger;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Rows of a table that were written with a deed and are published after it, in the order in which they
/// were written. A crash in between publishes some again, with the same ids.
///
/// @param <T> a row
public final class Outbox<T> {

    private static final int BATCH = 100;

    private final TransactionTemplate transaction;
    private final JdbcClient db;
    private final InstantSource clock;
    private final String table;
    private final String columns;
    private final RowMapper<T> reader;

    /// @param table has `seq` and `published_at`
    /// @param columns of the table, which is `o`; `reader` finds them behind `seq`
    public Outbox(
            PlatformTransactionManager transactions,
            JdbcClient db,
            InstantSource clock,
            String table,
            String columns,
            RowMapper<T> reader) {
        this.transaction = new TransactionTemplate(transactions);
        this.db = db;
        this.clock = clock;
        this.table = table;
        this.columns = columns;
        this.reader = reader;
    }

    private record Row<T>(long seq, T value) {}

    /// Publishes what waits, up to a bound. True when there was anything.
    ///
    /// @param publish sends one row
    /// @param then what to do once all are taken, before they count as published
    /// @throws RuntimeException when something is not taken; nothing is lost then
    public boolean step(Function<T, CompletableFuture<?>> publish, Consumer<List<T>> then) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var rows = waiting();
            if (rows.isEmpty()) {
                return false;
            }
            CompletableFuture.allOf(values(rows).map(publish).toArray(CompletableFuture[]::new))
                    .join();
            then.accept(values(rows).toList());
            db.sql("update %s set published_at = :now where seq in (:seqs)".formatted(table))
                    .param("now", Sql.at(clock.instant()))
                    .param("seqs", rows.stream().map(Row::seq).toList())
                    .update();
            return true;
        }));
    }

    private static <T> Stream<T> values(List<Row<T>> rows) {
        return rows.stream().map(Row::value);
    }

    private List<Row<T>> waiting() {
        return db.sql("""
                        select o.seq, %s from %s o where o.published_at is null
                        order by o.seq limit :batch for update of o skip locked
                        """.formatted(columns, table))
                .param("batch", BATCH)
                .query((row, number) -> new Row<>(row.getLong(1), reader.mapRow(row, number)))
                .list();
    }
}

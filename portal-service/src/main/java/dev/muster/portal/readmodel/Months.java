package dev.muster.portal.readmodel;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/// The months of a table that keeps history: a partition each, in UTC, and one more, the rest, for what belongs to none
/// of them: what is older than the first, and what claims to be of a later time than the last.
///
/// Instances take turns, so that several may call it at once.
public final class Months {

    private static final long TURN = 0x6d75_7374_6572_0003L;
    private static final String REST = "_other";
    private static final int STEP = 5_000;

    private final DSLContext sql;
    private final Table<Record> table;
    private final Field<Instant> at;

    /// @param at whose month decides
    public Months(DSLContext sql, Table<Record> table, Field<Instant> at) {
        this.sql = sql;
        this.table = table;
        this.at = at;
    }

    /// Makes those that are missing, and moves into them what waits in the rest.
    ///
    /// @param last the last one that is made
    public void make(YearMonth first, YearMonth last) {
        var made = partitions();
        for (var month = first; !month.isAfter(last); month = month.plusMonths(1)) {
            if (!made.contains(partition(month))) {
                make(month);
            }
        }
    }

    private void make(YearMonth month) {
        var partition = name(partition(month));
        var from = val(start(month), at);
        var to = val(start(month.plusMonths(1)), at);
        WholeTables.change(sql, inside -> {
            inside.fetch("select pg_advisory_xact_lock(?)", TURN);
            if (new Months(inside, table, at).partitions().contains(partition(month))) {
                return;
            }
            // Nobody may write of this month into the rest while it moves.
            inside.execute("lock table {0} in access exclusive mode", rest());
            inside.execute("create table {0} (like {1})", partition, table);
            inside.execute(
                    "with moved as (delete from {0} where {1} >= {2} and {1} < {3} returning *)"
                            + " insert into {4} select * from moved",
                    rest(), name(at.getName()), from, to, partition);
            inside.execute(
                    "alter table {0} attach partition {1} for values from ({2}) to ({3})",
                    table,
                    partition,
                    inline(start(month).toString()),
                    inline(start(month.plusMonths(1)).toString()));
        });
    }

    /// Takes away the months that were over at `end`, and what of the rest is older.
    public void forget(Instant end) {
        delete(sql, rest(), field(name(at.getName()), at.getDataType()), end);
        var kept = partition(YearMonth.from(end.atOffset(ZoneOffset.UTC)));
        partitions().stream()
                .filter(it -> it.compareTo(kept) < 0 && !it.equals(table.getName() + REST))
                .forEach(this::drop);
    }

    private void drop(String partition) {
        WholeTables.change(sql, inside -> {
            inside.fetch("select pg_advisory_xact_lock(?)", TURN);
            inside.execute("drop table if exists {0}", name(partition));
        });
    }

    /// Deletes rows in small steps that hold no lock for long.
    ///
    /// @param end everything before it goes
    public static void delete(DSLContext sql, Table<?> table, Field<Instant> at, Instant end) {
        int deleted;
        do {
            deleted = sql.execute(
                    "delete from {0} where ctid in (select ctid from {0} where {1} < {2} limit {3})",
                    table, at, val(end, at), inline(STEP));
        } while (deleted == STEP);
    }

    private Set<String> partitions() {
        return new HashSet<>(sql.fetch("""
                        select child.relname from pg_inherits join pg_class child on child.oid = inhrelid
                        where inhparent = ?::regclass""", table.getName()).getValues(0, String.class));
    }

    private Table<Record> rest() {
        return table(name(table.getName() + REST));
    }

    private String partition(YearMonth month) {
        return "%s_%d_%02d".formatted(table.getName(), month.getYear(), month.getMonthValue());
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}

package dev.muster.portal.readmodel;

import static org.jooq.impl.DSL.list;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Many rows written in few statements. Of rows with one key the last wins.
public final class Upsert {

    private final Table<Record> table;
    private final List<Field<?>> key;
    private final List<Field<?>> columns;
    private final List<Field<?>> conflict;
    private final @Nullable Field<Instant> at;
    private final Map<List<@Nullable Object>, @Nullable Object[]> rows = new LinkedHashMap<>();

    /// @param key the first of `columns`, as many as the primary key has
    public Upsert(Table<Record> table, int key, List<Field<?>> columns) {
        this(table, columns.subList(0, key), columns, null);
    }

    private Upsert(Table<Record> table, List<Field<?>> key, List<Field<?>> columns, @Nullable Field<Instant> at) {
        this.table = table;
        this.key = key;
        this.columns = columns;
        this.at = at;
        this.conflict =
                at == null ? key : Stream.concat(key.stream(), Stream.of(at)).toList();
    }

    /// Of a table in [Months]: a row whose time is another than before leaves its month for the other one.
    ///
    /// @param key the first of `columns`, as many as name a row; all of them texts
    /// @param at which of `columns` decides about the month
    public static Upsert inMonths(Table<Record> table, int key, Field<Instant> at, List<Field<?>> columns) {
        return new Upsert(table, columns.subList(0, key), columns, at);
    }

    /// Adds a row.
    ///
    /// @param values in the order of the columns; null where the column may be null
    public void add(@Nullable Object... values) {
        var id = Arrays.asList(Arrays.copyOf(values, key.size()));
        rows.remove(id);
        rows.put(id, values);
    }

    /// Writes the rows in one batch of one statement.
    public void execute(DSLContext sql) {
        if (rows.isEmpty()) {
            return;
        }
        if (at != null) {
            leaveOtherMonths(sql, at);
        }
        var one = sql.insertInto(table)
                .columns(columns)
                .values(new Object[columns.size()])
                .onConflict(conflict)
                .doUpdate()
                .setAllToExcluded();
        sql.batch(one).bind(rows.values().toArray(Object[][]::new)).execute();
        rows.clear();
    }

    private void leaveOtherMonths(DSLContext sql, Field<Instant> at) {
        var fresh = new ArrayList<QueryPart>();
        var same = noCondition();
        for (int i = 0; i < key.size(); i++) {
            fresh.add(val(
                    column(i).toArray(String[]::new), key.get(i).getDataType().getArrayDataType()));
            same = same.and("{0} = fresh.{1}", key.get(i), name("k" + i));
        }
        fresh.add(val(column(columns.indexOf(at)).toArray(Instant[]::new), SQLDataType.INSTANT.array()));
        same = same.and("{0} <> fresh.at", at);
        var names =
                list(Stream.concat(IntStream.range(0, key.size()).mapToObj(i -> name("k" + i)), Stream.of(name("at")))
                        .toList());
        sql.execute("delete from {0} using unnest({1}) as fresh ({2}) where {3}", table, list(fresh), names, same);
    }

    private Stream<@Nullable Object> column(int index) {
        return rows.values().stream().map(row -> row[index]);
    }
}

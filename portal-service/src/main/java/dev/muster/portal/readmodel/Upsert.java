package dev.muster.portal.readmodel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/// Many rows written in few statements. Of rows with one key the last wins.
public final class Upsert {

    private final Table<Record> table;
    private final List<Field<?>> key;
    private final List<Field<?>> columns;
    private final Map<List<@Nullable Object>, @Nullable Object[]> rows = new LinkedHashMap<>();

    /// @param key the first of `columns`, as many as the primary key has
    public Upsert(Table<Record> table, int key, List<Field<?>> columns) {
        this.table = table;
        this.key = columns.subList(0, key);
        this.columns = columns;
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
        var one = sql.insertInto(table)
                .columns(columns)
                .values(new Object[columns.size()])
                .onConflict(key)
                .doUpdate()
                .setAllToExcluded();
        sql.batch(one).bind(rows.values().toArray(Object[][]::new)).execute();
        rows.clear();
    }
}

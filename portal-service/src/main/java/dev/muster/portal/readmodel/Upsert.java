package dev.muster.portal.readmodel;

import java.util.ArrayList;
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

    private static final int ROWS_A_STATEMENT = 200;

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

    public void execute(DSLContext sql) {
        var all = new ArrayList<>(rows.values());
        for (int from = 0; from < all.size(); from += ROWS_A_STATEMENT) {
            var insert = sql.insertInto(table).columns(columns);
            for (var row : all.subList(from, Math.min(from + ROWS_A_STATEMENT, all.size()))) {
                insert = insert.values(row);
            }
            insert.onConflict(key).doUpdate().setAllToExcluded().execute();
        }
        rows.clear();
    }
}

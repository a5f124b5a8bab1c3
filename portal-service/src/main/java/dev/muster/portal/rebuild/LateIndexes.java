package dev.muster.portal.rebuild;

import java.util.List;
import org.jooq.DSLContext;

/// The indexes by which readers find transitions. No writer needs them, and made of all rows at once they take a
/// fraction of the time that they take row by row.
final class LateIndexes {

    private static final String OF_TRANSITIONS = """
            select it.indexrelid::regclass::text, pg_get_indexdef(it.indexrelid) from pg_index it
            where it.indrelid = 'transition'::regclass and not it.indisunique
            """;

    private final DSLContext sql;
    private final List<String> definitions;

    private LateIndexes(DSLContext sql, List<String> definitions) {
        this.sql = sql;
        this.definitions = definitions;
    }

    /// Drops them, while the table is empty.
    ///
    /// @param sql the read model that is filled next
    static LateIndexes drop(DSLContext sql) {
        var found = sql.fetch(OF_TRANSITIONS);
        found.getValues(0, String.class).forEach(it -> sql.execute("drop index " + it));
        return new LateIndexes(sql, found.getValues(1, String.class));
    }

    /// Makes them again, those of the months with that of the whole.
    void make() {
        definitions.forEach(it -> sql.execute(it.replaceFirst(" ON ONLY ", " ON ")));
    }
}

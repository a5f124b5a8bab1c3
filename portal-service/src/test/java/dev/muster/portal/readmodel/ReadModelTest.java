package dev.muster.portal.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.Portal;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.junit.jupiter.api.Test;

class ReadModelTest {

    private final DSLContext sql = Portal.shared().bean(DSLContext.class);

    @Test
    void namesExactlyTheColumnsThatTheMigrationsMake() throws IllegalAccessException {
        var named = new ArrayList<String>();
        for (var table : ReadModel.class.getDeclaredClasses()) {
            for (var field : table.getDeclaredFields()) {
                if (Modifier.isPublic(field.getModifiers()) && field.get(null) instanceof Field<?> column) {
                    named.add(String.join(".", column.getQualifiedName().getName()));
                }
            }
        }
        List<String> made = sql.fetch("""
                        select table_name || '.' || column_name from information_schema.columns
                        where table_schema = 'public' and table_name <> 'flyway_schema_history'
                        and table_name not in (select relname from pg_class where relispartition)""").getValues(0, String.class);

        assertThat(named).containsExactlyInAnyOrderElementsOf(made);
    }
}

package dev.muster.notifier.catalog;

import dev.muster.notifier.text.Text;
import dev.muster.schemas.v1.Entity;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// The one place where Avro becomes a [CatalogEntry]. Annotations of others are not kept.
public final class CatalogReader {

    private static final String OURS = "muster.dev/";

    private CatalogReader() {}

    /// Reads one record.
    public static CatalogEntry read(Entity it) {
        var annotations = new HashMap<String, String>();
        it.getAnnotations().forEach((name, value) -> {
            if (name.startsWith(OURS)) {
                annotations.put(Text.stored(name), Text.stored(value));
            }
        });
        return new CatalogEntry(
                Text.stored(it.getRef()),
                Text.stored(title(it)),
                Text.storedOrNull(it.getOwner()),
                Text.storedOrNull(it.getEmail()),
                annotations,
                it.getTags().stream().map(Text::stored).toList(),
                Text.storedOrNull(it.getParent()));
    }

    private static String title(Entity it) {
        return first(it.getTitle(), first(it.getDisplayName(), it.getName()));
    }

    private static String first(@Nullable String one, String other) {
        return one == null || one.isBlank() ? other : one;
    }
}

package dev.muster.engine.fact;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Where a fact came from.
///
/// @param source name of the source, such as `github`
/// @param connection name of the connection, or of the token that posted it
/// @param deliveryId delivery that carried it; the correlation id of all that follows
/// @param actor who did it at the source
/// @param url where a person can look at it
/// @param backfill true for what was so before the connection existed: it notifies nobody
public record Origin(
        String source,
        String connection,
        String deliveryId,
        @Nullable String actor,
        @Nullable String url,
        boolean backfill) {

    /// A total order without a meaning: it decides between two changes of one version, so that every replay decides
    /// alike.
    static final Comparator<Origin> ORDER = comparing(Origin::source)
            .thenComparing(Origin::connection)
            .thenComparing(Origin::deliveryId)
            .thenComparing(Origin::actor, nullsFirst(naturalOrder()))
            .thenComparing(Origin::url, nullsFirst(naturalOrder()))
            .thenComparing(Origin::backfill);

    public Origin {
        requireNonNull(source, "source");
        requireNonNull(connection, "connection");
        requireNonNull(deliveryId, "deliveryId");
    }
}

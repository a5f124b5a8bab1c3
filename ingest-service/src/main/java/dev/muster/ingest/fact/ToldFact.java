package dev.muster.ingest.fact;

import dev.muster.schemas.v1.FactChange;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One fact that somebody told, typed and canonical.
///
/// @param backfill describes what was so before: notifies nobody
public record ToldFact(
        String subject, FactChange change, @Nullable String url, boolean backfill) {

    private static final Set<String> PERSONAL = Set.of("exemptions", "attestations");

    /// Whether it is what people decide, each in their own name: not to be told by any token.
    public boolean isPersonal() {
        return PERSONAL.contains(change.getFact());
    }
}

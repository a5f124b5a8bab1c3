package dev.muster.ingest.github;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Answers by their address, so that GitHub need only say that nothing changed. That costs nothing of its limit.
///
/// In memory alone: after a restart everything is asked for in full, once.
final class Remembered {

    private static final long MOST_BYTES = 32 << 20;

    /// @param tag as GitHub gave it
    @SuppressWarnings("ArrayRecordComponent") // nobody compares pages
    record Page(String tag, byte[] body, @Nullable URI next) {}

    private final Cache<URI, Page> pages = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((URI address, Page page) -> page.body().length + 500)
            .build();

    @Nullable
    Page find(URI address) {
        return pages.getIfPresent(address);
    }

    /// What holds secrets of others is never kept.
    void keep(URI address, Page page) {
        if (!address.getPath().contains("/secret-scanning/")) {
            pages.put(address, page);
        }
    }
}

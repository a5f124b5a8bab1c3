package dev.muster.ingest.github;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What GitHub answered.
public sealed interface Answer {

    /// The thing itself.
    ///
    /// @param json null when the answer has no body
    /// @param next where the next page is, null at the end
    /// @param sentAt when it was asked for, by our clock
    /// @param asOf what changed at GitHub up to here is in it, by the more careful of both clocks, in whole seconds
    record Found(@Nullable JsonNode json, @Nullable URI next, Instant sentAt, Instant asOf) implements Answer {

        /// The body.
        ///
        /// @throws IllegalStateException when there is none
        public JsonNode body() {
            if (json == null) {
                throw new IllegalStateException("the answer has no body");
            }
            return json;
        }
    }

    /// It is not there, or not to be seen with these credentials: GitHub does not tell which.
    ///
    /// @param why in GitHub's words
    record Missing(String why) implements Answer {}

    /// It goes by another name now.
    record Moved() implements Answer {}

    /// It is switched off, not permitted, or there is nothing that could be read yet.
    ///
    /// @param why in GitHub's words
    record Withheld(String why) implements Answer {}
}

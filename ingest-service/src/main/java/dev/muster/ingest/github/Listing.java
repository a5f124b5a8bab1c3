package dev.muster.ingest.github;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What GitHub answered to a question with several pages.
public sealed interface Listing {

    /// Items of all pages, in GitHub's order.
    ///
    /// @param sentAt when the first page was asked for
    /// @param asOf what changed up to here is in it, see [Answer.Found]
    record Items(List<JsonNode> items, Instant sentAt, Instant asOf) implements Listing {

        public Items {
            items = List.copyOf(items);
        }
    }

    /// There is no list.
    ///
    /// @param answer why not; never [Answer.Found]
    record None(Answer answer) implements Listing {

        /// In GitHub's words.
        public String why() {
            return switch (answer) {
                case Answer.Missing(var why) -> why;
                case Answer.Withheld(var why) -> why;
                case Answer.Moved _ -> "it goes by another name now";
                case Answer.Found _ -> "";
            };
        }
    }
}

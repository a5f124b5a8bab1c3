package dev.muster.cli;

import java.io.PrintWriter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Results of the past: how they are asked for, and whether they are what was recorded.
final class AsOf {

    private static final String DAY = "\\d{4}-\\d{2}-\\d{2}";

    private AsOf() {}

    /// The query of a path.
    ///
    /// @param text an instant with its offset, or a day, which means its start in UTC
    static String query(String text) {
        return "?asOf=" + Muster.segment(text.matches(DAY) ? text + "T00:00:00Z" : text);
    }

    /// Tells people about a result that was asked for so.
    static void tell(JsonNode result, PrintWriter out) {
        var recorded = result.path("recorded");
        out.printf("As of %s; ", result.path("asOf").asString());
        if (!recorded.isObject()) {
            out.println("nothing is recorded to compare it with.");
        } else if (result.path("agrees").asBoolean()) {
            out.println("the same was recorded then: " + words(recorded));
        } else {
            out.println("something else was recorded then: " + words(recorded));
        }
        out.println();
    }

    private static String words(JsonNode recorded) {
        var standing = recorded.path("score").isNull()
                ? "no result"
                : "level %s, score %s, coverage %s"
                        .formatted(
                                recorded.path("level").asString("none"),
                                recorded.path("score").asString(),
                                recorded.path("coverage").asString());
        var since = recorded.path("kind").isNull()
                ? ""
                : ", %s at %s"
                        .formatted(
                                recorded.path("kind").asString().toLowerCase(Locale.ROOT),
                                recorded.path("at").asString());
        return "version %s, %s%s".formatted(recorded.path("version").asString(), standing, since);
    }
}

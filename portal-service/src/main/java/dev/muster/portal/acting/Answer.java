package dev.muster.portal.acting;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What became of something that a person asked for.
public sealed interface Answer {

    /// It was done.
    ///
    /// @param body of the answer; missing when there was none
    record Done(JsonNode body) implements Answer {}

    /// It was understood, and is not allowed or not right.
    ///
    /// @param message for people
    /// @param mistakes by the name of the member that is wrong, for people
    record Refused(String message, Map<String, String> mistakes) implements Answer {

        public Refused {
            mistakes = Map.copyOf(mistakes);
        }
    }

    /// Nobody could be asked, or did not answer.
    ///
    /// @param message for people: what is away, and what to do
    record Away(String message) implements Answer {}
}

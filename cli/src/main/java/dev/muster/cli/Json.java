package dev.muster.cli;

import tools.jackson.databind.JsonNode;

/// What answers say, as text.
final class Json {

    private Json() {}

    /// A member; empty when it is not there.
    static String text(JsonNode node, String member) {
        return text(node, member, "");
    }

    /// A member.
    ///
    /// @param otherwise what to say when it is not there
    static String text(JsonNode node, String member, String otherwise) {
        var value = node.path(member);
        return value.isMissingNode() || value.isNull() ? otherwise : value.asString();
    }
}

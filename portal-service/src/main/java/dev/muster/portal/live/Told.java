package dev.muster.portal.live;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An event as clients of the stream get it.
///
/// @param type one of [Kind], or `refresh` when more happened than is worth telling
/// @param entity what it is about; null when about none or many
/// @param data JSON
record Told(String type, @Nullable String entity, String data) {

    static final Told REFRESH = new Told("refresh", null, "{}");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Told parse(String announcement) {
        JsonNode event = JSON.readTree(announcement);
        var data = event.path("data");
        return new Told(event.path("type").asString(), data.path("entity").asString(null), data.toString());
    }

    /// Whether somebody wants to hear it.
    ///
    /// @param wanted the entity that it has to be about, when it is about one
    /// @param kinds of which it has to be; a refresh is for everybody
    boolean concerns(Optional<String> wanted, Set<Kind> kinds) {
        return (entity == null || wanted.isEmpty() || wanted.get().equals(entity))
                && (type.equals(REFRESH.type)
                        || kinds.stream().anyMatch(it -> it.name().equals(type)));
    }
}

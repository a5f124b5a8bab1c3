package dev.muster.portal.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/// An address with its parameters: what a page shows stands there, so that it can be sent to somebody else. Templates
/// call the one of the page `here`.
///
/// @param path as it stands in an address, encoded
/// @param parameters by name, not encoded
public record Link(String path, Map<String, String> parameters) {

    public Link {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /// An address without parameters.
    public static Link to(String path) {
        return new Link(path, Map.of());
    }

    /// The same address with one parameter set; null or nothing takes it away. It begins at the first piece of a list
    /// again.
    public Link with(String name, @Nullable Object value) {
        var changed = new LinkedHashMap<>(parameters);
        changed.remove("cursor");
        if (value == null || value.toString().isBlank()) {
            changed.remove(name);
        } else {
            changed.put(name, value.toString());
        }
        return new Link(path, changed);
    }

    /// The same address without a parameter.
    public Link without(String name) {
        return with(name, null);
    }

    /// The same parameters for another path, such as that of a file with the same content.
    public Link at(String other) {
        return new Link(other, without("cursor").parameters);
    }

    /// The value of a parameter, or null.
    public @Nullable String get(String name) {
        return parameters.get(name);
    }

    /// The whole as the value of a parameter of another address.
    public String encoded() {
        return UriUtils.encode(toString(), UTF_8);
    }

    @Override
    public String toString() {
        var query = parameters.entrySet().stream()
                .map(it -> UriUtils.encode(it.getKey(), UTF_8) + "=" + UriUtils.encode(it.getValue(), UTF_8))
                .collect(joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }
}

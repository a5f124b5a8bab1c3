package dev.muster.portal.projection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What a batch changed, to be told to open browsers after it is committed. Of many changes of one thing the
/// last is told; of more than [#MOST] changes only that there were many.
public final class Changes {

    /// Channel of PostgreSQL's LISTEN and NOTIFY.
    public static final String CHANNEL = "muster_portal";

    static final int MOST = 100;
    /// PostgreSQL takes 8000 bytes a notification.
    static final int LONGEST = 7000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Object> last = new LinkedHashMap<>();

    /// Notes a change.
    ///
    /// @param type name of the event, such as `result`
    /// @param about what changed; a later change of the same replaces this one. Where a batch may hold
    ///     many, what they have in common, or a refresh of every page is told in their place
    /// @param data what clients get, as JSON
    public void say(String type, String about, Object data) {
        if (last.size() <= MOST) {
            last.put(type + " " + about, new Event(type, data));
        }
    }

    /// Says that a page had better be read anew.
    ///
    /// @return as it travels on [#CHANNEL]
    public static String refresh() {
        return JSON.writeValueAsString(Event.REFRESH);
    }

    List<String> events() {
        if (last.size() > MOST) {
            return List.of(refresh());
        }
        return last.values().stream()
                .map(JSON::writeValueAsString)
                .map(text -> text.length() > LONGEST ? refresh() : text)
                .distinct()
                .toList();
    }

    /// One event as it travels from the instance that projected to the instances that tell it.
    record Event(String type, Object data) {
        static final Event REFRESH = new Event("refresh", Map.of());
    }
}

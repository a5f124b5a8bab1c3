package dev.muster.notifier.silence;

import dev.muster.notifier.text.Text;
import dev.muster.routing.Field;
import dev.muster.routing.Matchers;
import dev.muster.service.Problem;
import dev.muster.service.ProblemError;
import dev.muster.service.ProblemType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads what somebody asks to be silenced, and notes every mistake. Pure.
final class SilenceForm {

    private static final Set<String> MEMBERS = Set.of("matchers", "reason", "startsAt", "endsAt");
    private static final int SHORTEST_REASON = 3;
    private static final int LONGEST_REASON = 1_000;
    private static final int MOST_VALUES = 50;
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final List<ProblemError> errors = new ArrayList<>();
    private final JsonNode body;

    private SilenceForm(JsonNode body) {
        this.body = body;
    }

    /// Reads `{"matchers": {"owner": "group:default/payments", "rule": ["a", "b"]}, "reason",
    /// "startsAt"?, "endsAt"}`.
    ///
    /// @param longest how long a silence may last
    /// @throws dev.muster.service.ProblemException with every mistake
    static Silence read(JsonNode body, String id, String owner, Instant now, Duration longest) {
        var form = new SilenceForm(body);
        form.members();
        var matchers = form.matchers();
        var reason = form.reason();
        var starts = form.instant("startsAt", now);
        var ends = form.instant("endsAt", null);
        if (starts != null && starts.isBefore(now.minus(CLOCKS_DIFFER))) {
            form.wrong("startsAt", "has passed; leave it out to begin now");
        }
        if (starts != null && ends != null) {
            form.checkLength(starts, ends, now, longest);
        }
        if (!form.errors.isEmpty() || starts == null || ends == null) {
            throw Problem.of(ProblemType.INVALID_CONTENT, null)
                    .withErrors(form.errors)
                    .asException();
        }
        return new Silence(id, matchers, reason, owner, now, starts, ends, null, null);
    }

    private void wrong(String path, String message) {
        errors.add(ProblemError.at(path, message));
    }

    private void members() {
        if (!body.isObject()) {
            wrong("", "is an object with the members matchers, reason, endsAt and perhaps startsAt");
        }
        body.propertyNames().stream()
                .filter(it -> !MEMBERS.contains(it))
                .forEach(it ->
                        wrong(Text.line(it, 100), "unknown member; there are matchers, reason, startsAt, endsAt"));
    }

    private Matchers matchers() {
        var node = body.path("matchers");
        if (!node.isObject() || node.isEmpty()) {
            wrong(
                    "matchers",
                    "says what is silenced, such as {\"owner\": \"group:default/payments\"}; fields are "
                            + String.join(", ", Field.labels()));
            return Matchers.ANY;
        }
        var wanted = new EnumMap<Field, List<String>>(Field.class);
        node.properties()
                .forEach(it -> Field.of(it.getKey())
                        .ifPresentOrElse(
                                field -> wanted.put(field, values(field, it.getValue())),
                                () -> wrong("matchers." + Text.line(it.getKey(), 100), Field.unknown(it.getKey()))));
        if (wanted.values().stream().flatMap(List::stream).allMatch(it -> it.equals("*"))) {
            wrong("matchers", "would silence everything; say what");
        }
        return new Matchers(wanted);
    }

    private List<String> values(Field field, JsonNode node) {
        var path = "matchers." + field.label();
        var values = new ArrayList<String>();
        for (var value : node.isArray() ? node : List.of(node)) {
            if (value.isString() || value.isIntegralNumber()) {
                values.add(Text.stored(value.asString().strip()));
            } else {
                wrong(path, "is a text or a list of texts");
            }
        }
        if (values.isEmpty() || values.size() > MOST_VALUES) {
            wrong(path, "has 1 to " + MOST_VALUES + " values");
        }
        values.forEach(it -> Field.complaint(field, it).ifPresent(complaint -> wrong(path, complaint)));
        return values;
    }

    private String reason() {
        var reason = Text.stored(body.path("reason").asString("").strip());
        if (reason.length() < SHORTEST_REASON || reason.length() > LONGEST_REASON) {
            wrong("reason", "has %d to %d characters".formatted(SHORTEST_REASON, LONGEST_REASON));
        }
        return reason;
    }

    private @Nullable Instant instant(String key, @Nullable Instant otherwise) {
        var text = body.path(key).asString("");
        if (text.isEmpty() && otherwise != null) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            wrong(key, "is no time such as 2026-06-01T12:00:00Z");
            return null;
        }
    }

    private void checkLength(Instant starts, Instant ends, Instant now, Duration longest) {
        if (!ends.isAfter(now) || !ends.isAfter(starts)) {
            wrong("endsAt", "must be behind startsAt and now");
        } else if (ends.isAfter(starts.plus(longest)) || starts.isAfter(now.plus(longest))) {
            wrong(
                    "endsAt",
                    "a silence begins within and lasts %d days at most (muster.notifier.longest-silence)"
                            .formatted(longest.toDays()));
        }
    }
}

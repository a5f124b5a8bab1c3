package dev.muster.portal.acting;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A form as somebody filled it, with what is wrong: it is shown again so, and nothing that was typed is
/// lost. Templates call it `form`.
///
/// @param values by field, as typed
/// @param mistakes by field, for people
/// @param message what is wrong with all of it, or null
public record Filled(
        Map<String, String> values,
        Map<String, String> mistakes,
        @Nullable String message) {

    public Filled {
        values = Map.copyOf(values);
        mistakes = Map.copyOf(mistakes);
    }

    /// What a request says of these fields.
    public static Filled of(HttpServletRequest request, List<String> fields) {
        var values = new LinkedHashMap<String, String>();
        for (var field : fields) {
            var value = request.getParameter(field);
            values.put(field, value == null ? "" : value.replace("\r\n", "\n"));
        }
        return new Filled(values, Map.of(), null);
    }

    /// What was typed, without white space around it; empty when nothing was.
    public String value(String field) {
        return values.getOrDefault(field, "").strip();
    }

    public @Nullable String mistake(String field) {
        return mistakes.get(field);
    }

    /// With one field as it is now.
    public Filled with(String field, String value) {
        var changed = new LinkedHashMap<>(values);
        changed.put(field, value);
        return new Filled(changed, mistakes, message);
    }

    /// With a mistake that the portal found itself.
    public Filled wrong(String field, String mistake) {
        var more = new LinkedHashMap<>(mistakes);
        more.put(field, mistake);
        return new Filled(values, more, message);
    }

    /// With what came of it. A mistake in what is no field stands above the form.
    public Filled after(Answer answer) {
        return switch (answer) {
            case Answer.Done _ -> new Filled(values, Map.of(), null);
            case Answer.Away(var why) -> new Filled(values, Map.of(), why);
            case Answer.Refused(var why, var wrong) -> {
                var atFields = new LinkedHashMap<String, String>();
                var above = new StringBuilder();
                wrong.forEach((member, mistake) -> {
                    if (values.containsKey(member)) {
                        atFields.put(member, mistake);
                    } else {
                        above.append(above.isEmpty() ? "" : "; ")
                                .append(member)
                                .append(' ')
                                .append(mistake);
                    }
                });
                yield new Filled(
                        values,
                        atFields,
                        !above.isEmpty() ? above.toString().strip() : atFields.isEmpty() ? why : null);
            }
        };
    }
}

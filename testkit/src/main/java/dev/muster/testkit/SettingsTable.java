package dev.muster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The settings of a service as a table of Markdown: property, environment variable, default, meaning.
///
/// Settings are records whose components are documented by `@param`, in the source beside the test: that is where their
/// meaning is read. Spring's own description of properties would not do, because it leaves out what lies within maps
/// and lists.
public final class SettingsTable {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern PARAMETER = Pattern.compile("@param (\\w+) (.*?)(?=@param|\\z)", Pattern.DOTALL);

    private final List<String> rows =
            new ArrayList<>(List.of("| property | environment variable | default | meaning |", "|---|---|---|---|"));

    /// Adds a record as it is when nothing is set.
    ///
    /// @param prefix such as `muster.notifier`
    public SettingsTable with(String prefix, Record defaults) {
        addAll(prefix, defaults.getClass(), defaults);
        return this;
    }

    /// Adds a record that an operator may give several times, each under a name.
    ///
    /// @param prefix such as `muster.connections`
    public SettingsTable withNamed(String prefix, Class<? extends Record> type) {
        addAll(prefix + ".NAME", type, null);
        return this;
    }

    /// The table.
    public String text() {
        return String.join("\n", rows);
    }

    private void addAll(String prefix, Class<?> type, @Nullable Record values) {
        var meanings = meanings(type);
        for (var component : type.getRecordComponents()) {
            add(prefix + "." + kebab(component.getName()), component, values, meanings.get(component.getName()));
        }
    }

    private void add(String name, RecordComponent component, @Nullable Record values, @Nullable String meaning) {
        var value = values == null ? null : value(component, values);
        var inner = inner(component.getGenericType());
        if (component.getType().isRecord()) {
            addAll(name, component.getType(), (Record) value);
        } else if (inner != null && Map.class.isAssignableFrom(component.getType())) {
            addAll(name + ".NAME", inner, null);
        } else if (inner != null) {
            addAll(name + "[0]", inner, null);
        } else if (meaning == null) {
            throw new AssertionError(name + " has no meaning: its record needs '@param " + component.getName() + "'");
        } else {
            var byDefault = values == null ? annotated(component) : text(value);
            rows.add("| `%s` | `%s` | %s | %s |"
                    .formatted(
                            name,
                            variable(name),
                            byDefault.isEmpty() ? "" : "`" + byDefault + "`",
                            meaning.replace("|", "\\|")));
        }
    }

    private static @Nullable Object value(RecordComponent component, Record values) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The record within a list or map, or null.
    private static @Nullable Class<?> inner(Type type) {
        if (type instanceof ParameterizedType generic) {
            var last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (last instanceof Class<?> inner && inner.isRecord()) {
                return inner;
            }
        }
        return null;
    }

    /// Spring's `@DefaultValue`, where there is no instance to ask.
    private static String annotated(RecordComponent component) {
        return Arrays.stream(component
                        .getDeclaringRecord()
                        .getDeclaredConstructors()[0]
                        .getParameters())
                .filter(it -> it.getName().equals(component.getName()))
                .flatMap(it -> Arrays.stream(it.getAnnotations()))
                .filter(it -> it.annotationType().getSimpleName().equals("DefaultValue"))
                .map(it -> it.toString().replaceFirst(".*\\{(.*)}.*", "$1").replace("\"", ""))
                .findFirst()
                .orElse("");
    }

    static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Duration it -> duration(it);
            case Enum<?> it -> it.name().toLowerCase(Locale.ROOT).replace('_', '-');
            case Collection<?> it -> it.stream().map(SettingsTable::text).collect(Collectors.joining(","));
            case Map<?, ?> it -> it.isEmpty() ? "" : it.toString();
            default -> size(value.toString());
        };
    }

    private static String duration(Duration it) {
        for (var unit : List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS)) {
            var length = unit.getDuration().toMillis();
            if (it.toMillis() >= length && it.toMillis() % length == 0) {
                return it.toMillis() / length + unit.name().substring(0, 1).toLowerCase(Locale.ROOT);
            }
        }
        return it.toMillis() + "ms";
    }

    /// Sizes print themselves in bytes.
    private static String size(String text) {
        if (!text.matches("[1-9]\\d*B")) {
            return text;
        }
        var bytes = Long.parseLong(text.substring(0, text.length() - 1));
        return bytes % (1 << 20) == 0 ? (bytes >> 20) + "MB" : bytes % (1 << 10) == 0 ? (bytes >> 10) + "KB" : text;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /// As Spring reads it: dots and brackets become underscores, hyphens go.
    private static String variable(String property) {
        return property.replace("-", "")
                .replace("[", ".")
                .replace("]", "")
                .replace('.', '_')
                .toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> meanings(Class<?> type) {
        var comment = Pattern.compile(
                        "((?:^ *///.*\\n)+)(?:^ *@.*\\n)*^.*\\brecord " + type.getSimpleName() + "\\(",
                        Pattern.MULTILINE)
                .matcher(source(type));
        if (!comment.find()) {
            return Map.of();
        }
        var text = comment.group(1).replaceAll("(?m)^ */// ?", "");
        return PARAMETER
                .matcher(text)
                .results()
                .collect(Collectors.toMap(
                        it -> it.group(1), it -> it.group(2).strip().replaceAll("\\s+", " ")));
    }

    private static String source(Class<?> type) {
        var top = type;
        while (top.getEnclosingClass() != null) {
            top = top.getEnclosingClass();
        }
        try {
            return Files.readString(SOURCES.resolve(top.getName().replace('.', '/') + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

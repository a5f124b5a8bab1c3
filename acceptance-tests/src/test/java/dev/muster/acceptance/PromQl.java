package dev.muster.acceptance;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// An expression of Prometheus, as far as one has to read it to know what it asks for.
record PromQl(String expression) {

    /// `name="value"`, also in the exposition format.
    static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.$])[a-zA-Z_:][\\w:]*(?!\\w*\\s*\\()");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "offset", "bool", "by", "without", "on", "ignoring", "group_left", "inf");

    /// Names of the metrics.
    Set<String> metrics() {
        var rest = expression
                .replaceAll("\\{[^}]*}", "")
                .replaceAll("\\[[^]]*]", "")
                .replaceAll("\\boffset\\s+\\w+", "");
        var names = new TreeSet<String>();
        NAME.matcher(GROUPING.matcher(rest).replaceAll(""))
                .results()
                .map(it -> it.group())
                .filter(it -> !WORDS.contains(it))
                .forEach(names::add);
        return names;
    }

    /// Values that it selects by label, alternatives each for itself; other patterns are left out.
    Map<String, Set<String>> values() {
        var values = new TreeMap<String, Set<String>>();
        MATCHER.matcher(expression)
                .results()
                .forEach(it -> Arrays.stream(it.group(2).split("\\|"))
                        .filter(value -> value.matches("\\w+"))
                        .forEach(value -> values.computeIfAbsent(it.group(1), _ -> new TreeSet<>())
                                .add(value)));
        return values;
    }

    /// Names of the labels by which it selects and groups.
    Set<String> labels() {
        var labels = new TreeSet<String>();
        MATCHER.matcher(expression).results().forEach(it -> labels.add(it.group(1)));
        GROUPING.matcher(expression).results().forEach(it -> {
            for (var label : it.group(1).split(",")) {
                if (!label.isBlank()) {
                    labels.add(label.strip());
                }
            }
        });
        return labels;
    }
}

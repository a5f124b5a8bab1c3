package dev.muster.acceptance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The tables of `docs/metrics.md`: for each metric its labels, each with its values or none when others give them.
record MetricsPage(Map<String, Map<String, Set<String>>> metrics) {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| \\w+ \\| (.*?) \\| .* \\|$");
    private static final Pattern LABEL = Pattern.compile("`(\\w+)`: (.*)");
    private static final Pattern VALUES = Pattern.compile("(`[^`]+`\\s*)+");

    static MetricsPage read(String text) {
        var metrics = new TreeMap<String, Map<String, Set<String>>>();
        ROW.matcher(text).results().forEach(row -> metrics.put(row.group(1), labels(row.group(2))));
        return new MetricsPage(metrics);
    }

    private static Map<String, Set<String>> labels(String cell) {
        return Arrays.stream(cell.split("<br>"))
                .map(LABEL::matcher)
                .filter(it -> it.matches())
                .collect(Collectors.toMap(it -> it.group(1), MetricsPage::values));
    }

    private static Set<String> values(MatchResult label) {
        var text = label.group(2);
        return VALUES.matcher(text).matches()
                ? Arrays.stream(text.replace("`", "").split(" ")).collect(Collectors.toSet())
                : Set.of();
    }

    Set<String> names() {
        return new TreeSet<>(metrics.keySet());
    }

    /// Series that have other labels, or other values of them, than the page says.
    List<String> contradictions(MetricsStory.Scrape scraped) {
        var wrong = new ArrayList<String>();
        for (var series : scraped.series()) {
            var documented = metrics.get(MetricsStory.Scrape.family(series.name(), names()));
            if (documented != null) {
                var labels = new TreeSet<>(series.labels().keySet());
                labels.remove("le");
                var fits = labels.equals(documented.keySet())
                        && labels.stream()
                                .allMatch(it -> documented.get(it).isEmpty()
                                        || documented
                                                .get(it)
                                                .contains(series.labels().get(it)));
                if (!fits) {
                    wrong.add(series + ", documented " + documented);
                }
            }
        }
        return wrong;
    }
}

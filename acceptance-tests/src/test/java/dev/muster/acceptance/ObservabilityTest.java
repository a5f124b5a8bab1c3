package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The files for Prometheus and Grafana, compared with the page of metrics, which the code writes, and with the
/// runbooks.
class ObservabilityTest {

    private static final Path DOCS = Path.of("..", "docs");

    /// Of Prometheus, the JVM, HTTP and the connection pool: `MetricsStory` compares these with what is scraped.
    private static final Set<String> FOREIGN = Set.of(
            "up",
            "http_server_requests_seconds_count",
            "jvm_memory_used_bytes",
            "process_cpu_usage",
            "system_cpu_count",
            "hikaricp_connections_active",
            "hikaricp_connections_pending");

    private static final Set<String> ADDED = Set.of("le", "job", "instance");

    /// What has to wake somebody.
    private static final List<String> NEEDED = List.of(
            "MusterEvaluatorBehind",
            "MusterEvaluatorStands",
            "MusterDeliveriesNotJournalled",
            "MusterSpoolFills",
            "MusterDestinationsFail",
            "MusterMessagesGivenUp",
            "MusterConnectionSilent",
            "MusterDeadLetters",
            "MusterPortalBehind");

    private final MetricsPage page = MetricsPage.read(read(DOCS.resolve("metrics.md")));
    private final List<Alert> alerts = Alert.all();

    @Test
    void asksOnlyForMetricsThatThereAre() {
        for (var expression : expressions()) {
            for (var metric : expression.metrics()) {
                var family = MetricsStory.Scrape.family(metric, page.names());
                assertThat(FOREIGN.contains(metric) || page.names().contains(family))
                        .as("%s of %s", metric, expression.expression())
                        .isTrue();
            }
        }
    }

    @Test
    void asksOnlyForLabelsAndValuesThatThereAre() {
        for (var expression : expressions()) {
            var metrics = expression.metrics();
            if (metrics.stream().noneMatch(FOREIGN::contains)) {
                var labels = labels(metrics);
                assertThat(expression.labels()).as(expression.expression()).allMatch(labels::containsKey);
                expression
                        .values()
                        .forEach((label, values) -> assertThat(values)
                                .as("values of %s in %s", label, expression.expression())
                                .allMatch(it -> labels.get(label).isEmpty()
                                        || labels.get(label).contains(it)));
            }
        }
    }

    @Test
    void alertsOfAllThatHasToWakeSomebody() {
        assertThat(alerts).extracting(Alert::name).containsAll(NEEDED).doesNotHaveDuplicates();
    }

    @Test
    void saysOfEachAlertWhatIsWrongAndWhatToDo() {
        var runbooks = headings(read(DOCS.resolve("operations.md")));
        for (var alert : alerts) {
            assertThat(alert.fields())
                    .as(alert.name())
                    .containsKeys("expr", "summary", "description", "action", "runbook_url");
            assertThat(alert.fields().get("labels")).as(alert.name()).containsPattern("severity: (critical|warning)");
            var runbook = alert.fields().get("runbook_url").split("#", -1);
            assertThat(runbook[0]).isEqualTo("docs/operations.md");
            assertThat(runbooks).as(alert.name()).contains(runbook[1]);
        }
    }

    /// Labels of the metrics with their values, none when they are not the code's.
    private Map<String, Set<String>> labels(Set<String> metrics) {
        var labels = new LinkedHashMap<String, Set<String>>();
        ADDED.forEach(it -> labels.put(it, Set.of()));
        metrics.forEach(it -> labels.putAll(page.metrics().get(MetricsStory.Scrape.family(it, page.names()))));
        return labels;
    }

    private List<PromQl> expressions() {
        return Stream.concat(alerts.stream().map(it -> it.fields().get("expr")), panels().stream())
                .map(PromQl::new)
                .toList();
    }

    private static List<String> panels() {
        try {
            var panels = MetricsStory.panels();
            assertThat(panels).isNotEmpty();
            return panels;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Anchors as GitHub makes them.
    private static Set<String> headings(String page) {
        return page.lines()
                .filter(it -> it.startsWith("#"))
                .map(it -> it.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// One alert rule, with its expression, labels and annotations by name.
    private record Alert(String name, Map<String, String> fields) {

        private static final Pattern FIELD = Pattern.compile(" +(\\w+): (.*)");

        static List<Alert> all() {
            var alerts = new ArrayList<Alert>();
            read(Path.of("..", "observability", "alerts.yml")).lines().forEach(line -> {
                if (line.strip().startsWith("- alert: ")) {
                    alerts.add(new Alert(line.strip().substring("- alert: ".length()), new LinkedHashMap<>()));
                }
                var field = FIELD.matcher(line);
                if (field.matches() && !alerts.isEmpty()) {
                    alerts.getLast().fields().put(field.group(1), field.group(2));
                }
            });
            return alerts;
        }
    }
}

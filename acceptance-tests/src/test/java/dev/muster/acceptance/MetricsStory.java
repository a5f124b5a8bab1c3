package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a monitoring system gets is what `docs/metrics.md` says, and what alerts and dashboards ask for.
class MetricsStory {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final Path OBSERVABILITY = Path.of("..", "observability");

    /// What Prometheus makes by itself.
    private static final Set<String> SYNTHETIC = Set.of("up");

    /// Those of what is off until somebody gives credentials or a folder: tests of ingest look at them.
    private static final List<String> OFF = List.of("muster_reconcile_", "muster_ingest_source_reloads");

    @Test
    void pageAlertsAndDashboardAgreeWithWhatIsScraped() throws IOException {
        var scraped = scrapedWhenAllOfItHappened();

        var documented = MetricsPage.read(Files.readString(PAGE));
        assertThat(scraped.families("muster_", documented.names()))
                .as("what is scraped and what the page says")
                .isEqualTo(documented.names().stream()
                        .filter(name -> OFF.stream().noneMatch(name::startsWith))
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(documented.contradictions(scraped)).isEmpty();

        var known = new TreeSet<>(scraped.names());
        known.addAll(SYNTHETIC);
        for (var expression :
                Stream.concat(alerts().stream(), panels().stream()).toList()) {
            var promQl = new PromQl(expression);
            assertThat(known).as(expression).containsAll(promQl.metrics());
            assertThat(scraped.labels(promQl.metrics())).as(expression).containsAll(promQl.labels());
        }
    }

    /// Everything that is counted is caused once.
    private static Scrape scrapedWhenAllOfItHappened() {
        var muster = Muster.shared();
        muster.publish(Declared.scorecard("measured", "measured", Declared.vulnerabilityRules(0)));
        muster.apply(Declared.catalog(Declared.team("measurers"), Declared.service("measured", "measurers")));
        muster.awaitOutcome("component:default/measured", "measured", "max-known-vulnerabilities", "UNKNOWN");
        var alert = new Alert("acme/measured", 1, "critical", Instant.parse("2026-11-01T00:00:00Z"));
        muster.send(Delivery.of("dependabot_alert", "measured-created", alert.created()));
        muster.send(Delivery.of("dependabot_alert", "measured-broken", "this is no JSON"));
        muster.awaitMailsTo("measurers@example.org", 1);
        muster.awaitRecords("muster.dead-letters.v1", "github/measured-broken", 1);
        return new Scrape(Stream.of("ingest", "evaluator", "notifier", "portal")
                .map(it -> Http.at(muster.platform().managementUrl(it))
                        .get("/actuator/prometheus")
                        .body())
                .collect(Collectors.joining("\n")));
    }

    private static List<String> alerts() throws IOException {
        return Files.readAllLines(OBSERVABILITY.resolve("alerts.yml")).stream()
                .map(String::strip)
                .filter(it -> it.startsWith("expr: "))
                .map(it -> it.substring("expr: ".length()))
                .toList();
    }

    static List<String> panels() throws IOException {
        var expressions = new ArrayList<String>();
        try (var dashboards = Files.list(OBSERVABILITY.resolve("grafana").resolve("dashboards"))) {
            for (var file :
                    dashboards.filter(it -> it.toString().endsWith(".json")).toList()) {
                collect(JsonMapper.shared().readTree(Files.readString(file)), expressions);
            }
        }
        return expressions;
    }

    private static void collect(JsonNode node, List<String> expressions) {
        if (node.path("expr").isString()) {
            expressions.add(node.path("expr").asString());
        }
        node.forEach(it -> collect(it, expressions));
    }

    /// Lines of the exposition format.
    record Scrape(List<Series> series) {

        /// One series.
        record Series(String name, Map<String, String> labels) {}

        Scrape(String text) {
            this(text.lines()
                    .filter(it -> !it.isBlank() && !it.startsWith("#"))
                    .map(Scrape::series)
                    .toList());
        }

        private static Series series(String line) {
            var open = line.indexOf('{');
            if (open < 0 || open > line.indexOf(' ')) {
                return new Series(line.substring(0, line.indexOf(' ')), Map.of());
            }
            var labels = PromQl.MATCHER
                    .matcher(line.substring(open, line.lastIndexOf('}')))
                    .results()
                    .collect(Collectors.toMap(it -> it.group(1), it -> it.group(2)));
            return new Series(line.substring(0, open), labels);
        }

        Set<String> names() {
            return series.stream().map(Series::name).collect(Collectors.toCollection(TreeSet::new));
        }

        /// Names without the endings that a histogram adds to a known one.
        Set<String> families(String prefix, Set<String> known) {
            return names().stream()
                    .filter(it -> it.startsWith(prefix))
                    .map(it -> family(it, known))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        static String family(String name, Set<String> known) {
            var base = name.replaceFirst("_(bucket|count|sum|max)$", "");
            return known.contains(base) ? base : name;
        }

        /// Labels that any of the metrics has, and those that Prometheus adds.
        Set<String> labels(Set<String> metrics) {
            var labels = new TreeSet<>(Set.of("job", "instance"));
            series.stream()
                    .filter(it -> metrics.contains(it.name()))
                    .forEach(it -> labels.addAll(it.labels().keySet()));
            return labels;
        }
    }
}

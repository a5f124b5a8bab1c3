package dev.muster.benchmarks;

import dev.muster.benchmarks.Drain.Speed;
import dev.muster.benchmarks.EngineAlone.Row;
import dev.muster.benchmarks.WholeWay.Measured;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The figures as a page, each beside its bar.
final class Report {

    private static final double ACKNOWLEDGED_BAR = 100;
    private static final double COMMITTED_BAR = 500;
    private static final double RATIO_BAR = 0.5;
    private static final double SWEEP_BAR = 10;
    private static final double MEANWHILE_BAR = 2000;
    private static final double PAGE_BAR = 300;
    private static final double TOLD_BAR = 1000;
    private static final double MEMORY_BAR = 1.25;
    private static final double REBUILD_BAR = 20_000;
    private static final double ALL_RULES_BAR = 250;
    private static final double ONE_FACT_BAR = 20;
    private static final double MAPPING_BAR = 150;

    private final StringBuilder text = new StringBuilder();
    private boolean allMet = true;

    private Report() {}

    /// @param allMet whether every bar of what was measured is met
    record Page(String markdown, boolean allMet) {}

    static Page of(
            Settings settings,
            Machine machine,
            LocalDate date,
            String command,
            @Nullable List<Row> engine,
            @Nullable Measured measured,
            Organisation.@Nullable Measured organisation) {
        var report = new Report();
        report.head(machine, date, command);
        if (measured != null) {
            report.wholeWay(settings, measured);
            report.ratio(settings, measured);
            report.rules(measured);
        }
        if (organisation != null) {
            report.say(
                    "\nDead letters: %d%s.\n",
                    organisation.deadLetters(), report.mark(organisation.deadLetters() == 0));
        }
        if (organisation != null && organisation.sweep() != null) {
            report.sweep(organisation.sweep());
        }
        if (organisation != null && organisation.pages() != null) {
            report.pages(organisation.pages());
        }
        if (organisation != null && organisation.backtest() != null) {
            report.backtest(organisation.backtest());
        }
        if (engine != null) {
            report.engine(engine);
        }
        return new Page(report.text.toString(), report.allMet);
    }

    private void head(Machine machine, LocalDate date, String command) {
        say(
                """
                # Benchmarks

                Made by `%s` on %s. [benchmarks/](../benchmarks) holds what is run; nobody edits this page.

                %s, %d cores, %d GB, %s, JDK %s. **Everything runs on this one machine**: broker, registry, database, mail
                catcher, the four services, the sender and the reader. Load average before the start: %.2f%s.
                """,
                command,
                date,
                machine.processor(),
                machine.cores(),
                machine.memoryGigabytes(),
                machine.system(),
                machine.jdk(),
                machine.load(),
                machine.busy() ? " (busy: the figures are worse than they could be)" : "");
    }

    private void wholeWay(Settings settings, Measured it) {
        say(
                """

                ## Under load: webhook in, committed result out

                %d signed `dependabot_alert` deliveries of about 8 KB at %d/s for %d s, after %d s that are not counted. They go round
                %d repositories, each claimed by one component of %d teams, each with %d open alerts; a scorecard of %d rules, of which %d
                read vulnerabilities. Every delivery is a transition, so the portal stores it and the notifier decides about it, too.

                Open loop: each delivery has an instant at which it has to be sent, whether the ones before were answered or not, and all times are
                counted from that instant. *Acknowledged* ends with the status 202, which means journalled by Kafka with `acks=all`. *Result* ends when a
                consumer of `muster.results.v1` that reads committed records only has the result with the `correlation-id` of the delivery.

                | | p50 | p99 | max | bar |
                |---|---|---|---|---|
                """,
                it.deliveries(),
                settings.rate(),
                settings.load().toSeconds(),
                settings.warmUp().toSeconds(),
                Workload.REPOSITORIES,
                Workload.TEAMS,
                Workload.ALERTS,
                FortySevenRules.RULES,
                FortySevenRules.READING_VULNERABILITIES);
        var barred = settings.rate() >= Settings.RATE;
        latencies("delivery → acknowledged", it.acknowledged(), barred ? ACKNOWLEDGED_BAR : Double.NaN);
        latencies("delivery → result", it.committed(), barred ? COMMITTED_BAR : Double.NaN);
        latencies("lateness of the sender itself, part of both", it.late(), Double.NaN);
        say(
                """

                %d sent, %d acknowledged, %d not acknowledged, %d results seen, %d missing%s.
                """,
                it.deliveries(),
                it.acknowledged().count(),
                it.refused(),
                it.committed().count(),
                it.missing(),
                mark(it.refused() == 0 && it.missing() == 0));
        used(settings, it);
    }

    private void used(Settings settings, Measured it) {
        say(
                """

                Where the processor time of a delivery goes, in milliseconds: %s. Together %.1f ms of the %d
                that all cores together have for one at this rate.
                """,
                String.join(
                        ", ",
                        it.used().entrySet().stream()
                                .map(one -> "%s %.1f".formatted(one.getKey(), millis(one.getValue(), it)))
                                .toList()),
                it.used().values().stream()
                        .mapToDouble(time -> millis(time, it))
                        .sum(),
                1000 * Runtime.getRuntime().availableProcessors() / settings.rate());
    }

    private static double millis(Duration time, Measured it) {
        return time.toNanos() / 1e6 / it.deliveries();
    }

    private void latencies(String name, Latencies times, double bar) {
        var barText = Double.isNaN(bar) ? "" : "p99 ≤ %.0f ms%s".formatted(bar, mark(times.percentile(99) <= bar));
        say(
                "| %s | %.1f ms | %.1f ms | %.1f ms | %s |\n",
                name, times.percentile(50), times.percentile(99), times.max(), barText);
    }

    private void ratio(Settings settings, Measured it) {
        var ours = median(it.ours(), Speed::perSecond);
        var bare = median(it.bare(), Speed::perSecond);
        var bytes = median(it.bytes(), Speed::perSecond);
        say(
                """

                ## How much of the possible the evaluator reaches

                Beside it run bare Kafka Streams topologies: facts → put → repartition → two puts → results and transitions. They get nothing from
                their stores and decide nothing. Same broker, `exactly_once_v2`, commit interval, threads, partitions, JVM options and input; what they write
                are values that the evaluator wrote (%s bytes). The first reads and writes the records of the topics with their serdes, as every
                topology with these inputs and outputs has to: the bar is for this one. The second moves bytes that nobody looks into.

                Each in turn works off a backlog of %d records that were written while it was frozen; ingest, notifier and portal stand still meanwhile,
                so that each has the machine to itself. Rates are of committed results, after the first transaction; medians of %d rounds, after %d that are
                not counted. Processor time is that of the process alone, without the broker.

                | | committed results/s | by round | processor time a record | evaluator's ratio |
                |---|---|---|---|---|
                | evaluator | %.0f | %s | %.0f µs | |
                | bare topology | %.0f | %s | %.0f µs | **%.2f** (bar: ≥ %.1f%s) |
                | the same without reading and writing records | %.0f | %s | %.0f µs | %.2f |
                """,
                it.sizes(),
                settings.backlog(),
                it.ours().size(),
                WholeWay.WARM_UP_ROUNDS,
                ours,
                rounds(it.ours()),
                median(it.ours(), Speed::cpuMicros),
                bare,
                rounds(it.bare()),
                median(it.bare(), Speed::cpuMicros),
                ours / bare,
                RATIO_BAR,
                mark(ours / bare >= RATIO_BAR),
                bytes,
                rounds(it.bytes()),
                median(it.bytes(), Speed::cpuMicros),
                ours / bytes);
    }

    private void rules(Measured it) {
        var accepted = it.deliveries() - it.refused();
        var expected = (long) accepted * FortySevenRules.READING_VULNERABILITIES;
        say(
                """

                ## Only what is touched

                Counted, not timed, by the evaluator's own meter during the load: %d rules evaluated for %d deliveries, %.3f each (bar: exactly
                %d of the %d rules%s).
                """,
                it.rules(),
                accepted,
                (double) it.rules() / accepted,
                FortySevenRules.READING_VULNERABILITIES,
                FortySevenRules.RULES,
                mark(it.rules() == expected));
    }

    private void sweep(Sweep.Measured it) {
        say(
                """

                ## A scorecard is edited

                %d services, each with everything that the %d rules of the shipped scorecard read, %d open alerts among it. First every rule is edited (how
                long evidence counts), then one (a parameter), then every rule again with portal and notifier standing still: they read the results, and in an
                organisation of this size have processors of their own; the bar is for two cores that judge. %d deliveries/s go on. Two edits went before that do not count. Time is from the answer
                to the edit to the last result of the new version that a consumer of committed records reads. The evaluator has %d threads, %d MB for its
                stores and a heap of %s (portal: %s), the topics 6 partitions; all else is as it is on one machine.

                | edited | rules evaluated | all judged after | a second | delivery → result meanwhile: p50 | p99 | before the edit: p99 |
                |---|---|---|---|---|---|---|
                """,
                it.entities(),
                FortySevenRules.RULES,
                Payments.ALERTS,
                Sweep.RATE,
                Organisation.THREADS,
                Organisation.STORE_MEMORY,
                Organisation.EVALUATOR_HEAP,
                Organisation.PORTAL_HEAP);
        var barred = it.entities() >= Settings.ENTITIES;
        edit("every rule", it, it.all(), false);
        edit("one rule", it, it.one(), barred);
        edit("every rule, nobody reads", it, it.alone(), barred);
        var refused = it.edits().stream().mapToInt(Sweep.Edit::refused).sum();
        var missing = it.edits().stream().mapToInt(Sweep.Edit::missing).sum();
        say("""

                %d deliveries, %d not acknowledged, %d missing%s.
                """, it.edits().stream().mapToInt(Sweep.Edit::sent).sum(), refused, missing, mark(refused + missing == 0));
    }

    private void edit(String name, Sweep.Measured it, Sweep.Edit edit, boolean barred) {
        var seconds = edit.took().toMillis() / 1e3;
        say(
                "| %s | %d | %.1f s%s | %.0f | %.1f ms | %.1f ms%s | %.1f ms |\n",
                name,
                edit.rules(),
                seconds,
                barred ? " (bar: ≤ %.0f s%s)".formatted(SWEEP_BAR, mark(seconds <= SWEEP_BAR)) : "",
                it.entities() / seconds,
                edit.meanwhile().percentile(50),
                edit.meanwhile().percentile(99),
                barred
                        ? " (bar: ≤ %.0f ms%s)"
                                .formatted(MEANWHILE_BAR, mark(edit.meanwhile().percentile(99) <= MEANWHILE_BAR))
                        : "",
                edit.quiet().percentile(99));
    }

    private void pages(Pages.Measured it) {
        var barred = it.entities() >= Settings.ENTITIES && it.transitions() >= Settings.TRANSITIONS;
        say("""

                ## The portal of a large organisation

                %d services, each judged by the %d rules of the shipped scorecard, and a history of %d transitions within 90 days. Pages in turn,
                %d a second, open loop as above, after a minute that does not count; of the entity page another service each time. Bytes are without
                compression.

                | | p50 | p95 | p99 | bytes | bar |
                |---|---|---|---|---|---|
                """, it.entities(), FortySevenRules.RULES, it.transitions(), Pages.RATE);
        it.pages()
                .forEach((name, times) -> say(
                        "| %s | %.1f ms | %.1f ms | %.1f ms | %d | %s |\n",
                        name,
                        times.percentile(50),
                        times.percentile(95),
                        times.percentile(99),
                        it.bytes().getOrDefault(name, 0),
                        barred ? "p95 ≤ %.0f ms%s".formatted(PAGE_BAR, mark(times.percentile(95) <= PAGE_BAR)) : ""));
        say(
                """

                %d answers were not 200%s.

                %d open streams of server-sent events while %d deliveries/s change results: from the committed result, as another consumer sees it, until a
                stream has the event p50 %.1f ms, p99 %.1f ms, max %.1f ms of %d events (bar: ≤ %.0f ms%s); %d not seen%s.

                A rebuild of the whole read model reads and writes %d records in %.1f s: %.0f/s (bar: ≥ %.0f%s). Nearly all of them are what evaluations
                wrote: transitions, and results with %d rules each.
                """,
                it.failed(),
                mark(it.failed() == 0),
                Pages.BROWSERS,
                Pages.DELIVERIES,
                it.told().percentile(50),
                it.told().percentile(99),
                it.told().max(),
                it.told().count(),
                TOLD_BAR,
                mark(it.told().max() <= TOLD_BAR),
                it.untold(),
                mark(it.untold() == 0),
                it.rebuilt().records(),
                it.rebuilt().took().toMillis() / 1e3,
                it.rebuilt().perSecond(),
                REBUILD_BAR,
                mark(it.rebuilt().perSecond() >= REBUILD_BAR),
                FortySevenRules.RULES);
    }

    private void backtest(Retold.Measured it) {
        say("""

                ## A backtest

                The scorecard that ships, asked for through the portal's API: what it would have done to all that is recorded about the organisation, with
                many more alerts of a hundred of its services; first with a tenth of those, then with all. The evaluator stands still meanwhile. Memory is what the process of the portal held at most, all of its JVM included.

                | records of facts | transitions that there would have been | took | records/s | memory |
                |---|---|---|---|---|
                """);
        backtest(it.few());
        backtest(it.many());
        say(
                """

                Bar: all %d records, in no more than a quarter more memory than a tenth of them take%s.
                """,
                it.facts(),
                mark(it.many().facts() >= it.facts()
                        && it.many().peak() <= MEMORY_BAR * it.few().peak()));
    }

    private void backtest(Retold.Backtest it) {
        say(
                "| %d | %d | %.1f s | %.0f | %d MB |\n",
                it.facts(),
                it.transitions(),
                it.took().toMillis() / 1e3,
                it.facts() * 1e3 / it.took().toMillis(),
                it.peak());
    }

    private void engine(List<Row> rows) {
        say("""

                ## The engine alone (JMH)

                The scorecard that ships, `from: framework/production-readiness`: %d rules, for one service that all of them apply to. It has %d open
                alerts, and everything else that the rules read. The last rows are the normaliser's: the definition of GitHub that ships reads a
                delivery. Time of one call in microseconds, each call timed by itself; the mean is given
                with the half-width of its 99.9 %% confidence interval.

                | | median, µs | mean, µs | bar |
                |---|---|---|---|
                """, FortySevenRules.RULES, Payments.ALERTS);
        for (var row : rows) {
            switch (row.name()) {
                case "allRules" -> alone("full evaluation: every rule, of facts at hand", row, ALL_RULES_BAR);
                case "allRulesRead" ->
                    alone("the same of facts that have to be read first, as after a start", row, Double.NaN);
                case "oneFact" ->
                    alone(
                            "one alert changes: its register, and the rules that read vulnerabilities",
                            row,
                            ONE_FACT_BAR);
                case "registerOnly" -> alone("the register alone, the floor of the row above", row, Double.NaN);
                case "mapping" -> alone("a delivery of GitHub of 10 kB becomes facts", row, MAPPING_BAR);
                case "mappingReadOnly" -> alone("its JSON alone, the floor of the row above", row, Double.NaN);
                default -> alone(row.name(), row, Double.NaN);
            }
        }
    }

    private void alone(String name, Row row, double bar) {
        var barText = Double.isNaN(bar) ? "" : "median ≤ %.0f µs%s".formatted(bar, mark(row.median() <= bar));
        say("| %s | %.1f | %.1f ± %.1f | %s |\n", name, row.median(), row.mean(), row.error(), barText);
    }

    private String mark(boolean met) {
        allMet &= met;
        return met ? ", met" : ", **MISSED**";
    }

    private static double median(List<Speed> speeds, ToDoubleFunction<Speed> value) {
        var sorted = speeds.stream().mapToDouble(value).sorted().toArray();
        var half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static String rounds(List<Speed> speeds) {
        return String.join(
                ", ",
                speeds.stream().map(it -> "%.0f".formatted(it.perSecond())).toList());
    }

    private void say(String format, Object... values) {
        text.append(format.formatted(values));
    }
}

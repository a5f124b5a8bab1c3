package dev.muster.cli;

import dev.muster.engine.definition.DurationText;
import dev.muster.routing.Change;
import dev.muster.routing.ChangeKind;
import dev.muster.routing.Digest;
import dev.muster.routing.Hold;
import dev.muster.routing.MuteTime;
import dev.muster.routing.Routes;
import dev.muster.routing.RoutesException;
import dev.muster.routing.RoutesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Says by which node of a routes file a transition goes, who hears of it, when, and why.",
            "Asks no running Muster: what silences and the owner's own destinations add is not known here."
        })
final class RouteTestCommand implements Callable<Integer> {

    private static final String TEAM = "the owner's own destinations";

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "FILE", description = "The routes file.")
    private Path file = Path.of("routes.yaml");

    @Option(names = "--kind", defaultValue = "regressed", description = "${COMPLETION-CANDIDATES}.")
    private ChangeKind kind = ChangeKind.REGRESSED;

    @Option(names = "--owner", paramLabel = "REF", description = "Such as group:default/payments.")
    private @Nullable String owner;

    @Option(names = "--entity", paramLabel = "REF", description = "Such as component:default/payments.")
    private @Nullable String entity;

    @Option(names = "--scorecard", paramLabel = "NAME")
    private @Nullable String scorecard;

    @Option(names = "--tier", paramLabel = "N", defaultValue = "9", description = "9 when undeclared.")
    private int tier = Change.NO_TIER;

    @Option(names = "--tag", paramLabel = "TAG", description = "Of the entity; may be repeated.")
    private Set<String> tags = Set.of();

    @Option(names = "--rule", paramLabel = "ID", description = "A rule that changed; may be repeated.")
    private Set<String> rules = Set.of();

    @Option(
            names = "--rule-level",
            paramLabel = "LEVEL",
            description = "The level that needs a rule that changed; may be repeated.")
    private Set<String> ruleLevels = Set.of();

    @Option(names = "--level", paramLabel = "LEVEL", description = "The level afterwards.")
    private @Nullable String level;

    @Option(names = "--lost", paramLabel = "LEVEL", description = "The level that was lost.")
    private @Nullable String lost;

    @Option(names = "--source", paramLabel = "NAME", description = "What caused it, such as github.")
    private @Nullable String source;

    @Option(names = "--at", paramLabel = "TIME", description = "Such as 2026-06-01T22:30:00Z (default: now).")
    private @Nullable String at;

    @Option(
            names = "--quiet-hours",
            paramLabel = "TEXT",
            description = "The owner's muster.dev/quiet-hours, such as 'mon-fri 18:00-08:00 Europe/Berlin'.")
    private @Nullable String quietHours;

    @Option(
            names = "--digest",
            paramLabel = "TEXT",
            description = "The owner's muster.dev/digest, such as 'daily 09:00 Europe/Berlin'.")
    private @Nullable String digest;

    @Option(
            names = "--group-wait",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "muster.notifier.group-wait, for nodes without their own (default: ${DEFAULT-VALUE}).")
    private String groupWait = "30s";

    @Option(
            names = "--destination",
            paramLabel = "NAME",
            description =
                    "A name in muster.notifier.destinations; may be repeated. With none, receivers are not checked.")
    private Set<String> destinations = Set.of();

    /// By which node it goes.
    private record Told(String route, List<String> receivers, List<String> also, List<Hold> holds, Instant leavesAt) {}

    /// A node that was asked.
    private record Asked(
            String node, boolean fits, @Nullable String why) {}

    /// All that pipelines hear.
    private record Answer(List<Asked> asked, List<Told> told) {}

    @Override
    public Integer call() {
        var routes = read();
        if (routes == null) {
            return ExitCode.REFUSED;
        }
        var found = routes.find(new Change(
                kind,
                entity,
                owner,
                scorecard,
                tier,
                tags,
                rules,
                ruleLevels,
                level,
                kind == ChangeKind.REGRESSED ? lost : null,
                source));
        var now = now();
        var told = found.matches().stream().map(it -> told(it, now)).toList();
        var asked = found.tried().stream()
                .map(it -> new Asked(it.path(), it.why().isEmpty(), it.why().orElse(null)))
                .toList();
        output.object(new Answer(asked, told));
        tellPeople(asked, told);
        return ExitCode.OK;
    }

    private @Nullable Routes read() {
        try {
            return RoutesReader.read(
                    file.toString(), Files.readString(file), destinations.isEmpty() ? null : destinations);
        } catch (RoutesException wrong) {
            wrong.mistakes()
                    .forEach(it -> output.remark(
                            Remark.error(new Bundle.Origin(file.toString(), it.line()), it.column(), it.message())));
            return null;
        } catch (IOException e) {
            throw Failure.usage("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    private Told told(Routes.Match match, Instant now) {
        var holds = Hold.all(match.sending(), digest(), quiet(), now, duration());
        return new Told(
                match.path(),
                match.sending().receivers(),
                match.sending().also(),
                holds,
                holds.getLast().until());
    }

    private Instant now() {
        try {
            return at == null ? Instant.now() : OffsetDateTime.parse(at).toInstant();
        } catch (DateTimeException _) {
            throw Failure.usage("--at is no time such as 2026-06-01T22:30:00Z");
        }
    }

    private Optional<MuteTime> quiet() {
        if (quietHours == null) {
            return Optional.empty();
        }
        var quiet = MuteTime.parse(quietHours, ZoneOffset.UTC);
        if (quiet.isEmpty()) {
            throw Failure.usage("--quiet-hours is not of the form 'mon-fri 18:00-08:00 Europe/Berlin'");
        }
        return quiet;
    }

    private Optional<Digest> digest() {
        if (digest == null) {
            return Optional.empty();
        }
        var own = Digest.parse(digest, Digest.IMMEDIATE);
        if (own.isEmpty()) {
            throw Failure.usage("--digest is not of the form 'weekly mon 09:00 Europe/Berlin'");
        }
        return own;
    }

    private Duration duration() {
        return DurationText.parse(groupWait)
                .orElseThrow(() -> Failure.usage("--group-wait is no duration such as 30s"));
    }

    private void tellPeople(List<Asked> asked, List<Told> told) {
        var out = output.people();
        asked.forEach(it -> out.println(
                "%s %s%s".formatted(it.fits() ? "+" : "-", it.node(), it.why() == null ? "" : ": " + it.why())));
        for (var it : told) {
            out.println();
            out.println("route    " + it.route());
            out.println("to       " + TEAM + ", else "
                    + (it.receivers().isEmpty() ? "" : names(it.receivers()) + ", else ") + "the fallback");
            if (!it.also().isEmpty()) {
                out.println("also to  " + names(it.also()));
            }
            var leaves = new ArrayList<String>();
            it.holds().forEach(hold -> leaves.add(hold.because() + " until " + hold.until()));
            out.println("leaves   %s (%s)".formatted(it.leavesAt(), String.join(", then ", leaves)));
        }
        out.flush();
    }

    private static String names(List<String> names) {
        return String.join(" and ", names);
    }
}

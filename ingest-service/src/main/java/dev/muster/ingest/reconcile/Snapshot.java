package dev.muster.ingest.reconcile;

import static dev.muster.schemas.v1.ReconciliationKind.REPOSITORY;
import static dev.muster.schemas.v1.ReconciliationKind.SNAPSHOT;
import static dev.muster.schemas.v1.ReconciliationKind.TEAM;

import dev.muster.ingest.github.Caller;
import dev.muster.ingest.github.Github;
import dev.muster.ingest.github.GithubUnavailableException;
import dev.muster.ingest.github.Listing;
import dev.muster.schemas.v1.Reconciliation;
import dev.muster.schemas.v1.ReconciliationKind;
import dev.muster.schemas.v1.ReconciliationState;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads everything, some repositories and teams a step.
///
/// What has been read since the snapshot began is on the topic: after a restart the rest is read. What was there last
/// time and is not listed any more is asked for by name, and told to be gone when it is.
final class Snapshot {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

    /// Tries of one thing, while others succeed.
    private static final int TRIES = 3;

    private final String connection;
    private final ReconcileSettings settings;
    private final Github github;
    private final RepositoryReader repositories;
    private final TeamReader teams;
    private final Redelivery redelivery;
    private final Readings readings;
    private final Progress progress;
    private final ReconcileMetrics metrics;
    private final InstantSource clock;

    private final Map<Subject, Integer> failures = new HashMap<>();
    private final List<String> unlisted = new ArrayList<>();
    private @Nullable Deque<Subject> todo;

    Snapshot(Parts parts, Redelivery redelivery) {
        this.connection = parts.connection();
        this.settings = parts.settings();
        this.github = parts.github();
        this.repositories = new RepositoryReader(github);
        this.teams = new TeamReader(github);
        this.redelivery = redelivery;
        this.readings = parts.readings();
        this.progress = parts.progress();
        this.metrics = parts.metrics();
        this.clock = parts.clock();
    }

    boolean isDue(Instant now) {
        var last = progress.find(SNAPSHOT, "").orElse(null);
        return last == null
                || last.getState() == ReconciliationState.RUNNING
                || Schedule.isDue(last.getStartedAt(), now, settings.timeOfDay());
    }

    /// Goes on, or begins, or ends.
    ///
    /// @throws IOException when it cannot go on now; nothing is lost
    void step() throws IOException, InterruptedException {
        var run = progress.find(SNAPSHOT, "").orElse(null);
        if (run == null || run.getState() != ReconciliationState.RUNNING) {
            LOG.info("{}: a snapshot of {} begins", connection, settings.organizations());
            run = progress.about(SNAPSHOT, "")
                    .setState(ReconciliationState.RUNNING)
                    .setStartedAt(clock.instant())
                    .build();
            progress.put(run);
            todo = null;
        }
        if (todo == null) {
            todo = plan(run.getStartedAt());
        } else if (todo.isEmpty()) {
            end(run);
            todo = null;
        } else {
            read(todo);
        }
    }

    private Deque<Subject> plan(Instant startedAt) throws GithubUnavailableException {
        failures.clear();
        unlisted.clear();
        var found = new LinkedHashSet<Subject>();
        for (var organization : settings.organizations()) {
            var path = github.isApp() ? "/installation/repositories" : "/orgs/" + organization + "/repos";
            var member = github.isApp() ? "repositories" : "";
            list(organization, Subject.Kind.REPO, path, member, "full_name", found);
            list(organization, Subject.Kind.TEAM, "/orgs/" + organization + "/teams", "", "slug", found);
        }
        var rest = new ArrayDeque<Subject>();
        for (var subject : found) {
            var before = progress.find(kindOf(subject), subject.slug());
            if (before.isEmpty() || before.get().getStartedAt().isBefore(startedAt)) {
                rest.add(subject);
            }
        }
        LOG.info("{}: {} of {} repositories and teams are to be read", connection, rest.size(), found.size());
        return rest;
    }

    private void list(
            String organization, Subject.Kind kind, String path, String member, String name, Set<Subject> found)
            throws GithubUnavailableException {
        var caller = new Caller.Within(organization);
        switch (github.list(caller, path + "?per_page=100", member, Github.WHOLE_ACCOUNT)) {
            case Listing.Items items -> {
                for (var item : items.items()) {
                    var text = item.path(name).asString("");
                    Subject.ofSlug(kind, kind == Subject.Kind.TEAM ? organization + "/" + text : text)
                            .ifPresent(found::add);
                }
                progress.all(kind == Subject.Kind.TEAM ? TEAM : REPOSITORY).stream()
                        .flatMap(known -> Subject.ofSlug(kind, known.getSubject()).stream())
                        .filter(known -> known.owner().equalsIgnoreCase(organization))
                        .forEach(found::add);
            }
            case Listing.None none -> unlisted.add(path.substring(1) + ": " + none.why());
        }
    }

    private static ReconciliationKind kindOf(Subject subject) {
        return switch (subject.kind()) {
            case REPO -> REPOSITORY;
            case TEAM -> TEAM;
        };
    }

    private void read(Deque<Subject> todo) throws IOException, InterruptedException {
        var batch = new ArrayList<Subject>();
        while (batch.size() < settings.concurrency() && !todo.isEmpty()) {
            batch.add(todo.poll());
        }
        var broken = new ArrayList<Subject>();
        IOException trouble = null;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = batch.stream()
                    .<Callable<Void>>map(subject -> () -> {
                        read(subject);
                        return null;
                    })
                    .toList();
            var ended = threads.invokeAll(tasks);
            for (var i = 0; i < batch.size(); i++) {
                var failure = failureOf(ended.get(i));
                if (failure != null) {
                    broken.add(batch.get(i));
                    trouble = trouble == null || failure instanceof GithubUnavailableException ? failure : trouble;
                }
            }
        } catch (InterruptedException stopped) {
            batch.forEach(todo::addFirst);
            throw stopped;
        }
        if (trouble != null) {
            comeBack(todo, broken, broken.size() < batch.size() || batch.size() == 1, trouble);
        }
    }

    private static @Nullable IOException failureOf(Future<Void> ended) throws InterruptedException {
        try {
            ended.get();
            return null;
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case IOException io -> io;
                case null, default -> new IOException(String.valueOf(e.getCause()), e.getCause());
            };
        }
    }

    /// What broke is tried again later. Where others succeed, it is the thing itself: it is given up after some tries.
    private void comeBack(Deque<Subject> todo, List<Subject> broken, boolean itself, IOException trouble)
            throws IOException {
        var passes = trouble instanceof GithubUnavailableException it
                && it.reason() != GithubUnavailableException.Reason.FAILED;
        for (var subject : broken) {
            if (!passes && itself && failures.merge(subject, 1, Integer::sum) >= TRIES) {
                metrics.failed("snapshot");
                LOG.warn("{}: {} is given up for this snapshot: {}", connection, subject.slug(), trouble.getMessage());
                progress.put(progress.about(kindOf(subject), subject.slug())
                        .setState(ReconciliationState.FAILED)
                        .setStartedAt(clock.instant())
                        .setDetail(trouble.getMessage())
                        .build());
            } else {
                todo.addLast(subject);
            }
        }
        throw trouble;
    }

    private void read(Subject subject) throws IOException {
        var at = clock.instant();
        var kind = kindOf(subject);
        var backfill = progress.reconciledAt(kind, subject.slug()) == null;
        var read = switch (subject.kind()) {
            case REPO -> repositories.read(subject, Part.all(), null);
            case TEAM -> teams.read(subject, null);
        };
        switch (read) {
            case Read.Told(var told, var withheld) -> {
                readings.keep(told, backfill);
                if (kind == REPOSITORY) {
                    redelivery.ofRepository(subject, repositories);
                }
                progress.put(progress.about(kind, subject.slug())
                        .setState(withheld.isEmpty() ? ReconciliationState.DONE : ReconciliationState.PARTLY)
                        .setStartedAt(at)
                        .setReconciledAt(told.isEmpty() ? progress.reconciledAt(kind, subject.slug()) : at)
                        .setDetail(withheld.isEmpty() ? null : String.join("; ", withheld))
                        .build());
            }
            case Read.Gone(var gone) -> {
                readings.keep(List.of(gone), false);
                progress.forget(kind, subject.slug());
            }
            case Read.Moved _ -> progress.forget(kind, subject.slug());
        }
        metrics.read("snapshot", read);
    }

    private void end(Reconciliation run) {
        var failed = progress.all(REPOSITORY).stream()
                .filter(it -> it.getState() == ReconciliationState.FAILED)
                .map(Reconciliation::getSubject)
                .toList();
        var missing = new ArrayList<>(unlisted);
        if (!failed.isEmpty()) {
            missing.add("not read: " + String.join(", ", failed.subList(0, Math.min(failed.size(), 10)))
                    + (failed.size() > 10 ? " and " + (failed.size() - 10) + " more" : ""));
        }
        progress.put(progress.about(SNAPSHOT, "")
                .setState(missing.isEmpty() ? ReconciliationState.DONE : ReconciliationState.PARTLY)
                .setStartedAt(run.getStartedAt())
                .setReconciledAt(clock.instant())
                .setDetail(missing.isEmpty() ? null : String.join("; ", missing))
                .build());
        LOG.info("{}: the snapshot is complete{}", connection, missing.isEmpty() ? "" : ", but for " + missing);
    }
}

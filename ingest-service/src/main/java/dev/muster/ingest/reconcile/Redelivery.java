package dev.muster.ingest.reconcile;

import static dev.muster.schemas.v1.ReconciliationKind.REDELIVERY;

import dev.muster.ingest.github.Answer;
import dev.muster.ingest.github.Caller;
import dev.muster.ingest.github.Github;
import dev.muster.ingest.github.GithubUnavailableException;
import dev.muster.ingest.github.Listing;
import dev.muster.schemas.v1.ReconciliationState;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Finds deliveries that failed, and asks GitHub to send them again: by itself it never does. A delivery keeps its id,
/// so that a second time does no harm.
///
/// GitHub keeps them for three days.
final class Redelivery {

    private static final Logger LOG = LoggerFactory.getLogger(Redelivery.class);
    private static final Duration KEPT = Duration.ofDays(3);

    /// A delivery under way when the last look began may be listed with an earlier time.
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private static final int MOST_PAGES = 1_000;

    /// @param path of the hook in the API, such as `/orgs/acme/hooks/1`
    private record Hook(Caller caller, String path) {}

    /// What the attempts of one delivery came to.
    ///
    /// @param newest id of the newest attempt
    private record Attempts(boolean arrived, long newest, Instant newestAt) {

        Attempts and(Attempts earlier) {
            return new Attempts(arrived || earlier.arrived, newest, newestAt);
        }
    }

    private final String connection;
    private final ReconcileSettings settings;
    private final Github github;
    private final Progress progress;
    private final ReconcileMetrics metrics;
    private final InstantSource clock;
    private @Nullable Instant lookedAt;

    Redelivery(Parts parts) {
        this.connection = parts.connection();
        this.settings = parts.settings();
        this.github = parts.github();
        this.progress = parts.progress();
        this.metrics = parts.metrics();
        this.clock = parts.clock();
    }

    boolean isDue(Instant now) {
        return settings.redeliveries() > 0
                && (lookedAt == null || !now.isBefore(lookedAt.plus(settings.redeliverEvery())));
    }

    /// Looks at the hooks of the app and of the organisations.
    void look() throws GithubUnavailableException {
        var now = clock.instant();
        for (var hook : hooks()) {
            look(hook);
        }
        lookedAt = now;
    }

    /// Looks at the hooks of one repository.
    void ofRepository(Subject repository, RepositoryReader reader) throws GithubUnavailableException {
        if (settings.redeliveries() == 0) {
            return;
        }
        for (var hook :
                ours(new Caller.Within(repository.owner()), "/repos/" + repository.slug(), reader.hooks(repository))) {
            look(hook);
        }
    }

    private List<Hook> hooks() throws GithubUnavailableException {
        var hooks = new ArrayList<Hook>();
        if (github.isApp()) {
            var app = new Caller.TheApp();
            if (github.get(app, "/app/hook/config") instanceof Answer.Found config
                    && isOurs(config.body().path("url").asString(""))) {
                hooks.add(new Hook(app, "/app/hook"));
            }
        }
        for (var organization : settings.organizations()) {
            var caller = new Caller.Within(organization);
            var path = "/orgs/" + organization;
            if (github.list(caller, path + "/hooks?per_page=100", "", 1) instanceof Listing.Items found) {
                hooks.addAll(ours(caller, path, found.items()));
            }
        }
        return hooks;
    }

    private List<Hook> ours(Caller caller, String path, List<JsonNode> hooks) {
        return hooks.stream()
                .filter(hook -> isOurs(hook.at("/config/url").asString("")))
                .map(hook -> new Hook(caller, path + "/hooks/" + hook.path("id").asLong()))
                .toList();
    }

    /// A hook is ours when it posts to this connection, whatever the way there.
    private boolean isOurs(String url) {
        return url.replaceFirst("[?#].*$", "").replaceFirst("/+$", "").endsWith("/v1/webhooks/" + connection);
    }

    private void look(Hook hook) throws GithubUnavailableException {
        var now = clock.instant();
        var before = progress.find(REDELIVERY, hook.path()).orElse(null);
        var oldest = now.minus(KEPT);
        var since = before == null || before.getStartedAt().minus(OVERLAP).isBefore(oldest)
                ? oldest
                : before.getStartedAt().minus(OVERLAP);
        var attempts = attempts(hook, since);
        if (attempts == null) {
            return; // not to be seen with these credentials
        }
        var asked = new HashMap<String, dev.muster.schemas.v1.Redelivery>();
        if (before != null) {
            before.getRedeliveries().forEach((id, times) -> {
                if (times.getLastAt().isAfter(oldest)) {
                    asked.put(id, times);
                }
            });
        }
        var complete = false;
        try {
            for (var delivery : attempts.entrySet()) {
                settle(hook, delivery.getKey(), delivery.getValue(), asked);
            }
            complete = true;
        } finally {
            var looked = complete || before == null ? now : before.getStartedAt();
            progress.put(progress.about(REDELIVERY, hook.path())
                    .setState(complete ? ReconciliationState.DONE : ReconciliationState.RUNNING)
                    .setStartedAt(complete ? looked : since)
                    .setReconciledAt(complete ? now : progress.reconciledAt(REDELIVERY, hook.path()))
                    .setRedeliveries(asked)
                    .build());
        }
    }

    private void settle(Hook hook, String id, Attempts attempts, Map<String, dev.muster.schemas.v1.Redelivery> asked)
            throws GithubUnavailableException {
        var before = asked.get(id);
        if (attempts.arrived()) {
            asked.remove(id);
            return;
        }
        if (before != null && !attempts.newestAt().isAfter(before.getLastAt())) {
            return; // it is on its way
        }
        var times = before == null ? 0 : before.getTimes();
        if (times >= settings.redeliveries()) {
            if (times == settings.redeliveries()) {
                metrics.redelivery("given_up");
                LOG.warn("{}: delivery {} of {} failed {} times and is given up", connection, id, hook.path(), times);
                asked.put(id, new dev.muster.schemas.v1.Redelivery(times + 1, attempts.newestAt()));
            }
            return;
        }
        switch (github.post(hook.caller(), hook.path() + "/deliveries/" + attempts.newest() + "/attempts")) {
            case Answer.Found found -> {
                metrics.redelivery("asked");
                asked.put(id, new dev.muster.schemas.v1.Redelivery(times + 1, found.asOf()));
            }
            case Answer.Missing _, Answer.Moved _, Answer.Withheld _ -> metrics.redelivery("refused");
        }
    }

    /// Deliveries since an instant by their id, newest first; null when they are not to be seen.
    private @Nullable Map<String, Attempts> attempts(Hook hook, Instant since) throws GithubUnavailableException {
        var attempts = new LinkedHashMap<String, Attempts>();
        var answer = github.get(hook.caller(), hook.path() + "/deliveries?per_page=100");
        for (var pages = 1; answer instanceof Answer.Found page; pages++) {
            var enough = pages >= MOST_PAGES;
            for (var entry : page.body()) {
                var at = time(entry.path("delivered_at").asString(""));
                enough |= at.isBefore(since);
                if (!at.isBefore(since)) {
                    var one = new Attempts(
                            entry.path("status").asString("").equalsIgnoreCase("OK"),
                            entry.path("id").asLong(),
                            at);
                    attempts.merge(entry.path("guid").asString(""), one, Attempts::and);
                }
            }
            var next = enough ? Optional.<Answer>empty() : github.next(hook.caller(), page);
            if (next.isEmpty()) {
                return attempts;
            }
            answer = next.get();
        }
        return null;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            return Instant.EPOCH;
        }
    }
}

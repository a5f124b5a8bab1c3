package dev.muster.ingest.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.github.Answer;
import dev.muster.ingest.github.Caller;
import dev.muster.ingest.github.Github;
import dev.muster.ingest.github.GithubUnavailableException;
import dev.muster.ingest.github.Listing;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads a repository, part by part.
final class RepositoryReader {

    private static final String RULES = """
            query($owner: String!, $name: String!) {
              repository(owner: $owner, name: $name) {
                branchProtectionRules(first: 100) {
                  pageInfo { hasNextPage }
                  nodes {
                    databaseId pattern isAdminEnforced dismissesStaleReviews
                    requiresApprovingReviews requiredApprovingReviewCount requiresCodeOwnerReviews
                    requiresStatusChecks requiredStatusCheckContexts
                  }
                }
              }
            }
            """;

    private final Github github;

    RepositoryReader(Github github) {
        this.github = github;
    }

    /// Reads these parts. Of an archived repository only what it is: nothing else can change there.
    ///
    /// @param after invalidation that made us ask, or null
    Read read(Subject subject, Set<Part> parts, @Nullable Instant after) throws GithubUnavailableException {
        var caller = new Caller.Within(subject.owner());
        return switch (github.get(caller, "/repos/" + subject.slug())) {
            case Answer.Found found -> new Parts(caller, found.body(), after).read(parts, found);
            case Answer.Missing _ -> new Read.Gone(gone(subject));
            case Answer.Moved _ -> new Read.Moved();
            case Answer.Withheld(var why) -> new Read.Told(List.of(), List.of("repository: " + why));
        };
    }

    private Reading gone(Subject subject) {
        var body = Picked.object().put("host", github.address().host());
        body.set("repository", Picked.object().put("full_name", subject.slug()));
        return new Reading("repository-gone", body, github.now());
    }

    /// The webhooks of a repository; none when they may not be seen.
    List<JsonNode> hooks(Subject subject) throws GithubUnavailableException {
        return github.list(
                                new Caller.Within(subject.owner()),
                                "/repos/" + subject.slug() + "/hooks?per_page=100",
                                "",
                                1)
                        instanceof Listing.Items items
                ? items.items()
                : List.of();
    }

    /// The parts of one repository.
    private final class Parts {

        private final Caller caller;
        private final JsonNode repository;
        private final String path;
        private final @Nullable Instant after;
        private final List<Reading> readings = new ArrayList<>();
        private final List<String> withheld = new ArrayList<>();

        Parts(Caller caller, JsonNode repository, @Nullable Instant after) {
            this.caller = caller;
            this.repository = repository;
            this.path = "/repos/" + repository.path("full_name").asString();
            this.after = after;
        }

        Read read(Set<Part> parts, Answer.Found found) throws GithubUnavailableException {
            var archived = repository.path("archived").asBoolean(false);
            for (var part : parts) {
                switch (part) {
                    case REPOSITORY -> tell("repository", found.sentAt(), found.asOf(), Map.of());
                    case PROTECTION -> unless(archived, this::protection);
                    case RULESETS -> unless(archived, this::rulesets);
                    case DEPENDABOT ->
                        unless(
                                archived,
                                () -> alerts(
                                        "dependabot-alerts",
                                        "/dependabot/alerts?state=open&per_page=100",
                                        Picked.DEPENDABOT_ALERT));
                    case CODE_SCANNING -> unless(archived, this::codeScanning);
                    case SECRET_SCANNING ->
                        unless(
                                archived,
                                () -> alerts(
                                        "secret-scanning-alerts",
                                        "/secret-scanning/alerts?state=open&per_page=100&hide_secret=true",
                                        Picked.SECRET_ALERT));
                    case FILES -> unless(archived, this::files);
                    case RELEASE -> unless(archived, this::release);
                }
            }
            return new Read.Told(readings, withheld);
        }

        private void unless(boolean archived, Question question) throws GithubUnavailableException {
            if (!archived) {
                question.ask();
            }
        }

        private void tell(String event, Instant sentAt, Instant asOf, Map<String, JsonNode> more) {
            ObjectNode body = Picked.object()
                    .put("host", github.address().host())
                    .put("asOf", AsOf.of(asOf, after).toString());
            body.set("repository", Picked.of(repository, Picked.REPOSITORY));
            more.forEach(body::set);
            readings.add(new Reading(event, body, sentAt));
        }

        private void alerts(String event, String query, List<String> members) throws GithubUnavailableException {
            switch (github.list(caller, path + query, "", Github.MORE_THAN_A_FACT)) {
                case Listing.Items(var items, var sentAt, var asOf) ->
                    tell(event, sentAt, asOf, Map.of("alerts", Picked.each(items, members)));
                case Listing.None none -> withhold(event, none);
            }
        }

        private void withhold(String event, Listing.None none) {
            withheld.add(event.replace('-', ' ') + ": " + none.why());
        }

        /// Scanners that have nothing open are known by their analyses.
        private void codeScanning() throws GithubUnavailableException {
            switch (github.list(
                    caller, path + "/code-scanning/alerts?state=open&per_page=100", "", Github.MORE_THAN_A_FACT)) {
                case Listing.Items(var items, var sentAt, var asOf) -> {
                    var tools = new TreeMap<String, List<JsonNode>>();
                    if (github.get(caller, path + "/code-scanning/analyses?per_page=100")
                            instanceof Answer.Found analyses) {
                        analyses.body().forEach(analysis -> tools.putIfAbsent(toolOf(analysis), new ArrayList<>()));
                    }
                    items.forEach(alert -> tools.computeIfAbsent(toolOf(alert), _ -> new ArrayList<>())
                            .add(alert));
                    var list = JsonMapper.shared().createArrayNode();
                    tools.forEach((tool, alerts) -> list.add(
                            Picked.object().put("name", tool).set("alerts", Picked.each(alerts, Picked.CODE_ALERT))));
                    tell("code-scanning-alerts", sentAt, asOf, Map.of("tools", list));
                }
                case Listing.None none -> withhold("code-scanning-alerts", none);
            }
        }

        private static String toolOf(JsonNode node) {
            return node.path("tool").path("name").asString("");
        }

        /// The list leaves the rules out.
        private void rulesets() throws GithubUnavailableException {
            switch (github.list(
                    caller, path + "/rulesets?includes_parents=true&per_page=100", "", Github.MORE_THAN_A_FACT)) {
                case Listing.Items(var items, var sentAt, var asOf) -> {
                    var rulesets = JsonMapper.shared().createArrayNode();
                    for (var item : items) {
                        var id = item.path("id").asLong();
                        if (github.get(caller, path + "/rulesets/" + id + "?includes_parents=true")
                                instanceof Answer.Found ruleset) {
                            rulesets.add(Picked.of(ruleset.body(), Picked.RULESET));
                        }
                    }
                    tell("rulesets", sentAt, asOf, Map.of("rulesets", rulesets));
                }
                case Listing.None none -> withhold("rulesets", none);
            }
        }

        /// By GraphQL: what REST tells of protection has no ids and no patterns, by which webhooks speak of it.
        private void protection() throws GithubUnavailableException {
            var name = repository.path("full_name").asString().split("/", 2);
            var question = Picked.object().put("query", RULES);
            question.set("variables", Picked.object().put("owner", name[0]).put("name", name[1]));
            switch (github.graphql(caller, question.toString())) {
                case Answer.Found found -> {
                    var rules = found.body().at("/data/repository/branchProtectionRules");
                    if (!rules.path("nodes").isArray()) {
                        withheld.add("branch protection: "
                                + found.body().at("/errors/0/message").asString("GitHub does not tell"));
                    } else if (rules.at("/pageInfo/hasNextPage").asBoolean(false)) {
                        withheld.add("branch protection: there are more than 100 rules");
                    } else {
                        tell("branch-protection", found.sentAt(), found.asOf(), Map.of("rules", rules.path("nodes")));
                    }
                }
                case Answer other -> withhold("branch-protection", new Listing.None(other));
            }
        }

        private void files() throws GithubUnavailableException {
            var branch = encoded(repository.path("default_branch").asString());
            switch (github.get(caller, path + "/git/trees/" + branch + "?recursive=1")) {
                case Answer.Found found -> {
                    if (found.body().path("truncated").asBoolean(false)) {
                        withheld.add("files: there are more than GitHub lists");
                        return;
                    }
                    var files = new RepositoryFiles(found.body());
                    tell(
                            "files",
                            found.sentAt(),
                            found.asOf(),
                            Map.of(
                                    "codeowners", newest(branch, files.codeowners()),
                                    "runbook", newest(branch, files.runbooks())));
                }
                case Answer other -> withhold("files", new Listing.None(other));
            }
        }

        /// Of these files or folders the one that a commit touched last.
        ///
        /// @param places path to ask for, with the file to name
        private ObjectNode newest(String branch, Map<String, String> places) throws GithubUnavailableException {
            var newest = Picked.object();
            for (var place : places.entrySet()) {
                var query = path + "/commits?sha=" + branch + "&path=" + encoded(place.getKey()) + "&per_page=1";
                var at = github.get(caller, query) instanceof Answer.Found found
                        ? found.body().at("/0/commit/committer/date").asString("")
                        : "";
                if (newest.isEmpty() || at.compareTo(newest.path("changedAt").asString("")) > 0) {
                    newest.put("path", place.getValue());
                    if (!at.isEmpty()) {
                        newest.put("changedAt", at);
                    }
                }
            }
            return newest;
        }

        private void release() throws GithubUnavailableException {
            switch (github.get(caller, path + "/releases?per_page=30")) {
                case Answer.Found found -> {
                    var newest = found.body()
                            .valueStream()
                            .filter(it -> !it.path("draft").asBoolean(false))
                            .max(Comparator.comparing(
                                    it -> it.path("published_at").asString("")));
                    tell(
                            "release",
                            found.sentAt(),
                            found.asOf(),
                            newest.isEmpty() ? Map.of() : Map.of("release", Picked.of(newest.get(), Picked.RELEASE)));
                }
                case Answer other -> withhold("release", new Listing.None(other));
            }
        }
    }

    private interface Question {
        void ask() throws GithubUnavailableException;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}

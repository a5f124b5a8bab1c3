package dev.muster.ingest.reconcile;

import dev.muster.ingest.github.Answer;
import dev.muster.ingest.github.Caller;
import dev.muster.ingest.github.Github;
import dev.muster.ingest.github.GithubUnavailableException;
import dev.muster.ingest.github.Listing;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads who is in a team.
final class TeamReader {

    private final Github github;

    TeamReader(Github github) {
        this.github = github;
    }

    /// The members, those of its child teams among them. A team that is gone has none.
    ///
    /// @param after invalidation that made us ask, or null
    Read read(Subject team, @Nullable Instant after) throws GithubUnavailableException {
        var caller = new Caller.Within(team.owner());
        var path = "/orgs/" + team.owner() + "/teams/" + team.name() + "/members?per_page=100";
        // One list says who is in it, so that nobody who changes roles meanwhile is in neither.
        return switch (github.list(caller, path + "&role=all", "", Github.MORE_THAN_A_FACT)) {
            case Listing.Items(var items, var sentAt, var asOf) -> {
                var maintainers = new HashSet<String>();
                if (github.list(caller, path + "&role=maintainer", "", Github.MORE_THAN_A_FACT)
                        instanceof Listing.Items some) {
                    some.items().forEach(member -> maintainers.add(login(member)));
                }
                yield new Read.Told(
                        List.of(reading(team, items, maintainers, sentAt, AsOf.of(asOf, after))), List.of());
            }
            case Listing.None(Answer.Missing missing)
            when teamsAreVisible(team, caller) -> new Read.Gone(gone(team, after));
            case Listing.None none -> new Read.Told(List.of(), List.of("members: " + none.why()));
        };
    }

    /// GitHub says of a team that is hidden what it says of one that is gone.
    private boolean teamsAreVisible(Subject team, Caller caller) throws GithubUnavailableException {
        return github.get(caller, "/orgs/" + team.owner() + "/teams?per_page=1") instanceof Answer.Found;
    }

    private Reading gone(Subject team, @Nullable Instant after) {
        var now = github.now();
        return reading(team, List.of(), Set.of(), now, AsOf.of(now, after));
    }

    private Reading reading(
            Subject team, List<JsonNode> members, Set<String> maintainers, Instant sentAt, Instant asOf) {
        var list = JsonMapper.shared().createArrayNode();
        for (var member : members) {
            var login = login(member);
            list.add(Picked.object()
                    .put("login", login)
                    .put("role", maintainers.contains(login) ? "maintainer" : "member"));
        }
        var host = github.address().host();
        var body = Picked.object().put("host", host).put("asOf", asOf.toString());
        body.set("organization", Picked.object().put("login", team.owner()));
        body.set(
                "team",
                Picked.object()
                        .put("slug", team.name())
                        .put("html_url", "https://" + host + "/orgs/" + team.owner() + "/teams/" + team.name()));
        body.set("members", list);
        return new Reading("team", body, sentAt);
    }

    private static String login(JsonNode member) {
        return member.path("login").asString("");
    }
}

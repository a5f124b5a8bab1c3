package dev.muster.portal.team;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.portal.acting.Acting;
import dev.muster.portal.acting.Acting.Service;
import dev.muster.portal.acting.Answer;
import dev.muster.portal.acting.Filled;
import dev.muster.portal.acting.Json;
import dev.muster.portal.page.Done;
import dev.muster.portal.page.Link;
import dev.muster.portal.page.Ref;
import dev.muster.portal.page.Words;
import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriUtils;

/// `/teams/{ref}/preferences`: how a team is told, by whose word, and how its destinations are doing.
/// Members say otherwise than its descriptor here, try a destination, and have mail sent again.
@Controller
class TeamPreferences {

    private static final Filled NOTHING = new Filled(Map.of(), Map.of(), null);

    private final Acting acting;
    private final Words words;

    TeamPreferences(Acting acting, Words words) {
        this.acting = acting;
        this.words = words;
    }

    /// What the notifier says of an owner.
    record Own(
            boolean known,
            List<Place> destinations,
            List<Setting> preferences,
            @Nullable String changedBy,
            @Nullable Instant changedAt,
            String route,
            String digest,
            String digestFrom) {}

    /// What a team says, or might say.
    ///
    /// @param page what it says here, which counts
    /// @param catalogue what its descriptor says
    record Setting(
            String name,
            String annotation,
            @Nullable String page,
            @Nullable String catalogue,
            @Nullable String problem) {

        /// What counts; null when nothing is said.
        public @Nullable String value() {
            return page == null ? catalogue : page;
        }

        /// How the form asks for it.
        public Asked asked() {
            return ASKED.getOrDefault(name, new Asked(name, ""));
        }
    }

    /// @param hint what may be said
    record Asked(String label, String hint) {}

    private static final Map<String, Asked> ASKED = Map.of(
            "email", new Asked("Mail", "One address, or none."),
            "slackWebhook", new Asked("Slack", "The name of a Slack destination, or none."),
            "destinations", new Asked("Other destinations", "Names with commas between them, or none."),
            "quietHours",
                    new Asked("Quiet hours", "Such as 22:00-07:00 Europe/Berlin or mon-fri 18:00-08:00; or none."),
            "digest", new Asked("Digest", "immediate, hourly, daily 09:00 Europe/Berlin or weekly mon 09:00."),
            "weeklyReport", new Asked("Weekly report", "Such as fri 08:00 Europe/Berlin; or off."));

    record Place(
            String channel,
            String name,
            @Nullable String address,
            String from,
            @Nullable String problem) {}

    record State(
            String name,
            String channel,
            String state,
            @Nullable Instant pausedUntil,
            @Nullable String reason,
            int failures,
            @Nullable Instant since,
            long waiting,
            long failed) {}

    /// What the notifier knows of an address: whether it wants no mail, until when and why.
    ///
    /// @param until null for good
    record Wish(
            boolean unsubscribed,
            @Nullable Instant until,
            @Nullable String reason) {}

    /// A destination as the page shows it.
    ///
    /// @param state null when nothing was ever sent there
    /// @param wish null when its address wants mail, or it has none
    record Shown(
            Place place, @Nullable State state, @Nullable Wish wish) {

        public boolean unsubscribed() {
            return wish != null;
        }

        /// Whether a test can be sent there.
        public boolean canBeTried() {
            return place.problem == null;
        }
    }

    record Tested(
            String destination,
            String outcome,
            @Nullable String reason,
            @Nullable String detail,
            boolean mayPass) {

        public boolean isGood() {
            return outcome.equals("SENT") || outcome.equals("ACCEPTED");
        }
    }

    @GetMapping("/teams/{scope}/{name}/preferences")
    String page(
            @PathVariable String scope,
            @PathVariable String name,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        return show(Ref.of(scope, name), NOTHING, caller, model);
    }

    /// Sends a test message to a destination of the team.
    @PostMapping(value = "/teams/{scope}/{name}/preferences", params = "test")
    String test(
            @PathVariable String scope,
            @PathVariable String name,
            @RequestParam String test,
            HttpServletResponse response,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        var ref = Ref.of(scope, name);
        check(ref, caller);
        var answer = acting.post(Service.NOTIFIER, "/v1/destinations/test?name=" + words.segment(test), null, caller);
        if (answer instanceof Answer.Done(var body)) {
            model.addAttribute("tested", Json.read(body, Tested.class));
            return show(ref, NOTHING, caller, model);
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return show(ref, NOTHING.after(answer), caller, model);
    }

    /// Sends mail again to an address of the team that wanted none.
    @PostMapping(value = "/teams/{scope}/{name}/preferences", params = "address")
    String subscribe(
            @PathVariable String scope,
            @PathVariable String name,
            @RequestParam String address,
            HttpServletResponse response,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        var ref = Ref.of(scope, name);
        check(ref, caller);
        var own = acting.get(Service.NOTIFIER, owner(ref), caller);
        var answer = own instanceof Answer.Done(var body) && !has(Json.read(body, Own.class), address)
                ? new Answer.Refused("This address is not of this team any more.", Map.of())
                : own instanceof Answer.Done
                        ? acting.delete(Service.NOTIFIER, unsubscribed(address), null, caller)
                        : own;
        if (answer instanceof Answer.Done) {
            return "redirect:" + Done.SUBSCRIBED.on(Link.to("/teams/" + words.path(ref) + "/preferences"));
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return show(ref, NOTHING.after(answer), caller, model);
    }

    /// Says all that is filled in, in place of the descriptor.
    @PostMapping(value = "/teams/{scope}/{name}/preferences", params = "save")
    String save(
            @PathVariable String scope,
            @PathVariable String name,
            HttpServletRequest request,
            HttpServletResponse response,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        var form = Filled.of(request, List.copyOf(ASKED.keySet()));
        var ref = Ref.of(scope, name);
        check(ref, caller);
        return kept(ref, form, acting.put(Service.NOTIFIER, said(ref), form.values(), caller), response, caller, model);
    }

    /// Leaves all of it to the descriptor again.
    @PostMapping(value = "/teams/{scope}/{name}/preferences", params = "forget")
    String forget(
            @PathVariable String scope,
            @PathVariable String name,
            HttpServletResponse response,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        var ref = Ref.of(scope, name);
        check(ref, caller);
        return kept(ref, NOTHING, acting.delete(Service.NOTIFIER, said(ref), null, caller), response, caller, model);
    }

    private String kept(
            String ref, Filled form, Answer answer, HttpServletResponse response, Caller caller, Model model) {
        if (answer instanceof Answer.Done) {
            return "redirect:" + Done.PREFERRED.on(Link.to("/teams/" + words.path(ref) + "/preferences"));
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return show(ref, form.after(answer), caller, model);
    }

    private String said(String ref) {
        return owner(ref) + "/preferences";
    }

    private static boolean has(Own own, String address) {
        return own.destinations.stream().anyMatch(it -> address.equals(it.address) && !it.from.equals("fallback"));
    }

    private String show(String ref, Filled form, Caller caller, Model model) {
        model.addAttribute("ref", ref);
        model.addAttribute("own", null);
        model.addAttribute("mine", isOf(ref, caller));
        var answer = acting.get(Service.NOTIFIER, owner(ref), caller);
        var states = answer instanceof Answer.Done ? acting.get(Service.NOTIFIER, "/v1/destinations", caller) : answer;
        if (answer instanceof Answer.Done(var own) && states instanceof Answer.Done(var all)) {
            var read = Json.read(own, Own.class);
            model.addAttribute("own", read);
            model.addAttribute(
                    "destinations", shown(read, List.of(Json.read(all.path("destinations"), State[].class)), caller));
        }
        if (answer instanceof Answer.Done(var own) && form.values().isEmpty()) {
            form = filled(Json.read(own, Own.class), form);
        }
        model.addAttribute("form", states instanceof Answer.Done ? form : form.after(states));
        return "preferences";
    }

    private static Filled filled(Own own, Filled form) {
        var filled = form;
        for (var it : own.preferences) {
            filled = filled.with(it.name, it.page == null ? "" : it.page);
        }
        return filled;
    }

    private List<Shown> shown(Own own, List<State> states, Caller caller) {
        var shown = new ArrayList<Shown>();
        for (var place : own.destinations) {
            var state = states.stream()
                    .filter(it -> it.name.equals(place.name) && it.channel.equals(place.channel))
                    .findFirst();
            shown.add(new Shown(place, state.orElse(null), noMail(place, caller)));
        }
        return shown;
    }

    private @Nullable Wish noMail(Place place, Caller caller) {
        return Optional.ofNullable(place.address)
                .map(it -> acting.get(Service.NOTIFIER, unsubscribed(it), caller))
                .map(it -> it instanceof Answer.Done(var body) ? Json.read(body, Wish.class) : null)
                .filter(Wish::unsubscribed)
                .orElse(null);
    }

    private String owner(String ref) {
        return "/v1/owners/"
                + String.join(
                        "/",
                        Arrays.stream(ref.split("/", 2)).map(words::segment).toList());
    }

    private static String unsubscribed(String address) {
        return "/v1/unsubscribed?address=" + UriUtils.encode(address, UTF_8);
    }

    /// The notifier asks for a member of any team that is told there; here one acts for the team of the
    /// page.
    private static void check(String ref, Caller caller) {
        if (!isOf(ref, caller)) {
            throw Problem.of(ProblemType.FORBIDDEN, "This takes the role admin, or to be a member of " + ref)
                    .asException();
        }
    }

    private static boolean isOf(String ref, Caller caller) {
        return caller.isAdmin() || (caller.isEditor() && caller.groups().contains(ref));
    }
}

package dev.muster.ingest.waiver;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.ingest.declared.Declarations;
import dev.muster.ingest.owner.Owners;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.StepKind;
import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import dev.muster.service.UnreadableJsonException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/v1/exemptions`: asked for by the owners of an entity, decided by somebody else, over at a given time.
@RestController
@EnableConfigurationProperties(ExemptionSettings.class)
final class ExemptionController {

    private static final String KIND = "exemption";
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 2_000;
    private static final int LONGEST_FINDING = 300;
    private static final Set<String> MEMBERS = Set.of("entity", "rule", "scorecard", "finding", "reason", "expires");
    private static final List<String> STATES = List.of("requested", "approved", "denied", "revoked");

    private final Declarations<Exemption> exemptions;
    private final RuleBook rules;
    private final Accepted accepted;
    private final Requests requests;
    private final ExemptionSettings settings;

    ExemptionController(
            Declarations<Exemption> exemptions,
            RuleBook rules,
            Accepted accepted,
            Requests requests,
            ExemptionSettings settings) {
        this.exemptions = exemptions;
        this.rules = rules;
        this.accepted = accepted;
        this.requests = requests;
        this.settings = settings;
    }

    /// An exemption as answers show it.
    ///
    /// @param active approved, and not over
    /// @param steps all that was done to it, the oldest first
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String id,
            String entity,
            String rule,
            @Nullable String scorecard,
            @Nullable String finding,
            String reason,
            String state,
            boolean active,
            String requestedBy,
            Instant expires,
            List<Steps.View> steps) {

        static View of(Exemption it, Instant now) {
            var state = Steps.state(it.getSteps());
            return new View(
                    it.getId(),
                    it.getEntity(),
                    it.getRule(),
                    it.getScorecard(),
                    it.getFinding(),
                    it.getReason(),
                    state,
                    state.equals("approved") && it.getExpiresAt().isAfter(now),
                    it.getSteps().getFirst().getActor(),
                    it.getExpiresAt(),
                    Steps.views(it.getSteps()));
        }
    }

    /// Asks for an exemption: `{"entity", "rule", "reason", "expires"}`, with `finding` for one finding only, and
    /// `scorecard` for one scorecard only.
    @PostMapping("/v1/exemptions")
    ResponseEntity<View> request(@AuthenticationPrincipal Caller caller, HttpServletRequest request)
            throws IOException, UnreadableJsonException {
        var form = requests.form(request, MEMBERS);
        var asked = requests.counted(KIND, () -> {
            var made = read(form, caller);
            return exemptions.change(_ -> accepted.decision(made));
        });
        return ResponseEntity.created(URI.create("/v1/exemptions/" + asked.getId()))
                .body(View.of(asked, requests.now()));
    }

    private Exemption read(Form form, Caller caller) {
        var now = requests.now();
        var meant = rules.read(form);
        var finding = form.optional("finding", LONGEST_FINDING);
        var reason = form.text("reason", SHORTEST_REASON, LONGEST_REASON);
        var end = form.end(now);
        end.ifPresent(it -> form.checkLength(it, now, settings.longest(), "an exemption"));
        form.check();
        var entity = meant.orElseThrow().entity();
        if (!caller.isAdmin() && !Owners.has(entity, caller)) {
            throw Requests.forbidden(
                    "To ask for this exemption takes the role admin, or to be a member of " + Owners.named(entity));
        }
        return Exemption.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setEntity(entity.getRef())
                .setRule(meant.get().rule())
                .setScorecard(meant.get().scorecard().orElse(null))
                .setFinding(finding.orElse(null))
                .setReason(reason.orElseThrow())
                .setExpiresAt(end.orElseThrow())
                .setSteps(Steps.first(StepKind.REQUESTED, caller, now, Optional.empty()))
                .build();
    }

    @PostMapping("/v1/exemptions/{id}/approve")
    View approve(@PathVariable String id, @AuthenticationPrincipal Caller caller, HttpServletRequest request)
            throws IOException, UnreadableJsonException {
        return step(id, StepKind.APPROVED, caller, requests.comment(request));
    }

    @PostMapping("/v1/exemptions/{id}/deny")
    View deny(@PathVariable String id, @AuthenticationPrincipal Caller caller, HttpServletRequest request)
            throws IOException, UnreadableJsonException {
        return step(id, StepKind.DENIED, caller, requests.comment(request));
    }

    @PostMapping("/v1/exemptions/{id}/revoke")
    View revoke(@PathVariable String id, @AuthenticationPrincipal Caller caller, HttpServletRequest request)
            throws IOException, UnreadableJsonException {
        return step(id, StepKind.REVOKED, caller, requests.comment(request));
    }

    private View step(String id, StepKind kind, Caller caller, Optional<String> comment) {
        var after = requests.counted(
                KIND,
                () -> exemptions.change(current -> accepted.decision(
                        Exemptions.after(known(current, id), kind, caller, requests.now(), comment))));
        return View.of(after, requests.now());
    }

    private static Exemption known(Map<String, Exemption> current, String id) {
        var known = current.get(id);
        if (known == null) {
            throw Requests.notFound("No exemption has this id");
        }
        return known;
    }

    @GetMapping("/v1/exemptions/{id}")
    View get(@PathVariable String id) {
        return View.of(known(exemptions.current(), id), requests.now());
    }

    /// Lists exemptions, what was touched last first.
    ///
    /// @param entity only those of this entity
    /// @param state only those that stand so: requested, approved, denied or revoked
    /// @param rule only those from the rule with this id
    @GetMapping("/v1/exemptions")
    Map<String, List<View>> list(
            @RequestParam(required = false) @Nullable String entity,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String rule) {
        var ref = Requests.ref(entity);
        if (state != null && !STATES.contains(state)) {
            throw Problem.of(ProblemType.MALFORMED_REQUEST, "'state' is one of " + String.join(", ", STATES))
                    .asException();
        }
        var now = requests.now();
        return Map.of(
                "exemptions",
                exemptions.current().values().stream()
                        .filter(it -> ref == null || ref.equals(it.getEntity()))
                        .filter(it -> rule == null || rule.equals(it.getRule()))
                        .filter(it -> state == null || state.equals(Steps.state(it.getSteps())))
                        .sorted(Comparator.comparing((Exemption it) ->
                                        it.getSteps().getLast().getAt())
                                .reversed()
                                .thenComparing(Exemption::getId))
                        .map(it -> View.of(it, now))
                        .toList());
    }
}

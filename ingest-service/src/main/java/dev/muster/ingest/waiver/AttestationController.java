package dev.muster.ingest.waiver;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.ingest.declared.Declarations;
import dev.muster.schemas.v1.Attestation;
import dev.muster.schemas.v1.Entity;
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
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/v1/attestations`: a person says, with evidence and for a time, that a rule is met. The rule's terms say who may.
@RestController
final class AttestationController {

    private static final String KIND = "attestation";
    private static final Set<String> MEMBERS = Set.of("entity", "rule", "scorecard", "evidence", "expires", "note");

    private final Declarations<Attestation> attestations;
    private final RuleBook rules;
    private final Accepted accepted;
    private final Requests requests;

    AttestationController(
            Declarations<Attestation> attestations, RuleBook rules, Accepted accepted, Requests requests) {
        this.attestations = attestations;
        this.rules = rules;
        this.accepted = accepted;
        this.requests = requests;
    }

    /// An attestation as answers show it.
    ///
    /// @param state attested or withdrawn
    /// @param active attested, and not over
    /// @param steps all that was done to it, the oldest first
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String id,
            String entity,
            String rule,
            @Nullable String scorecard,
            String evidence,
            @Nullable String note,
            String state,
            boolean active,
            String by,
            Instant at,
            Instant expires,
            List<Steps.View> steps) {

        static View of(Attestation it, Instant now) {
            var first = it.getSteps().getFirst();
            return new View(
                    it.getId(),
                    it.getEntity(),
                    it.getRule(),
                    it.getScorecard(),
                    it.getEvidence(),
                    first.getComment(),
                    Steps.state(it.getSteps()),
                    !isWithdrawn(it) && it.getExpiresAt().isAfter(now),
                    first.getActor(),
                    first.getAt(),
                    it.getExpiresAt(),
                    Steps.views(it.getSteps()));
        }
    }

    private static boolean isWithdrawn(Attestation it) {
        return it.getSteps().getLast().getKind() == StepKind.WITHDRAWN;
    }

    /// Attests a rule: `{"entity", "rule", "evidence", "expires"}`, with `scorecard` for one scorecard only, and a
    /// `note`.
    @PostMapping("/v1/attestations")
    ResponseEntity<View> attest(@AuthenticationPrincipal Caller caller, HttpServletRequest request)
            throws IOException, UnreadableJsonException {
        var form = requests.form(request, MEMBERS);
        var attested = requests.counted(KIND, () -> {
            var made = read(form, caller);
            return attestations.change(_ -> accepted.decision(made));
        });
        return ResponseEntity.created(URI.create("/v1/attestations/" + attested.getId()))
                .body(View.of(attested, requests.now()));
    }

    private Attestation read(Form form, Caller caller) {
        var now = requests.now();
        var meant = rules.read(form);
        var evidence = form.text("evidence", 1, Evidence.MAX_LENGTH);
        evidence.flatMap(Evidence::mistakeIn).ifPresent(it -> form.mistake("evidence", it));
        var note = form.optional("note", Steps.MAX_COMMENT);
        var end = form.end(now);
        meant.map(it -> new Attesting(it.terms()))
                .ifPresent(attesting -> end.ifPresent(
                        it -> form.checkLength(it, now, attesting.period(), "an attestation of this rule")));
        form.check();
        var entity = meant.orElseThrow().entity();
        checkCaller(new Attesting(meant.get().terms()), entity, caller, "attest this rule");
        return Attestation.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setEntity(entity.getRef())
                .setRule(meant.get().rule())
                .setScorecard(meant.get().scorecard().orElse(null))
                .setEvidence(evidence.orElseThrow())
                .setExpiresAt(end.orElseThrow())
                .setSteps(Steps.first(StepKind.ATTESTED, caller, now, note))
                .build();
    }

    private static void checkCaller(Attesting attesting, Entity entity, Caller caller, String what) {
        if (!attesting.isFor(caller, entity)) {
            throw Requests.forbidden("To " + what + " takes " + attesting.named(entity));
        }
    }

    /// Takes an attestation back: for whoever gave it, and for those who may attest the rule.
    @DeleteMapping("/v1/attestations/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(@PathVariable String id, @AuthenticationPrincipal Caller caller, HttpServletRequest request)
            throws IOException, UnreadableJsonException {
        var comment = requests.comment(request);
        requests.counted(
                KIND,
                () -> attestations.change(current -> {
                    var known = known(current, id);
                    checkMayWithdraw(known, caller);
                    if (isWithdrawn(known)) {
                        throw Problem.of(ProblemType.CONFLICT, "The attestation is withdrawn already")
                                .with("state", "withdrawn")
                                .asException();
                    }
                    return accepted.decision(Attestation.newBuilder(known)
                            .setSteps(Steps.and(known.getSteps(), StepKind.WITHDRAWN, caller, requests.now(), comment))
                            .build());
                }));
    }

    private void checkMayWithdraw(Attestation known, Caller caller) {
        if (caller.isAdmin() || known.getSteps().getFirst().getActor().equals(caller.name())) {
            return;
        }
        var entity = rules.entity(known.getEntity());
        var terms = entity.map(it -> rules.terms(it, known.getRule(), known.getScorecard()))
                .orElse(List.of());
        if (entity.isEmpty() || terms.isEmpty()) {
            throw Requests.forbidden(
                    "The rule or the entity is gone: to withdraw the attestation takes the role admin, "
                            + "or to have given it");
        }
        checkCaller(new Attesting(terms), entity.get(), caller, "withdraw this attestation");
    }

    private static Attestation known(Map<String, Attestation> current, String id) {
        var known = current.get(id);
        if (known == null) {
            throw Requests.notFound("No attestation has this id");
        }
        return known;
    }

    @GetMapping("/v1/attestations/{id}")
    View get(@PathVariable String id) {
        return View.of(known(attestations.current(), id), requests.now());
    }

    /// Lists attestations, what was touched last first; withdrawn ones and those that are over, too.
    ///
    /// @param entity only those of this entity
    /// @param rule only those of the rule with this id
    @GetMapping("/v1/attestations")
    Map<String, List<View>> list(
            @RequestParam(required = false) @Nullable String entity,
            @RequestParam(required = false) @Nullable String rule) {
        var ref = Requests.ref(entity);
        var now = requests.now();
        return Map.of(
                "attestations",
                attestations.current().values().stream()
                        .filter(it -> ref == null || ref.equals(it.getEntity()))
                        .filter(it -> rule == null || rule.equals(it.getRule()))
                        .sorted(Comparator.comparing((Attestation it) ->
                                        it.getSteps().getLast().getAt())
                                .reversed()
                                .thenComparing(Attestation::getId))
                        .map(it -> View.of(it, now))
                        .toList());
    }
}

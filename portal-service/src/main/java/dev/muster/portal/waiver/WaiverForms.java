package dev.muster.portal.waiver;

import dev.muster.portal.acting.Acting;
import dev.muster.portal.acting.Acting.Service;
import dev.muster.portal.acting.Answer;
import dev.muster.portal.acting.Filled;
import dev.muster.portal.page.Done;
import dev.muster.portal.page.Link;
import dev.muster.portal.page.Unknown;
import dev.muster.portal.page.Words;
import dev.muster.service.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Asking for an exemption, attesting a rule, and deciding: forms whose wishes ingest fulfils or refuses.
@Controller
class WaiverForms {

    private static final List<String> ASKED =
            List.of("entity", "rule", "scorecard", "only", "finding", "reason", "expires");
    private static final List<String> ATTESTED =
            List.of("entity", "rule", "scorecard", "only", "evidence", "expires", "note");
    private static final List<String> DECIDED = List.of("comment");
    private static final int MOST_FINDINGS = 20;

    private final Acting acting;
    private final Waivers waivers;
    private final Words words;

    WaiverForms(Acting acting, Waivers waivers, Words words) {
        this.acting = acting;
        this.waivers = waivers;
        this.words = words;
    }

    @GetMapping("/exemptions/new")
    String ask(HttpServletRequest request, Model model) {
        return show("exemption-new", Filled.of(request, ASKED), model);
    }

    /// Asks for one exemption for each finding, or for one of the whole rule. When one of several is
    /// refused, those before it stay, and the form has the others.
    @PostMapping("/exemptions/new")
    String ask(
            HttpServletRequest request,
            HttpServletResponse response,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        var form = Filled.of(request, ASKED);
        var findings = new ArrayList<@Nullable String>(
                Arrays.stream(form.value("finding").split("[\\n,]", -1))
                        .map(String::strip)
                        .filter(it -> !it.isEmpty())
                        .distinct()
                        .toList());
        if (findings.size() > MOST_FINDINGS) {
            return again(
                    "exemption-new",
                    form.wrong(
                            "finding", "are %d; ask for %d at once at most".formatted(findings.size(), MOST_FINDINGS)),
                    response,
                    model);
        }
        if (findings.isEmpty()) {
            findings.add(null);
        }
        for (int i = 0; i < findings.size(); i++) {
            var answer = acting.post(Service.INGEST, "/v1/exemptions", exemption(form, findings.get(i)), caller);
            if (!(answer instanceof Answer.Done)) {
                model.addAttribute("asked", i);
                var left =
                        i == 0 ? form : form.with("finding", String.join("\n", findings.subList(i, findings.size())));
                return again("exemption-new", left.after(answer), response, model);
            }
        }
        return toEntity(form, Done.REQUESTED);
    }

    private static Map<String, Object> exemption(Filled form, @Nullable String finding) {
        var body = about(form);
        if (finding != null) {
            body.put("finding", finding);
        }
        put(body, form, "reason");
        return body;
    }

    @GetMapping("/attestations/new")
    String attest(HttpServletRequest request, Model model) {
        return show("attestation-new", Filled.of(request, ATTESTED), model);
    }

    @PostMapping("/attestations/new")
    String attest(
            HttpServletRequest request,
            HttpServletResponse response,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        var form = Filled.of(request, ATTESTED);
        var body = about(form);
        put(body, form, "evidence");
        put(body, form, "note");
        var answer = acting.post(Service.INGEST, "/v1/attestations", body, caller);
        return answer instanceof Answer.Done
                ? toEntity(form, Done.ATTESTED)
                : again("attestation-new", form.after(answer), response, model);
    }

    private static Map<String, Object> about(Filled form) {
        var body = new LinkedHashMap<String, Object>();
        put(body, form, "entity");
        put(body, form, "rule");
        if (!form.value("only").isEmpty()) {
            put(body, form, "scorecard");
        }
        put(body, form, "expires");
        return body;
    }

    /// What was left out is said by ingest.
    private static void put(Map<String, Object> body, Filled form, String field) {
        if (!form.value(field).isEmpty()) {
            body.put(field, form.value(field));
        }
    }

    @GetMapping("/exemptions/{id}")
    String exemption(
            @PathVariable String id,
            HttpServletRequest request,
            @AuthenticationPrincipal @Nullable Caller caller,
            Model model) {
        return show(known(ExemptionProjection.KIND, id), Filled.of(request, DECIDED), caller, model);
    }

    @GetMapping("/attestations/{id}")
    String attestation(
            @PathVariable String id,
            HttpServletRequest request,
            @AuthenticationPrincipal @Nullable Caller caller,
            Model model) {
        return show(known(AttestationProjection.KIND, id), Filled.of(request, DECIDED), caller, model);
    }

    /// What somebody decides.
    enum Decision {
        approve(Done.APPROVED),
        deny(Done.DENIED),
        revoke(Done.REVOKED);

        private final Done done;

        Decision(Done done) {
            this.done = done;
        }
    }

    @PostMapping("/exemptions/{id}")
    String decide(
            @PathVariable String id,
            @RequestParam Decision decision,
            HttpServletRequest request,
            HttpServletResponse response,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        var exemption = known(ExemptionProjection.KIND, id);
        var form = Filled.of(request, DECIDED);
        var answer = acting.post(
                Service.INGEST,
                "/v1/exemptions/%s/%s".formatted(words.segment(id), decision.name()),
                comment(form),
                caller);
        if (answer instanceof Answer.Done) {
            return "redirect:" + decision.done.on(Link.to("/exemptions/" + words.segment(id)));
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return show(exemption, form.after(answer), caller, model);
    }

    @PostMapping("/attestations/{id}")
    String withdraw(
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        var attestation = known(AttestationProjection.KIND, id);
        var form = Filled.of(request, DECIDED);
        var answer = acting.delete(Service.INGEST, "/v1/attestations/" + words.segment(id), comment(form), caller);
        if (answer instanceof Answer.Done) {
            return "redirect:" + Done.WITHDRAWN.on(Link.to("/attestations/" + words.segment(id)));
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return show(attestation, form.after(answer), caller, model);
    }

    private static @Nullable Map<String, Object> comment(Filled form) {
        return form.value("comment").isEmpty() ? null : Map.of("comment", form.value("comment"));
    }

    private WaiverView known(String kind, String id) {
        return waivers.find(kind, id)
                .orElseThrow(
                        () -> Unknown.exception(kind.equals(ExemptionProjection.KIND) ? "exemption" : "attestation"));
    }

    private static String show(WaiverView it, Filled form, @Nullable Caller caller, Model model) {
        model.addAttribute("it", it);
        model.addAttribute("may", new May(caller));
        return show("waiver", form, model);
    }

    private static String show(String template, Filled form, Model model) {
        model.addAttribute("form", form);
        return template;
    }

    private static String again(String template, Filled form, HttpServletResponse response, Model model) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return show(template, form, model);
    }

    private String toEntity(Filled form, Done done) {
        var page = Link.to(words.page(form.value("entity"))).with("scorecard", form.value("scorecard"));
        return "redirect:" + done.on(page) + "#waivers";
    }
}

package dev.muster.portal.silence;

import dev.muster.portal.acting.Acting;
import dev.muster.portal.acting.Acting.Service;
import dev.muster.portal.acting.Answer;
import dev.muster.portal.acting.Filled;
import dev.muster.portal.page.Done;
import dev.muster.portal.page.Link;
import dev.muster.portal.page.Words;
import dev.muster.portal.paging.Sort;
import dev.muster.service.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// `/silences`: what is silenced, by whom and why; making one, and ending one. For those who have a role:
/// the notifier is asked in their name.
@Controller
class SilencePage {

    /// Fields of the form that every silence may need, and those that few do.
    private static final List<String> USUAL = List.of("entity", "owner", "scorecard", "rule");

    private static final List<String> SELDOM = List.of("kind", "tier", "tag", "ruleLevel", "level", "lost", "source");
    private static final String MATCHERS = "matchers";
    private static final List<String> FIELDS = Stream.of(
                    USUAL.stream().map(SilencePage::input),
                    SELDOM.stream().map(SilencePage::input),
                    Stream.of("reason", "startsAt", "endsAt"))
            .flatMap(it -> it)
            .toList();

    private final Acting acting;
    private final Words words;

    SilencePage(Acting acting, Words words) {
        this.acting = acting;
        this.words = words;
    }

    /// What silences to show.
    enum Which {
        /// Those that hold back now, and those to come.
        now,
        /// Those that are over.
        past
    }

    @GetMapping("/silences")
    String page(
            @RequestParam(defaultValue = "now") Which show,
            @RequestParam(required = false) @Nullable String sort,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        return list(show, SilenceView.sort(sort), new Filled(Map.of(), Map.of(), null), caller, model);
    }

    private String list(Which show, Sort sort, Filled form, Caller caller, Model model) {
        var answer = acting.get(Service.NOTIFIER, "/api/v1/silences", caller);
        model.addAttribute("show", show);
        model.addAttribute("sort", sort);
        model.addAttribute("editor", caller.isEditor());
        if (answer instanceof Answer.Done(var body)) {
            model.addAttribute(
                    "silences",
                    SilenceView.listOf(body).stream()
                            .filter(it -> it.isOver() == (show == Which.past))
                            .sorted(SilenceView.order(sort))
                            .toList());
        }
        model.addAttribute("form", answer instanceof Answer.Done ? form : form.after(answer));
        return "silences";
    }

    /// The form; its address may fill it: `?entity=…&rule=…`.
    @GetMapping("/silences/new")
    String ask(HttpServletRequest request, Model model) {
        var form = Filled.of(request, FIELDS);
        for (var field : Stream.concat(USUAL.stream(), SELDOM.stream()).toList()) {
            var given = request.getParameter(field);
            if (given != null) {
                form = form.with(input(field), given);
            }
        }
        return show(form, model);
    }

    @PostMapping("/silences/new")
    String make(
            HttpServletRequest request,
            HttpServletResponse response,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        var form = Filled.of(request, FIELDS);
        var answer = acting.post(Service.NOTIFIER, "/api/v1/silences", silence(form), caller);
        if (answer instanceof Answer.Done) {
            return "redirect:" + Done.SILENCED.on(Link.to("/silences"));
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return show(form.after(answer), model);
    }

    private static String show(Filled form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("usual", USUAL);
        model.addAttribute("seldom", SELDOM);
        model.addAttribute(
                "more",
                SELDOM.stream().anyMatch(it -> !form.value(input(it)).isEmpty() || form.mistake(input(it)) != null));
        return "silence-new";
    }

    private static String input(String field) {
        return MATCHERS + "." + field;
    }

    private static Map<String, Object> silence(Filled form) {
        var matchers = new LinkedHashMap<String, Object>();
        Stream.concat(USUAL.stream(), SELDOM.stream()).forEach(field -> {
            var values = Arrays.stream(form.value(input(field)).split("[,\\n]", -1))
                    .map(String::strip)
                    .filter(it -> !it.isEmpty())
                    .toList();
            if (!values.isEmpty()) {
                matchers.put(field, values);
            }
        });
        var body = new LinkedHashMap<String, Object>();
        body.put(MATCHERS, matchers);
        body.put("reason", form.value("reason"));
        if (!form.value("startsAt").isEmpty()) {
            body.put("startsAt", instant(form.value("startsAt")));
        }
        body.put("endsAt", instant(form.value("endsAt")));
        return body;
    }

    /// As the notifier reads it: the input of a browser names no offset and leaves out seconds that are zero.
    private static String instant(String text) {
        return text.matches("\\d{4,}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?") ? text + "Z" : text;
    }

    @PostMapping("/silences/{id}/end")
    String end(
            @PathVariable String id,
            HttpServletResponse response,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        var answer = acting.delete(Service.NOTIFIER, "/api/v1/silences/" + words.segment(id), null, caller);
        if (answer instanceof Answer.Done) {
            return "redirect:" + Done.ENDED.on(Link.to("/silences"));
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("here", Link.to("/silences"));
        return list(
                Which.now, SilenceView.sort(null), new Filled(Map.of(), Map.of(), null).after(answer), caller, model);
    }
}

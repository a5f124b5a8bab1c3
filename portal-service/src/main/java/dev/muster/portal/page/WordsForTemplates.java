package dev.muster.portal.page;

import dev.muster.portal.PortalSettings;
import dev.muster.portal.projection.CatchUp;
import dev.muster.service.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/// Gives every template its words, its own address and who looks at it. As a part of the model, because
/// templates may not name beans where they make attributes.
@ControllerAdvice(annotations = Controller.class)
class WordsForTemplates {

    private final Words words;
    private final InstantSource clock;
    private final CatchUp catchUp;
    private final Duration kept;

    WordsForTemplates(Words words, InstantSource clock, CatchUp catchUp, PortalSettings settings) {
        this.words = words;
        this.catchUp = catchUp;
        this.clock = clock;
        this.kept = settings.keep().transitions();
    }

    @ModelAttribute("theme")
    @Nullable
    String theme(@CookieValue(name = Theme.COOKIE, required = false) @Nullable String chosen) {
        return Theme.of(chosen);
    }

    @ModelAttribute("when")
    When when(@RequestParam(required = false) @Nullable String asOf) {
        return When.read(asOf, clock.instant(), kept);
    }

    @ModelAttribute("words")
    Words words() {
        return words;
    }

    /// Who looks at the page; null for somebody who did not sign in.
    @ModelAttribute("caller")
    @Nullable
    Caller caller(@AuthenticationPrincipal @Nullable Caller caller) {
        return caller;
    }

    /// What the page says first, because it was done just before; null usually.
    @ModelAttribute("done")
    @Nullable
    String done(HttpServletRequest request) {
        return Done.text(request);
    }

    /// What the page says when it may not show all that has happened; null usually.
    @ModelAttribute("behind")
    @Nullable
    String behind() {
        return Behind.text(catchUp.done(), catchUp.behind());
    }

    /// The address of the page, without parameters that say nothing.
    @ModelAttribute("here")
    Link here(HttpServletRequest request) {
        var parameters = new LinkedHashMap<String, String>();
        request.getParameterMap().forEach((name, values) -> {
            if (values.length > 0 && !values[0].isBlank() && !Done.isParameter(name)) {
                parameters.put(name, values[0]);
            }
        });
        return new Link(request.getRequestURI(), parameters);
    }
}

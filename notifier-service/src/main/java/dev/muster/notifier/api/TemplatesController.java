package dev.muster.notifier.api;

import dev.muster.notifier.metrics.NotifierMetrics;
import dev.muster.notifier.template.Templates;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /v1/templates`: what is wrong with templates that are not in use because of it.
@RestController
class TemplatesController {

    private final Templates templates;

    TemplatesController(Templates templates, NotifierMetrics metrics) {
        this.templates = templates;
        metrics.refusedTemplates(() -> templates.mistakes().isPresent());
    }

    /// @param mistakes null when all files are in use
    record InUse(@Nullable String mistakes) {}

    @GetMapping("/v1/templates")
    InUse templates() {
        return new InUse(templates.mistakes().orElse(null));
    }
}

package dev.muster.notifier.api;

import dev.muster.notifier.pipeline.OwnSettings;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// `GET /v1/owners/{ref}`: how an owner such as `group:default/payments` is told, and what says so.
@RestController
class OwnersController {

    private final OwnSettings settings;

    OwnersController(OwnSettings settings) {
        this.settings = settings;
    }

    @GetMapping("/v1/owners/{scope}/{name}")
    OwnSettings.View owner(@PathVariable String scope, @PathVariable String name) {
        return settings.of(scope + "/" + name);
    }
}

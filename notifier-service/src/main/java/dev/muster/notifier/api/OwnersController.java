package dev.muster.notifier.api;

import dev.muster.notifier.pipeline.Members;
import dev.muster.notifier.pipeline.OwnSettings;
import dev.muster.notifier.pipeline.PipelineSettings;
import dev.muster.notifier.pipeline.PreferenceForm;
import dev.muster.notifier.preference.Preferences;
import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import dev.muster.service.StrictJson;
import dev.muster.service.UnreadableJsonException;
import java.util.Map;
import java.util.Set;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// `GET /v1/owners/{ref}`: how an owner such as `group:default/payments` is told, and what says so.
/// `PUT /v1/owners/{ref}/preferences` says it in place of annotations, all of it at once; `DELETE` leaves
/// it to them again. Both take a member of the team, or an admin; of two that come at once the last one
/// counts.
@RestController
class OwnersController {

    private final OwnSettings settings;
    private final Preferences preferences;
    private final PipelineSettings pipeline;
    private final Members members;
    private final StrictJson json = StrictJson.withDefaults();

    OwnersController(OwnSettings settings, Preferences preferences, PipelineSettings pipeline, Members members) {
        this.settings = settings;
        this.preferences = preferences;
        this.pipeline = pipeline;
        this.members = members;
    }

    @GetMapping("/v1/owners/{scope}/{name}")
    OwnSettings.View owner(@PathVariable String scope, @PathVariable String name) {
        return settings.of(scope + "/" + name);
    }

    @PutMapping("/v1/owners/{scope}/{name}/preferences")
    OwnSettings.View say(
            @PathVariable String scope,
            @PathVariable String name,
            @RequestBody byte[] body,
            @AuthenticationPrincipal Caller caller)
            throws UnreadableJsonException {
        var owner = scope + "/" + name;
        members.actsFor(Set.of(owner), caller);
        var said = PreferenceForm.read(json.read(body), pipeline.channels());
        if (!settings.of(owner).known()) {
            throw Problem.of(
                            ProblemType.NOT_FOUND,
                            "The catalogue has no such owner. Apply a descriptor with kind: Group first.")
                    .asException();
        }
        preferences.say(owner, said, caller.name());
        return settings.of(owner);
    }

    @DeleteMapping("/v1/owners/{scope}/{name}/preferences")
    OwnSettings.View forget(
            @PathVariable String scope, @PathVariable String name, @AuthenticationPrincipal Caller caller) {
        var owner = scope + "/" + name;
        members.actsFor(Set.of(owner), caller);
        preferences.say(owner, Map.of(), caller.name());
        return settings.of(owner);
    }
}

package dev.muster.sample;

import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemError;
import dev.muster.service.ProblemType;
import dev.muster.service.Role;
import dev.muster.service.SecurityRules;
import dev.muster.service.StrictJson;
import dev.muster.service.Traces;
import dev.muster.service.UnreadableJsonException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@SpringBootConfiguration
@EnableAutoConfiguration
@Import(Sample.Calls.class)
public class Sample {

    @Bean
    SecurityRules adminsOnly() {
        return rules -> rules.requestMatchers("/admin/**").hasRole(Role.ADMIN.name());
    }

    /// @param name of it
    /// @param count of it
    public record Thing(@NotBlank String name, @Min(1) int count) {}

    @RestController
    static class Calls {

        private final StrictJson json;
        private final Traces traces;

        Calls(StrictJson json, Traces traces) {
            this.json = json;
            this.traces = traces;
        }

        @GetMapping("/open/trace")
        String trace() {
            return String.valueOf(traces.current());
        }

        @GetMapping("/me")
        Map<String, String> me(@Nullable Principal caller) {
            return Map.of("name", caller == null ? "nobody" : caller.getName());
        }

        @GetMapping("/open/me")
        Map<String, String> open(@Nullable Principal caller) {
            return me(caller);
        }

        @GetMapping("/admin/me")
        Map<String, String> admin(Principal caller) {
            return me(caller);
        }

        @GetMapping("/caller")
        Map<String, Object> caller(@AuthenticationPrincipal Caller caller) {
            return new TreeMap<>(Map.of(
                    "admin",
                    caller.isAdmin(),
                    "duties",
                    new TreeSet<>(caller.duties()),
                    "groups",
                    new TreeSet<>(caller.groups()),
                    "name",
                    caller.name()));
        }

        @GetMapping("/open/things/{ref}/parts")
        Map<String, String> thing(@PathVariable String ref) {
            return Map.of("ref", ref);
        }

        @GetMapping("/open/number")
        int number(@RequestParam int n) {
            return n;
        }

        @PostMapping("/things")
        Thing things(@RequestBody @Valid Thing thing) {
            return thing;
        }

        @PostMapping("/open/things")
        Thing openThings(@RequestBody @Valid Thing thing) {
            return thing;
        }

        @PostMapping("/open/bytes")
        int bytes(InputStream body) throws IOException {
            return body.readAllBytes().length;
        }

        @PostMapping("/open/json")
        Map<String, @Nullable Object> json(@RequestBody byte[] body) throws UnreadableJsonException {
            return json.readObject(body);
        }

        @GetMapping("/open/mistakes")
        void mistakes() {
            throw Problem.of(ProblemType.INVALID_CONTENT, "two mistakes")
                    .withErrors(List.of(
                            new ProblemError("a.yaml", 3, 7, "spec.rules[0].check", "undeclared reference"),
                            ProblemError.at("spec.levels", "is missing")))
                    .asException();
        }

        @GetMapping("/open/broken")
        void broken() {
            throw new IllegalStateException("password is hunter2");
        }

        @GetMapping("/open/kafka")
        void kafka() {
            throw new TimeoutException("Expiring 1 record");
        }

        @PostMapping("/open/log")
        void log(@RequestBody String text) {
            LoggerFactory.getLogger(Sample.class).info("Got {}", text);
        }
    }
}

package dev.muster.portal.access;

import dev.muster.portal.PortalSettings;
import dev.muster.service.Caller;
import dev.muster.service.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/// `/login`, `/account` and `/api/v1/me`: signing in, and who one is.
@Controller
@Tag(name = "Account")
class AccountPage {

    private final PortalSettings settings;
    private final Optional<IdentityProvider> provider;

    AccountPage(PortalSettings settings, Optional<IdentityProvider> provider) {
        this.settings = settings;
        this.provider = provider;
    }

    @GetMapping("/login")
    String login(HttpServletRequest request, Model model) {
        model.addAttribute("message", Message.of(request));
        model.addAttribute("provider", provider.map(IdentityProvider::name).orElse(null));
        model.addAttribute("address", "/oauth2/authorization/" + IdentityProvider.ID);
        model.addAttribute("byToken", settings.tokenLogin());
        model.addAttribute("open", settings.anonymousRead());
        model.addAttribute(
                "endOfSession",
                Message.of(request) == Message.SIGNED_OUT
                        ? provider.flatMap(IdentityProvider::endOfSession).orElse(null)
                        : null);
        return "login";
    }

    @GetMapping("/account")
    String account(@AuthenticationPrincipal Caller caller, Model model) {
        model.addAttribute("me", Me.of(caller));
        return "account";
    }

    @GetMapping("/api/v1/me")
    @ResponseBody
    @Operation(summary = "Who calls: the name that is recorded, the role, and the teams")
    Me me(@AuthenticationPrincipal Caller caller) {
        return Me.of(caller);
    }

    /// Who calls.
    ///
    /// @param role the highest: viewer, editor or admin
    /// @param teams references of the groups that they are a member of
    /// @param duties what they may attest or approve beyond their teams
    record Me(String name, String role, List<String> teams, List<String> duties) {

        static Me of(Caller caller) {
            var role = Stream.of(Role.ADMIN, Role.EDITOR, Role.VIEWER)
                    .filter(caller.roles()::contains)
                    .findFirst()
                    .map(it -> it.name().toLowerCase(java.util.Locale.ROOT))
                    .orElse("none");
            return new Me(caller.name(), role, sorted(caller.groups()), sorted(caller.duties()));
        }

        private static List<String> sorted(java.util.Set<String> texts) {
            return texts.stream().sorted().collect(Collectors.toUnmodifiableList());
        }
    }

    /// What the page says first.
    enum Message {
        SIGNED_OUT("signed-out", "You are signed out of Muster."),
        WRONG_TOKEN("wrong-token", "Muster does not know this token. Look for blanks or a cut at its end."),
        NO_ROLE(
                "no-role",
                "You are known, but have no role here. Ask whoever runs Muster to add you to one of the groups that may read it."),
        FAILED("failed", "Signing in failed. Try it again; if it stays so, the log of the portal has the reason.");

        private final String parameter;
        private final String text;

        Message(String parameter, String text) {
            this.parameter = parameter;
            this.text = text;
        }

        public String text() {
            return text;
        }

        static @Nullable Message of(HttpServletRequest request) {
            return Stream.of(values())
                    .filter(it -> request.getParameterMap().containsKey(it.parameter))
                    .findFirst()
                    .orElse(null);
        }
    }
}

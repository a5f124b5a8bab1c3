package dev.muster.service;

import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/// What callers may do, however they proved who they are: what [SecurityRules] say, then reading as a viewer and
/// changing as an editor.
public final class RoleRules {

    private final List<SecurityRules> more;

    RoleRules(List<SecurityRules> more) {
        this.more = List.copyOf(more);
    }

    /// Ends the rules of a chain: nothing can be added behind them.
    public void apply(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules) {
        rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                .permitAll();
        more.forEach(each -> each.apply(rules));
        rules.requestMatchers(HttpMethod.GET).hasRole(Role.VIEWER.name());
        rules.requestMatchers(HttpMethod.HEAD).hasRole(Role.VIEWER.name());
        rules.anyRequest().hasRole(Role.EDITOR.name());
    }
}

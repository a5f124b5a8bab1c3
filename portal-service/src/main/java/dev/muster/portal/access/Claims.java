package dev.muster.portal.access;

import dev.muster.portal.PortalSettings;
import dev.muster.service.Caller;
import dev.muster.service.Role;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who a person is here, by what the identity provider says of them.
final class Claims {

    private static final Pattern REFERENCE =
            Pattern.compile("[a-z][a-z0-9]{0,62}:[a-z0-9][-a-z0-9_.]{0,62}/[a-z0-9][-a-z0-9_.]{0,62}");

    private final PortalSettings.Oidc settings;

    Claims(PortalSettings.Oidc settings) {
        this.settings = settings;
    }

    /// The caller; empty when the claims give no name or no role.
    Optional<Caller> caller(Map<String, Object> claims) {
        var name = values(claims, settings.nameClaim());
        var given = values(claims, settings.rolesClaim());
        var roles = roles(given);
        if (name.size() != 1 || name.getFirst().isBlank() || roles.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Caller(name.getFirst(), roles, groups(values(claims, settings.groupsClaim())), duties(given)));
    }

    private Set<String> duties(List<String> values) {
        return settings.duties().entrySet().stream()
                .filter(it -> meets(values, it.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<Role> roles(List<String> values) {
        var roles = EnumSet.noneOf(Role.class);
        if (settings.viewers().isEmpty() || meets(values, settings.viewers())) {
            roles.add(Role.VIEWER);
        }
        if (meets(values, settings.editors())) {
            roles.add(Role.EDITOR);
        }
        if (meets(values, settings.admins())) {
            roles.add(Role.ADMIN);
        }
        return roles;
    }

    private static boolean meets(List<String> values, Set<String> wanted) {
        return !Collections.disjoint(values, wanted);
    }

    /// Full references; what cannot be the name of a group is left out.
    private static Set<String> groups(List<String> values) {
        return values.stream()
                .map(it -> it.toLowerCase(Locale.ROOT).replaceFirst("^/", ""))
                .map(it -> it.contains(":") ? it : "group:default/" + it)
                .filter(it -> REFERENCE.matcher(it).matches())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Texts at a path, one or a list of them; what is of another type is left out.
    private static List<String> values(Map<String, Object> claims, String path) {
        @Nullable Object at = claims.get(path);
        if (at == null) {
            at = claims;
            for (var step : path.split("\\.", -1)) {
                at = at instanceof Map<?, ?> map ? map.get(step) : null;
            }
        }
        return switch (at) {
            case String text -> List.of(text);
            case Collection<?> many ->
                many.stream()
                        .filter(String.class::isInstance)
                        .map(it -> Objects.requireNonNull(it).toString())
                        .toList();
            case null, default -> List.of();
        };
    }
}

package dev.muster.service;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What may be called without a token.
///
/// @param openPaths patterns of paths such as `/badges/**`; an Authorization header that comes with them is not read
@ConfigurationProperties(value = "muster.security", ignoreUnknownFields = false)
record SecuritySettings(@DefaultValue List<String> openPaths) {

    SecuritySettings {
        openPaths = List.copyOf(openPaths);
        for (var path : openPaths) {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("muster.security.open-paths must begin with a slash: " + path);
            }
        }
    }
}

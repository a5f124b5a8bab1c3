package dev.muster.service;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits of what comes in over HTTP.
///
/// @param maxBody largest body of any request, counted while it is read; more is answered with 413
/// @param unpackingPaths patterns of paths where compressed bodies are unpacked; elsewhere they are
/// answered with 415
@ConfigurationProperties(value = "muster.http", ignoreUnknownFields = false)
record HttpSettings(
        @DefaultValue("25MB") DataSize maxBody,
        @DefaultValue List<String> unpackingPaths) {

    HttpSettings {
        if (maxBody.isNegative() || maxBody.toBytes() == 0) {
            throw new IllegalArgumentException("muster.http.max-body must be above zero");
        }
        unpackingPaths = List.copyOf(unpackingPaths);
        for (var path : unpackingPaths) {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("muster.http.unpacking-paths must begin with a slash: " + path);
            }
        }
    }
}

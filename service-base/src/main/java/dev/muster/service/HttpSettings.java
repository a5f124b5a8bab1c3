package dev.muster.service;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits of what comes in over HTTP.
///
/// @param maxBody largest body of any request, counted while it is read; more is answered with 413
@ConfigurationProperties(value = "muster.http", ignoreUnknownFields = false)
record HttpSettings(@DefaultValue("25MB") DataSize maxBody) {

    HttpSettings {
        if (maxBody.isNegative() || maxBody.toBytes() == 0) {
            throw new IllegalArgumentException("muster.http.max-body must be above zero");
        }
    }
}

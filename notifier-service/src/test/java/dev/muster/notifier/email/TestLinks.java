package dev.muster.notifier.email;

import java.net.URI;

/// Links that end mail, as a mail has them.
public record TestLinks(String root, String secret) {

    /// Path and query of the link in a mail to `address`.
    public String to(String address) {
        return UnsubscribeLinks.of(URI.create(root), secret).link(address).substring(root.length());
    }
}

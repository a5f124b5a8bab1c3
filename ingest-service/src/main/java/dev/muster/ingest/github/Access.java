package dev.muster.ingest.github;

import java.security.PrivateKey;

/// What lets Muster in. Never tells itself.
public sealed interface Access {

    /// A personal or fine-grained access token.
    record Token(String token) implements Access {

        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /// A GitHub App, which gets a token of an hour for each account that it is installed at.
    ///
    /// @param id application id or client id
    /// @param key RSA key that GitHub made for the app
    record App(String id, PrivateKey key) implements Access {

        @Override
        public String toString() {
            return "App[id=" + id + ", key=***]";
        }
    }
}

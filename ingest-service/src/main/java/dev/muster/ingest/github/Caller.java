package dev.muster.ingest.github;

/// As whom Muster asks.
public sealed interface Caller {

    /// As one who may see what belongs to an account.
    ///
    /// @param login of the organisation or user
    record Within(String login) implements Caller {}

    /// As the app itself, for what is about the app. A token cannot.
    record TheApp() implements Caller {}
}

package dev.muster.notifier.silence;

/// A link in a message that silences what it tells for a while.
///
/// @param span how long, such as `1 day`
/// @param link signed; to open it changes nothing
public record Snooze(String span, String link) {}

package dev.muster.notifier.silence;

import java.time.Duration;

/// What an operator may set for silences, checked.
///
/// @param longest how long one may last
public record SilenceSettings(Duration longest) {}

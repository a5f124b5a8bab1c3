package dev.muster.notifier.pipeline;

import java.time.Duration;

/// When something is taken for restless, checked.
///
/// @param changes changes of one rule, back and forth, from which on it is
/// @param within time in which they come, and in which none may come before it is steady again
/// @param longest how long it is held back at most
/// @param confirm age of a regression before which its recovery does not leave
public record FlapSettings(int changes, Duration within, Duration longest, Duration confirm) {}

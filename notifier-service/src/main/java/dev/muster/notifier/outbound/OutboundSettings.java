package dev.muster.notifier.outbound;

import java.time.Duration;

/// What an operator may set for calls out, checked.
///
/// @param allowed hosts that may be called
/// @param within how long a call may take from first to last byte
public record OutboundSettings(AllowedHosts allowed, Duration within) {}

package dev.muster.notifier.outbound;

import java.time.Duration;

/// What an operator may set for calls out, checked.
///
/// @param hosts hosts that may be called
/// @param addresses addresses that may be connected to
/// @param within how long a call may take from first to last byte
public record OutboundSettings(AllowedHosts hosts, AllowedAddresses addresses, Duration within) {}

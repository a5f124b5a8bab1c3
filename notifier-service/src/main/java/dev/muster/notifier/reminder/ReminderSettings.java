package dev.muster.notifier.reminder;

import java.time.Duration;

/// What an operator may set for reminders, checked.
///
/// @param attestations how long before an attestation ends; zero for never
/// @param exemptions how long before an exemption ends; zero for never
/// @param rules how long before a rule counts; zero for never
/// @param initiatives how long before an initiative is due; zero for never
/// @param connections whether connections that are silent are told of
/// @param groupWait how long a message gathers
public record ReminderSettings(
        Duration attestations,
        Duration exemptions,
        Duration rules,
        Duration initiatives,
        boolean connections,
        Duration groupWait) {}

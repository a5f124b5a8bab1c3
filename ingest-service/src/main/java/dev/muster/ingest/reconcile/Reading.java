package dev.muster.ingest.reconcile;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// Something that was read, in the form that the source definition maps.
///
/// @param event what it is
/// @param body what was read, with the host and `asOf`
/// @param sentAt when it was asked for, by our clock: its time of receipt
record Reading(String event, ObjectNode body, Instant sentAt) {

    /// Name of the source definition.
    static final String SOURCE = "github-api";
}

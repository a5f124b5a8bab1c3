package dev.muster.ingest.reconcile;

import dev.muster.ingest.github.Github;
import java.time.InstantSource;

/// What works for one connection share.
record Parts(
        String connection,
        ReconcileSettings settings,
        Github github,
        Readings readings,
        Progress progress,
        ReconcileMetrics metrics,
        InstantSource clock) {}

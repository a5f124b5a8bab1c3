package dev.muster.portal.live;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// What an event of the stream is about, by the name that it has there.
enum Kind {
    result,
    transition,
    entity,
    scorecard,
    initiative,
    receipt,
    delivery,
    connection,
    subject,
    deadLetter;

    /// What a client hears that names nothing. The others come with every delivery, and few pages show them.
    static final Set<Kind> USUAL = Collections.unmodifiableSet(EnumSet.range(result, receipt));
}

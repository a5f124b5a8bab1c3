package dev.muster.portal.projection;

import dev.muster.schemas.DeadLetterReason;

/// Where records go that cannot be used. Returns once they are safe there, or throws.
interface Rejected {

    void give(Recorded<byte[]> record, DeadLetterReason reason, String message);
}

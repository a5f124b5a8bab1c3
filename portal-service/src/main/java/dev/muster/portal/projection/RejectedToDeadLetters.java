package dev.muster.portal.projection;

import dev.muster.schemas.DeadLetterReason;
import dev.muster.service.DeadLetters;
import dev.muster.service.DeadRecord;
import org.springframework.stereotype.Component;

/// Keeps what cannot be projected on `muster.dead-letters.v1`.
@Component
class RejectedToDeadLetters implements Rejected {

    private final DeadLetters letters;

    RejectedToDeadLetters(DeadLetters letters) {
        this.letters = letters;
    }

    @Override
    @SuppressWarnings("NullAway") // both may be null there; arrays of other modules are not understood
    public void give(Recorded<byte[]> record, DeadLetterReason reason, String message) {
        var dead = new DeadRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.rawKey(),
                record.value(),
                record.headers());
        letters.publish(dead, "projection", reason, message);
    }
}

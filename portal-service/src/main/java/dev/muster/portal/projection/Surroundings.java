package dev.muster.portal.projection;

import dev.muster.portal.projection.ProjectionMetrics.Fate;
import dev.muster.schemas.DeadLetterReason;
import java.util.List;
import org.jooq.DSLContext;

/// What happens around writing rows, beside the rows.
interface Surroundings {

    /// Nobody looks at what is written.
    Surroundings NONE = new Surroundings() {
        @Override
        public void begin(DSLContext inside) {}

        @Override
        public void announce(DSLContext inside, Changes changes) {}

        @Override
        public void reject(Recorded<byte[]> record, DeadLetterReason reason, String message) {}

        @Override
        public void count(String topic, Fate fate, int records) {}

        @Override
        public void committed(List<Recorded<byte[]>> batch) {}
    };

    /// First in a transaction that writes.
    void begin(DSLContext inside);

    /// Last in it.
    void announce(DSLContext inside, Changes changes);

    void reject(Recorded<byte[]> record, DeadLetterReason reason, String message);

    void count(String topic, Fate fate, int records);

    void committed(List<Recorded<byte[]>> batch);
}

package dev.muster.portal.audit;

import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.AuditEntry;
import dev.muster.service.Caller;
import dev.muster.service.ReliableProducer;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/// Writes to the topic of the audit trail what somebody did to the portal itself, from where the log has it like all
/// else.
@Component
public class Trail {

    private static final String ABOUT = "portal";

    private final Topics topics;
    private final ReliableProducer producer;
    private final InstantSource clock;

    Trail(Topics topics, ReliableProducer producer, InstantSource clock) {
        this.topics = topics;
        this.producer = producer;
        this.clock = clock;
    }

    /// Returns once it is written.
    ///
    /// @param action such as `portal.rebuilt`
    /// @param id of what was done
    /// @param address that it came from
    public void tell(Caller caller, String action, String id, String address) {
        var now = clock.instant();
        var entry = AuditEntry.newBuilder()
                .setAt(now)
                .setActor(caller.name())
                .setAction(action)
                .setEntity(ABOUT)
                .setId(id)
                .setComment("from " + address)
                .setRequestId(id)
                .build();
        producer.sendAndWait(
                topics.audit(),
                ABOUT,
                entry,
                CloudEventHeaders.of(id, "/muster/portal", "dev.muster.audit.entry.v1", now, ABOUT, id));
    }
}

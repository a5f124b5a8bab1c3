package dev.muster.portal.projection;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.val;

import dev.muster.portal.PortalSettings;
import dev.muster.portal.readmodel.ReadModel.DeadLetter;
import dev.muster.portal.readmodel.ReadModel.Delivery;
import dev.muster.portal.readmodel.ReadModel.Receipt;
import dev.muster.portal.readmodel.ReadModel.Transition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Deletes history that is older than it is kept, in small steps that hold no lock for long.
@Component
class Retention {

    private static final int STEP = 5_000;

    private final DSLContext sql;
    private final PortalSettings.Keep keep;
    private final InstantSource clock;

    Retention(DSLContext sql, PortalSettings settings, InstantSource clock) {
        this.sql = sql;
        this.keep = settings.keep();
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    void deleteWhatIsTooOld() {
        delete(Transition.TRANSITION, Transition.AT, keep.transitions());
        delete(Delivery.DELIVERY, Delivery.RECEIVED_AT, keep.deliveries());
        delete(Receipt.RECEIPT, Receipt.AT, keep.receipts());
        delete(DeadLetter.DEAD_LETTER, DeadLetter.FAILED_AT, keep.deadLetters());
    }

    private void delete(Table<Record> table, Field<Instant> at, Duration kept) {
        var end = clock.instant().minus(kept);
        int deleted;
        do {
            deleted = sql.execute(
                    "delete from {0} where ctid in (select ctid from {0} where {1} < {2} limit {3})",
                    table, at, val(end, at), inline(STEP));
        } while (deleted == STEP);
    }
}

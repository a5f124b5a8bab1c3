package dev.muster.portal.projection;

import dev.muster.portal.PortalSettings;
import dev.muster.portal.readmodel.Months;
import dev.muster.portal.readmodel.ReadModel.Audit;
import dev.muster.portal.readmodel.ReadModel.DeadLetter;
import dev.muster.portal.readmodel.ReadModel.Delivery;
import dev.muster.portal.readmodel.ReadModel.Receipt;
import dev.muster.portal.readmodel.ReadModel.Told;
import dev.muster.portal.readmodel.ReadModel.Transition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Makes room for history month by month, and takes away the months that are over for longer than history is kept.
/// A record that comes too late for its month is kept aside and goes by the same measure.
@Component
public class Retention implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /// Months that are made ahead of what comes.
    private static final int AHEAD = 2;

    /// Months back that get a partition of their own, however long history is kept.
    private static final int MOST = 60;

    private final DSLContext sql;
    private final PortalSettings.Keep keep;
    private final InstantSource clock;
    private volatile boolean running;

    Retention(DSLContext sql, PortalSettings settings, InstantSource clock) {
        this.sql = sql;
        this.keep = settings.keep();
        this.clock = clock;
    }

    /// Before anything is read that belongs into a month.
    @Override
    public void start() {
        makeRoom(sql);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    /// Makes the months of everything that is kept, from the oldest to those ahead.
    ///
    /// @param in the read model that they are made in
    public void makeRoom(DSLContext in) {
        var now = clock.instant();
        var farthest = month(now).minusMonths(MOST);
        for (var history : histories()) {
            var oldest = month(now.minus(history.kept()));
            history.months(in)
                    .make(
                            oldest.isBefore(farthest) ? farthest : oldest,
                            month(now).plusMonths(AHEAD));
        }
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    void tidy() {
        makeRoom(sql);
        var now = clock.instant();
        for (var history : histories()) {
            try {
                history.months(sql).forget(now.minus(history.kept()));
            } catch (DataAccessException e) {
                LOG.warn("What is too old of {} stays until the next time", history.table(), e);
            }
        }
        Months.delete(sql, DeadLetter.DEAD_LETTER, DeadLetter.FAILED_AT, now.minus(keep.deadLetters()));
    }

    private List<History> histories() {
        return List.of(
                new History(Transition.TRANSITION, Transition.AT, keep.transitions()),
                new History(Delivery.DELIVERY, Delivery.RECEIVED_AT, keep.deliveries()),
                new History(Told.TOLD, Told.TOLD_AT, keep.deliveries()),
                new History(Receipt.RECEIPT, Receipt.AT, keep.receipts()),
                new History(Audit.AUDIT, Audit.AT, keep.audit()));
    }

    private static YearMonth month(Instant at) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC));
    }

    private record History(Table<Record> table, Field<Instant> at, Duration kept) {

        Months months(DSLContext in) {
            return new Months(in, table, at);
        }
    }
}

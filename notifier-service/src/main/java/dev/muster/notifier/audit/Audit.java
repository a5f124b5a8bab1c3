package dev.muster.notifier.audit;

import dev.muster.notifier.ledger.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Entries of the audit trail on their way out. They are written in the transaction of the deed, so that
/// none is there without the other; [AuditRelay] publishes them.
@Component
public class Audit {

    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TransactionTemplate transaction;
    private final JdbcClient db;
    private final InstantSource clock;

    Audit(PlatformTransactionManager transactions, JdbcClient db, InstantSource clock) {
        this.transaction = new TransactionTemplate(transactions);
        this.db = db;
        this.clock = clock;
    }

    /// An entry as it waits in the ledger.
    ///
    /// @param requestId what the log has it by
    record Entry(Instant at, String requestId, Deed deed) {}

    /// Does it and writes it down. How many things that changed; when it is none, nothing is written down.
    public int noting(Deed it, IntSupplier changes) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            var changed = changes.getAsInt();
            if (changed > 0) {
                note(it);
            }
            return changed;
        }));
    }

    /// Writes down what is done.
    public void note(Deed it) {
        var entry = new Entry(clock.instant(), UUID.randomUUID().toString(), it);
        db.sql("insert into audit (body, created_at) values (:body::jsonb, :at)")
                .param("body", JSON.writeValueAsString(entry))
                .param("at", Sql.at(entry.at()))
                .update();
        LOG.info("{}: {} {} of {} by {}", entry.requestId(), it.action(), it.id(), it.about(), it.actor());
    }
}

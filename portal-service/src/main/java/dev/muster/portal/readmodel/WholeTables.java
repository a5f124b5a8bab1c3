package dev.muster.portal.readmodel;

import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes that need tables to themselves for a moment, while others read and write them.
public final class WholeTables {

    private static final Logger LOG = LoggerFactory.getLogger(WholeTables.class);

    /// Who comes meanwhile waits as long. Below PostgreSQL's `deadlock_timeout` of a second: of a reader and us it is
    /// always us who step back.
    private static final String LOCK_PATIENCE = "400ms";

    private static final int ATTEMPTS = 50;

    private WholeTables() {}

    /// Does the change in one transaction. When somebody does not let go of a table it steps back and tries again, for
    /// about twenty seconds.
    ///
    /// @throws DataAccessException with state `55P03` when it was in vain
    public static void change(DSLContext sql, Change change) {
        for (int attempt = 1; ; attempt++) {
            try {
                sql.transaction(tx -> {
                    var inside = DSL.using(tx);
                    inside.execute("set local lock_timeout = '" + LOCK_PATIENCE + "'");
                    change.run(inside);
                });
                return;
            } catch (DataAccessException e) {
                if (attempt == ATTEMPTS || !"55P03".equals(e.sqlState())) {
                    throw e;
                }
                LOG.info("Somebody reads a table for long; trying again to have it alone");
            }
        }
    }

    /// What is done within the transaction, and done again when that was rolled back.
    @FunctionalInterface
    public interface Change {
        void run(DSLContext inside);
    }
}

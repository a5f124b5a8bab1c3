package dev.muster.portal.projection;

import org.jooq.DSLContext;

/// Projections of all instances write side by side; who puts another read model in the place of this one has it alone.
/// A lock of PostgreSQL that no table knows, so that nobody holds a table while it waits.
public final class WritingTurn {

    private static final long KEY = 0x6d75_7374_6572_0001L;

    private WritingTurn() {}

    /// Until the transaction ends. Waits while somebody has it alone.
    static void share(DSLContext inside) {
        inside.fetch("select pg_advisory_xact_lock_shared(?)", KEY);
    }

    /// Until [#giveBack], or the connection ends. Waits for what is being written.
    public static void takeAlone(DSLContext connection) {
        connection.fetch("select pg_advisory_lock(?)", KEY);
    }

    public static void giveBack(DSLContext connection) {
        connection.fetch("select pg_advisory_unlock(?)", KEY);
    }
}

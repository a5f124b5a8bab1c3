package dev.muster.portal.rebuild;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Retention;
import dev.muster.portal.readmodel.WholeTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tables of a second read model in a schema of their own, made by the same migrations, until they take the place of
/// those in use. One at a time in a database, whichever instance has it.
final class SecondModel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SecondModel.class);

    private static final String NEXT = "muster_next";
    private static final String BEFORE = "muster_before";
    private static final String HISTORY = "flyway_schema_history";
    static final long ONE_AT_A_TIME = 0x6d75_7374_6572_0002L;

    private static final String TABLES = """
            select it.relname from pg_class it
            left join pg_inherits on pg_inherits.inhrelid = it.oid
            left join pg_class whole on whole.oid = pg_inherits.inhparent
            where it.relkind in ('r', 'p') and it.relnamespace = ?::regnamespace
            and coalesce(whole.relname, it.relname) in (
                select relname from pg_class where relnamespace = ?::regnamespace and relkind in ('r', 'p')
                and not relispartition and relname <> ?)
            order by whole.relname nulls first, it.relname
            """;

    private final Connection owner;
    private final DSLContext alone;
    private final HikariDataSource pool;
    private final LateIndexes indexes;
    private final String live;

    private SecondModel(Connection owner, DSLContext alone, HikariDataSource pool, LateIndexes indexes, String live) {
        this.owner = owner;
        this.alone = alone;
        this.pool = pool;
        this.indexes = indexes;
        this.live = live;
    }

    /// Makes empty tables.
    ///
    /// @param retention makes the months of what they keep
    /// @param writers how many connections may write at once
    /// @throws AlreadyRunningException when another instance does
    static SecondModel open(DataSource dataSource, Retention retention, int writers) {
        try {
            var owner = dataSource.getConnection();
            try {
                return open(dataSource, retention, owner, writers);
            } catch (SQLException | RuntimeException e) {
                giveBack(owner);
                throw e;
            }
        } catch (SQLException e) {
            throw new DataAccessException("the database cannot be asked", e);
        }
    }

    private static SecondModel open(DataSource dataSource, Retention retention, Connection owner, int writers)
            throws SQLException {
        var alone = DSL.using(owner, SQLDialect.POSTGRES);
        if (!Boolean.TRUE.equals(alone.fetchValue("select pg_try_advisory_lock(?)", ONE_AT_A_TIME))) {
            throw new AlreadyRunningException();
        }
        drop(alone, NEXT);
        drop(alone, BEFORE);
        var live = String.valueOf(alone.fetchValue("select current_schema()"));
        var pool = new HikariDataSource(configuration(dataSource.unwrap(HikariDataSource.class), writers));
        try {
            alone.execute("create schema {0}", DSL.name(NEXT));
            Flyway.configure()
                    .dataSource(pool)
                    .schemas(NEXT)
                    .defaultSchema(NEXT)
                    .load()
                    .migrate();
            var sql = DSL.using(pool, SQLDialect.POSTGRES);
            retention.makeRoom(sql);
            return new SecondModel(owner, alone, pool, LateIndexes.drop(sql), live);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static HikariConfig configuration(HikariDataSource of, int writers) {
        var configuration = new HikariConfig();
        of.copyStateTo(configuration);
        var properties = new Properties();
        properties.putAll(of.getDataSourceProperties());
        properties.put("currentSchema", NEXT);
        // What a crash loses here is made again from the topics.
        properties.put("options", "-c synchronous_commit=off");
        configuration.setDataSourceProperties(properties);
        configuration.setMetricsTrackerFactory(null);
        configuration.setPoolName("rebuild");
        // Flyway wants two at once.
        configuration.setMaximumPoolSize(Math.max(2, writers));
        configuration.setMinimumIdle(0);
        return configuration;
    }

    /// Writes and reads the second one.
    DSLContext sql() {
        return DSL.using(pool, SQLDialect.POSTGRES);
    }

    /// Reads the one in use, in the connection that may exchange them.
    DSLContext inUse() {
        return alone;
    }

    /// Makes what only readers need, once most rows are there.
    void index() {
        indexes.make();
    }

    /// Puts the second one in the place of the one in use, within one transaction. Readers wait for a moment at most.
    void exchange() {
        WholeTables.change(alone, this::exchange);
    }

    private void exchange(DSLContext inside) {
        inside.execute("set local synchronous_commit = on");
        inside.execute("create schema {0}", DSL.name(BEFORE));
        tables(inside, live).forEach(it -> move(inside, it, live, BEFORE));
        tables(inside, NEXT).forEach(it -> move(inside, it, NEXT, live));
        inside.fetch("select pg_notify(?, ?)", Changes.CHANNEL, Changes.refresh());
    }

    /// Ours of a schema: those that the migrations make, each with its months, which may be others than those of the
    /// other schema.
    private static List<String> tables(DSLContext inside, String schema) {
        return inside.fetch(TABLES, schema, NEXT, HISTORY).getValues(0, String.class);
    }

    private static void move(DSLContext inside, String table, String from, String to) {
        inside.execute("alter table {0} set schema {1}", DSL.name(from, table), DSL.name(to));
    }

    private static void drop(DSLContext sql, String schema) {
        sql.execute("drop schema if exists {0} cascade", DSL.name(schema));
    }

    /// Takes away what is not in use, whichever of the two that is.
    @Override
    public void close() {
        try {
            pool.close();
            drop(alone, NEXT);
            drop(alone, BEFORE);
        } catch (DataAccessException e) {
            LOG.warn("What is left of a rebuild is dropped by the next one", e);
        } finally {
            giveBack(owner);
        }
    }

    /// To the pool, without the locks that the connection holds.
    private static void giveBack(Connection owner) {
        try (owner) {
            DSL.using(owner, SQLDialect.POSTGRES).fetch("select pg_advisory_unlock_all()");
        } catch (SQLException | DataAccessException e) {
            LOG.warn("The connection of a rebuild ended, and its locks with it", e);
        }
    }

    /// Another instance makes the read model anew.
    static final class AlreadyRunningException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        AlreadyRunningException() {
            super("A rebuild runs already");
        }
    }
}

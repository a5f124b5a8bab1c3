package dev.muster.portal.live;

import dev.muster.portal.projection.Changes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Hears what any instance committed, through PostgreSQL's LISTEN, and tells the listeners of this one.
///
/// When the connection breaks it opens another one and tells everybody to refresh, since it may have missed something.
@Component
class Ear implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Ear.class);
    private static final Duration CHECK_EVERY = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DataSource database;
    private final Listeners listeners;
    private volatile boolean running;
    private @Nullable Thread thread;

    Ear(DataSource database, Listeners listeners) {
        this.database = database;
        this.listeners = listeners;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("ear").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try (var connection = database.getConnection()) {
                listen(connection);
            } catch (SQLException | RuntimeException e) {
                if (running) {
                    LOG.warn("Live updates are interrupted: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        var postgres = connection.unwrap(PGConnection.class);
        try (var statement = connection.createStatement()) {
            statement.execute("listen " + Changes.CHANNEL);
            listeners.tell(Told.REFRESH);
            while (running) {
                var heard = postgres.getNotifications((int) CHECK_EVERY.toMillis());
                if (heard.length == 0) {
                    statement.execute("select 1");
                }
                for (var notification : heard) {
                    listeners.tell(Told.parse(notification.getParameter()));
                }
            }
            statement.execute("unlisten *");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

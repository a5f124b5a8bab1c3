package dev.muster.notifier;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.TEAM;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.id;
import static dev.muster.notifier.transition.Examples.recovered;
import static dev.muster.notifier.transition.Examples.regressed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.muster.notifier.ledger.HeldNotifications;
import dev.muster.notifier.ledger.Notifications;
import dev.muster.notifier.ledger.Notifications.Wait;
import dev.muster.notifier.ledger.Sql;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.pipeline.Closing;
import dev.muster.routing.HeldBecause;
import dev.muster.schemas.v1.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Intake and closing lock the same rows; they take them in the same order, so that none waits for the
/// other for ever.
/// Each test brings two transactions to the point where they meet.
class LockOrderTest {

    private static final String PARENT = "group:default/platform";

    private final Running notifier = Running.usual();

    @BeforeEach
    void begin() {
        notifier.hears(regressed("d1"));
    }

    /// As [Closing]: the notification first, its episode later.
    @Test
    void intakeWaitsForTheNotificationBeforeItLocksTheEpisode() {
        meet(() -> notifier.db()
                .sql("update episodes set escalate_at = :at")
                .param("at", Sql.at(NOON))
                .update());

        assertThat(notifier.db()
                        .sql("select count(*) from episodes where closed_at is not null and escalate_at is not null")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    /// As [Closing] when somebody silenced it: a notification that waits elsewhere, after the one that is closed.
    @Test
    void intakeAndClosingOfOneOwnerLockNotificationsOneAfterTheOther() throws Exception {
        var transaction = new TransactionTemplate(notifier.bean(PlatformTransactionManager.class));
        var intake = transaction.execute(_ -> {
            notifier.db()
                    .sql("select pg_advisory_xact_lock(hashtextextended(:owner, 6))")
                    .param("owner", TEAM)
                    .query((_, _) -> true)
                    .list();
            var running = CompletableFuture.runAsync(() -> notifier.hears(
                    regressed("component:default/checkout", 2, "d2", Map.of(VULNERABILITIES, Outcome.FAIL))));
            waits(1);
            assertThat(locked("notifications"))
                    .as("it holds none while it waits for its turn")
                    .isZero();
            return running;
        });
        intake.get(30, TimeUnit.SECONDS);

        notifier.clock.pass(Duration.ofSeconds(30));
        var closed = transaction.execute(_ -> {
            notifier.db()
                    .sql("select pg_advisory_xact_lock(hashtextextended(:owner, 6))")
                    .param("owner", TEAM)
                    .query((_, _) -> true)
                    .list();
            var running = CompletableFuture.supplyAsync(
                    () -> notifier.bean(Closing.class).closeOne());
            waits(1);
            return running;
        });
        assertThat(closed.get(30, TimeUnit.SECONDS)).isTrue();
    }

    /// As two of them whose entities were told to each other's owners: the end of what a parent team
    /// heard of is told to both.
    @Test
    void intakeWaitsForEveryOwnerThatHeardBeforeItLocksANotification() throws Exception {
        notifier.waits();
        var transaction = new TransactionTemplate(notifier.bean(PlatformTransactionManager.class));
        transaction.executeWithoutResult(_ -> notifier.bean(HeldNotifications.class)
                .copy(
                        notifier.bean(Notifications.class)
                                .join(
                                        Direction.REGRESSION,
                                        "escalated",
                                        PARENT,
                                        null,
                                        "escalated",
                                        null,
                                        NOON,
                                        new Wait("default", HeldBecause.GROUPING, NOON)),
                        id(PAYMENTS, 2),
                        true));
        var intake = transaction.execute(_ -> {
            notifier.db()
                    .sql("select pg_advisory_xact_lock(hashtextextended(:owner, 6))")
                    .param("owner", PARENT)
                    .query((_, _) -> true)
                    .list();
            var running = CompletableFuture.runAsync(() -> notifier.hears(recovered("d2")));
            waits(1);
            assertThat(locked("notifications"))
                    .as("it holds none while it waits for its turn")
                    .isZero();
            return running;
        });
        assertThatCode(() -> intake.get(30, TimeUnit.SECONDS)).doesNotThrowAnyException();
    }

    /// Lets a recovery come in while a transaction holds the notification, then does `rest` in that transaction.
    private void meet(Runnable rest) {
        var transaction = new TransactionTemplate(notifier.bean(PlatformTransactionManager.class));
        var intake = transaction.execute(_ -> {
            notifier.db()
                    .sql("select id from notifications for update")
                    .query(String.class)
                    .list();
            var running = CompletableFuture.runAsync(() -> notifier.hears(recovered("d2")));
            waits(1);
            assertThatCode(rest::run).doesNotThrowAnyException();
            return running;
        });
        assertThatCode(() -> intake.get(30, TimeUnit.SECONDS)).doesNotThrowAnyException();
    }

    private void waits(int sessions) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> sessionsThatWait() == sessions);
    }

    private int sessionsThatWait() {
        return notifier.db().sql("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock'
                        """).query(Integer.class).single();
    }

    private int locked(String table) {
        return notifier.db().sql("""
                        select count(*) from pg_locks l join pg_class c on c.oid = l.relation
                        where c.relname = :table and l.mode in ('RowExclusiveLock', 'RowShareLock') and l.pid <> pg_backend_pid()
                        """).param("table", table).query(Integer.class).single();
    }
}

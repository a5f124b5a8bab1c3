package dev.muster.notifier.delivery;

import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.ledger.Sql;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How the destinations are doing, shared by all instances: who is waited for, who fails again and again, and how often
/// who may be sent to.
@Component
class Lanes {

    /// Attempts that have to fail one after the other until nothing more is sent for a while.
    static final int PATIENCE = 3;

    private final JdbcClient db;

    Lanes(JdbcClient db) {
        this.db = db;
    }

    /// Nothing goes to the lane or channel `key` before `until`. An earlier, longer pause stays.
    void pause(String key, Instant until, String reason) {
        db.sql("""
                        insert into pauses (key, until, reason) values (:key, :until, :reason)
                        on conflict (key) do update set until = excluded.until, reason = excluded.reason
                        where pauses.until < excluded.until
                        """)
                .param("key", key)
                .param("until", Sql.at(until))
                .param("reason", reason)
                .update();
    }

    /// Takes a token out of the bucket of `lane`, and pauses the lane when that was the last one.
    void spend(String lane, Pace pace, Instant now) {
        if (!pace.bounds()) {
            return;
        }
        var before = db.sql("select full_at from paces where lane = :lane for update")
                .param("lane", lane)
                .query((row, _) -> Sql.instant(row, "full_at"))
                .optional();
        var full = pace.full(before.orElse(null), now);
        db.sql("""
                        insert into paces (lane, full_at) values (:lane, :full)
                        on conflict (lane) do update set full_at = excluded.full_at
                        """).param("lane", lane).param("full", Sql.at(full)).update();
        var next = pace.next(full);
        if (next.isAfter(now)) {
            pause(lane, next, "PACE");
        }
    }

    /// An attempt at `lane` failed because of the receiver. How many did, one after the other.
    int failed(String lane, FailedBecause reason, String detail, Instant now) {
        return db.sql("""
                        insert into troubles (lane, failures, broken, reason, detail, since, last_at)
                        values (:lane, 1, false, :reason, :detail, :now, :now)
                        on conflict (lane) do update set failures = troubles.failures + 1, broken = false,
                            reason = excluded.reason, detail = excluded.detail, last_at = excluded.last_at
                        returning failures
                        """)
                .param("lane", lane)
                .param("reason", reason.name())
                .param("detail", detail)
                .param("now", Sql.at(now))
                .query(Integer.class)
                .single();
    }

    /// The one server of `channel` is in trouble, as an attempt found that was begun at `since`. How many found
    /// that one after the other; empty when another one has found it meanwhile, so that attempts at the same time
    /// count as one.
    Optional<Integer> down(ChannelName channel, FailedBecause reason, String detail, Instant since, Instant now) {
        return db.sql("""
                        insert into troubles (lane, failures, broken, reason, detail, since, last_at)
                        values (:channel, 1, false, :reason, :detail, :now, :now)
                        on conflict (lane) do update set failures = troubles.failures + 1,
                            reason = excluded.reason, detail = excluded.detail, last_at = excluded.last_at
                        where troubles.last_at < :since
                        returning failures
                        """)
                .param("channel", channel.label())
                .param("reason", reason.name())
                .param("detail", detail)
                .param("since", Sql.at(since))
                .param("now", Sql.at(now))
                .query(Integer.class)
                .optional();
    }

    /// The receiver at `lane` will take nothing until somebody mends it. True when that is news.
    boolean broke(String lane, FailedBecause reason, String detail, Instant now) {
        var known = db.sql("select broken from troubles where lane = :lane")
                .param("lane", lane)
                .query(Boolean.class)
                .optional();
        failed(lane, reason, detail, now);
        db.sql(
                        "update troubles set broken = true, refused = case when :gone then refused + 1 else 0 end where lane = :lane")
                .param("lane", lane)
                .param("gone", reason == FailedBecause.GONE)
                .update();
        return known.isEmpty() || !known.get();
    }

    /// Somebody says that the mail addresses of `lanes` are there again. How many were refused.
    int release(Collection<String> lanes) {
        return db.sql("delete from troubles where lane in (:lanes) and lane like :email and refused > 0")
                .param("lanes", lanes)
                .param("email", ChannelName.EMAIL.label() + "/%")
                .update();
    }

    /// The receiver at `lane`, or the one server of a channel, answers as it should. How long it did not, empty when it
    /// did all the time.
    Optional<Instant> recovered(String lane) {
        return db.sql("delete from troubles where lane = :lane returning since")
                .param("lane", lane)
                .query((row, _) -> Sql.instant(row, "since"))
                .optional();
    }
}

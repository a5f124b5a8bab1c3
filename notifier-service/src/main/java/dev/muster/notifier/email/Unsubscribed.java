package dev.muster.notifier.email;

import dev.muster.notifier.audit.Audit;
import dev.muster.notifier.audit.Deed;
import dev.muster.notifier.ledger.Sql;
import dev.muster.notifier.text.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Addresses that want no mail. Kept as digests: the list tells nobody's address.
@Component
class Unsubscribed {

    /// Who reads a mail needs no token, and is known by nothing else than the digest.
    private static final String LINK = "link in a mail";

    private final JdbcClient db;
    private final InstantSource clock;
    private final Audit audit;

    Unsubscribed(JdbcClient db, InstantSource clock, Audit audit) {
        this.db = db;
        this.clock = clock;
        this.audit = audit;
    }

    /// What an address is called in the list and in links.
    static String digest(String address) {
        return Digest.of("unsubscribed", address.toLowerCase(Locale.ROOT));
    }

    /// What somebody said who wants no mail.
    ///
    /// @param until null for good
    /// @param reason empty when they gave none
    record Wish(@Nullable Instant until, String reason) {}

    boolean has(String address) {
        return wish(address).isPresent();
    }

    /// Empty when the address wants mail, or wants it again by now.
    Optional<Wish> wish(String address) {
        return db.sql(
                        "select until, reason from unsubscribed where address = :address and (until is null or until > :now)")
                .param("address", digest(address))
                .param("now", Sql.at(clock.instant()))
                .query((row, _) -> new Wish(Sql.instantOrNull(row, "until"), row.getString("reason")))
                .optional();
    }

    /// The last wish counts.
    ///
    /// @param lasting null for good
    void add(String digest, @Nullable Duration lasting, String reason) {
        var now = clock.instant();
        var until = lasting == null ? null : now.plus(lasting);
        var state = until == null ? "unsubscribed" : "unsubscribed until " + until;
        audit.noting(
                Deed.of(
                        LINK,
                        "mail.unsubscribed",
                        Deed.NOTIFIER,
                        digest,
                        null,
                        state,
                        reason.isEmpty() ? null : reason),
                () -> db.sql("""
                                insert into unsubscribed (address, at, until, reason) values (:address, :at, :until, :reason)
                                on conflict (address) do update set at = :at, until = :until, reason = :reason""")
                        .param("address", digest)
                        .param("at", Sql.at(now))
                        .param("until", Sql.atOrNull(until))
                        .param("reason", reason)
                        .update());
    }

    /// False when it was not in the list.
    ///
    /// @param by who asks for it
    boolean remove(String address, String by) {
        var digest = digest(address);
        return audit.noting(
                        Deed.of(by, "mail.resubscribed", Deed.NOTIFIER, digest, "unsubscribed", null, null),
                        () -> db.sql("delete from unsubscribed where address = :address")
                                .param("address", digest)
                                .update())
                == 1;
    }
}

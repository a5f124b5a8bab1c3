package dev.muster.notifier.email;

import dev.muster.notifier.audit.Audit;
import dev.muster.notifier.audit.Deed;
import dev.muster.notifier.ledger.Sql;
import dev.muster.notifier.text.Digest;
import java.time.InstantSource;
import java.util.Locale;
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

    boolean has(String address) {
        return db.sql("select exists (select 1 from unsubscribed where address = :address)")
                .param("address", digest(address))
                .query(Boolean.class)
                .single();
    }

    void add(String digest) {
        audit.noting(
                Deed.of(LINK, "mail.unsubscribed", Deed.NOTIFIER, digest, null, "unsubscribed", null),
                () -> db.sql("insert into unsubscribed (address, at) values (:address, :at) on conflict do nothing")
                        .param("address", digest)
                        .param("at", Sql.at(clock.instant()))
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

package dev.muster.portal.audit;

import static dev.muster.portal.readmodel.ReadModel.Audit.ABOUT;
import static dev.muster.portal.readmodel.ReadModel.Audit.AFTER;
import static dev.muster.portal.readmodel.ReadModel.Audit.AUDIT;
import static dev.muster.portal.readmodel.ReadModel.Audit.OFFSET;
import static dev.muster.portal.readmodel.ReadModel.Audit.TOPIC;
import static java.util.stream.Collectors.toSet;

import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Projection;
import dev.muster.portal.projection.Recorded;
import dev.muster.schemas.Topic;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Changes of what people declare, each with the digests before and after. One that says what was so already is none.
final class DeclarationProjection<T extends SpecificRecord> implements Projection<T> {

    private final Topic<String, T> topic;
    private final String kind;
    private final Function<T, Declared> read;

    /// @param kind such as `scorecard`
    DeclarationProjection(Topic<String, T> topic, String kind, Function<T, Declared> read) {
        this.topic = topic;
        this.kind = kind;
        this.read = read;
    }

    /// Who declared what, and when.
    record Declared(Instant at, String by, String requestId, String digest) {}

    @Override
    public Topic<String, T> topic() {
        return topic;
    }

    @Override
    public void apply(DSLContext sql, List<Recorded<T>> records, Changes changes) {
        var digests = digests(sql, records.stream().map(Recorded::key).collect(toSet()));
        var rows = new AuditRows();
        for (var record : records) {
            var about = record.key();
            var before = digests.get(about);
            var value = record.value();
            if (value == null) {
                rows.add(record, deed(record, "deleted", before, null));
                digests.remove(about);
            } else {
                var declared = read.apply(value);
                if (!declared.digest().equals(before)) {
                    rows.add(record, deed(record, before == null ? "created" : "changed", before, declared));
                    digests.put(about, declared.digest());
                }
            }
        }
        rows.execute(sql);
    }

    private AuditRows.Deed deed(
            Recorded<T> record, String action, @Nullable String before, @Nullable Declared declared) {
        return new AuditRows.Deed(
                declared == null ? record.timestamp() : declared.at(),
                declared == null ? null : declared.by(),
                kind + "." + action,
                kind,
                record.key(),
                null,
                null,
                before,
                declared == null ? null : declared.digest(),
                null,
                declared == null ? null : declared.requestId());
    }

    /// The last known digest of each; what was deleted, or was never declared, is missing.
    private Map<String, String> digests(DSLContext sql, Set<String> about) {
        var digests = new HashMap<String, String>();
        sql.select(ABOUT, AFTER)
                .distinctOn(ABOUT)
                .from(AUDIT)
                .where(TOPIC.eq(topic.name()), ABOUT.in(about))
                .orderBy(ABOUT, OFFSET.desc())
                .forEach(row -> {
                    if (row.get(AFTER) != null) {
                        digests.put(row.get(ABOUT), row.get(AFTER));
                    }
                });
        return digests;
    }

    @Override
    public void forget(DSLContext sql) {
        AuditRows.forget(sql, topic.name());
    }
}

package dev.muster.portal.projection;

import dev.muster.schemas.Topic;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jooq.DSLContext;

/// How the records of one topic become rows.
///
/// Deleting the package of a projection deletes its feature; its table can be filled again from the topic at any time.
public interface Projection<T extends SpecificRecord> {

    /// The topic that it reads, with the serde of its values. A value that the serde refuses becomes a dead
    /// letter, and the partition goes on.
    Topic<String, T> topic();

    /// Writes the rows of `records`, which are in the order of their partitions, each for the first time, within the
    /// running transaction, and says in `changes` what others should hear once it is committed.
    void apply(DSLContext sql, List<Recorded<T>> records, Changes changes);

    /// True when of the records with one key the last alone decides what the rows are: whoever begins with the first
    /// record
    /// may pass over all others.
    default boolean lastCounts() {
        return false;
    }

    /// Empties what [#apply] wrote: the topic was made anew.
    void forget(DSLContext sql);
}

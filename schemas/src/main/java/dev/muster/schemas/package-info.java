/// What travels: the topics of Muster with their types, and the way records are written and read.
///
/// **Promises.** Values are in Confluent's wire format (0x00, four bytes of schema id, Avro binary), so any client that
/// speaks it reads them. A [org.apache.kafka.common.errors.SerializationException] always means that *this record*
/// cannot be written or read; trouble with the registry is a [dev.muster.schemas.SchemaRegistryException] and passes.
///
/// Start reading at [dev.muster.schemas.Topics]; the records themselves are in `muster.avdl`.
@NullMarked
package dev.muster.schemas;

import org.jspecify.annotations.NullMarked;

package dev.muster.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/// A topic together with the only serdes that may read or write it.
///
/// Nobody outside [Topics] makes one, so a topic's name cannot drift apart from its types.
///
/// @param name `muster.<noun>.v<major>`
/// @param key how keys travel
/// @param value how values travel
/// @param type class of the values
/// @param retention how long records are kept, and how large they may be
public record Topic<K, V extends SpecificRecord>(
        String name, Serde<K> key, Serde<V> value, Class<V> type, Retention retention) {}

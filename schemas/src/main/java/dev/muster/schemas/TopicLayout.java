package dev.muster.schemas;

/// How topics are spread over brokers.
///
/// @param partitions of every topic, 1 to 1000; facts and catalogue meet in the evaluator and need the same number
/// @param replicationFactor copies of every partition, or -1 for the broker's default
public record TopicLayout(int partitions, int replicationFactor) {

    public static final int BROKER_DEFAULT = -1;

    public TopicLayout {
        if (partitions < 1 || partitions > 1000) {
            throw new IllegalArgumentException("partitions must be from 1 to 1000, not " + partitions);
        }
        if (replicationFactor != BROKER_DEFAULT && (replicationFactor < 1 || replicationFactor > Short.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "replicationFactor must be at least 1, or -1 for the broker's default, not " + replicationFactor);
        }
    }
}

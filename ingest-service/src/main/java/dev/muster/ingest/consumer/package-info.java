/// How consumers that belong to no group reach Kafka.
@NullMarked
package dev.muster.ingest.consumer;

import org.jspecify.annotations.NullMarked;

package dev.muster.ingest.journal;

import dev.muster.ingest.source.OnError;
import dev.muster.schemas.v1.Delivery;

/// Makes deliveries durable. What it says it kept survives the death of this process.
public interface Journal {

    /// Keeps a delivery, or says within 7 s that it could not.
    ///
    /// @param onError what the sender does when it is told to come back later: decides what is worth trying
    Outcome append(Delivery delivery, OnError onError);

    /// What became of a delivery.
    sealed interface Outcome {

        /// It is durable: all replicas in sync have it, or it is on the disk of this instance and gets there.
        record Kept() implements Outcome {}

        /// It is not known to be durable. It may appear later all the same: facts bear that.
        ///
        /// @param why for the log
        record NotKept(String why) implements Outcome {}
    }
}

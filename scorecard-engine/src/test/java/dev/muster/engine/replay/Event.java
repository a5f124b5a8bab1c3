package dev.muster.engine.replay;

import dev.muster.engine.fact.FactChange;
import dev.muster.engine.result.Declared;
import dev.muster.engine.rule.CompiledScorecard;
import java.time.Instant;

/// Something that stands on record.
sealed interface Event {

    /// When it became known.
    Instant at();

    void tell(Replay replay);

    record Fact(Instant at, String subject, FactChange change) implements Event {
        @Override
        public void tell(Replay replay) {
            replay.take(at, subject, change);
        }
    }

    record Declaration(Instant at, Claimant entity) implements Event {
        @Override
        public void tell(Replay replay) {
            replay.declare(at, entity, by(at));
        }
    }

    record Deletion(Instant at, String ref) implements Event {
        @Override
        public void tell(Replay replay) {
            replay.delete(at, ref, by(at));
        }
    }

    record Publication(Instant at, CompiledScorecard scorecard) implements Event {
        @Override
        public void tell(Replay replay) {
            replay.publish(at, scorecard, by(at));
        }

        @Override
        public String toString() {
            return "Publication[at=%s, version=%d]".formatted(at, scorecard.version());
        }
    }

    record Withdrawal(Instant at) implements Event {
        @Override
        public void tell(Replay replay) {
            replay.withdraw(at, by(at));
        }
    }

    static Declared by(Instant at) {
        return new Declared(at, "alice", "apply-" + at);
    }
}

package dev.muster.evaluator;

import dev.muster.evaluator.entities.Pace;
import dev.muster.evaluator.runtime.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set for the evaluator.
///
/// @param stateDir where the stores live; has to survive a restart, or everything is read again
/// @param threads stream threads; each handles whole partitions and commits transactions of its own: one
/// judges thousands of changes a second
/// @param standbyReplicas warm copies of each store on other instances: 1 when there are two or more
/// @param instanceId name of this instance among its group, the same after a restart, so that a restart moves nothing;
///     unset, every start is a new member
/// @param groupProtocol `classic`, or `streams` once it can do all that classic does
/// @param commitInterval how long what was decided waits for its transaction
/// @param tick how long a thread rests between two portions of waiting work, for its events; longer than
/// `commit-interval`, or they are committed with the next portion only
/// @param idleTick how long it rests when there is none: a new scorecard is noticed at most this late
/// @param batch results judged in one portion, at most, because they are due or because a scorecard changed
/// @param portion how long such a portion may take: the longer, the sooner an edit is everywhere; events wait
/// meanwhile, and the broker ends transactions after ten seconds
/// @param replacements threads replaced within five minutes before the instance gives up
/// @param frameworkDir folder with more facts, or null; the same as for ingest
/// @param storeMemory memory of all stores together, outside the heap, in megabytes
@ConfigurationProperties(value = "muster.evaluator", ignoreUnknownFields = false)
record EvaluatorSettings(
        @DefaultValue(".muster/evaluator") Path stateDir,
        @DefaultValue("1") int threads,
        @DefaultValue("0") int standbyReplicas,
        @Nullable String instanceId,
        @DefaultValue("classic") String groupProtocol,
        @DefaultValue("50ms") Duration commitInterval,
        @DefaultValue("75ms") Duration tick,
        @DefaultValue("1s") Duration idleTick,
        @DefaultValue("1000") int batch,
        @DefaultValue("400ms") Duration portion,
        @DefaultValue("3") int replacements,
        @Nullable Path frameworkDir,
        @DefaultValue("96") int storeMemory) {

    EvaluatorSettings {
        atLeast("threads", threads, 1);
        atLeast("standby-replicas", standbyReplicas, 0);
        atLeast("commit-interval", commitInterval.toMillis(), 1);
        atLeast("tick", tick.toMillis(), 1);
        atLeast("idle-tick", idleTick.toMillis(), 1);
        atLeast("batch", batch, 1);
        atLeast("portion", portion.toMillis(), 1);
        atLeast("replacements", replacements, 0);
        atLeast("store-memory", storeMemory, 16);
    }

    Pace pace() {
        return new Pace(tick, idleTick, batch, portion);
    }

    StreamsSettings streams() {
        return new StreamsSettings(
                stateDir, threads, standbyReplicas, instanceId, groupProtocol, commitInterval, storeMemory);
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "muster.evaluator.%s is %d, expected %d or more".formatted(name, value, least));
        }
    }
}

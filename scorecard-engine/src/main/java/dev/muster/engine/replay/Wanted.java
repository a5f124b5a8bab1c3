package dev.muster.engine.replay;

import java.util.function.Predicate;

/// Which facts a [Replay] keeps. What is told of others is passed over.
///
/// @param subject true for every subject that an entity claims at any time: what was told before the claim counts with
///     it
/// @param fact true for every fact that a rule of any version reads
public record Wanted(Predicate<String> subject, Predicate<String> fact) {}

package dev.muster.portal.backtest;

import dev.muster.engine.result.CauseKind;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.result.RuleChange;
import dev.muster.engine.result.TransitionKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a scorecard would have done.
///
/// @param since from when on changes count
/// @param until the end of the records, and the time of the call
/// @param facts records of facts that were read, those from before `since` and those that nobody claims among them
/// @param unreadable records that were passed over
/// @param recordedFrom time of the oldest record; when it is after `since`, there is no record of what was before
/// @param entities that the scorecard applied to at any time since then
/// @param changed how many of them would have had a transition, those aside that tell of what was so before
/// @param transitions how many there would have been, by kind
/// @param rules in the order of the scorecard
/// @param byEntity what became of the entities that changed, most transitions first; at most [Tally#ENTITIES]
/// @param notListed how many of what is counted are not told one by one
/// @param messages that owners would have got, at most
/// @param examples the first and the last transitions, in order; at most [Tally#EXAMPLES] of either end
/// @param live compared with the results of the published scorecard of that name; null when there is none
record BacktestReport(
        String scorecard,
        Instant since,
        Instant until,
        long facts,
        long unreadable,
        @Nullable Instant recordedFrom,
        int entities,
        int changed,
        Map<TransitionKind, Long> transitions,
        List<Rule> rules,
        List<Entity> byEntity,
        NotListed notListed,
        Messages messages,
        List<Example> examples,
        @Nullable Live live) {

    /// One rule.
    ///
    /// @param changes how often its outcome would have changed
    /// @param entities how many entities it would have changed for
    /// @param then entities by outcome at `since`; those that came later, as they were when they came
    /// @param now entities by outcome at `until`
    record Rule(
            String id,
            String title,
            long changes,
            int entities,
            Map<Outcome, Integer> then,
            Map<Outcome, Integer> now) {}

    /// One entity that changed.
    ///
    /// @param then level at `since`, or when it came
    /// @param now level at `until`; null also when there is no result any more
    record Entity(
            String ref,
            @Nullable String owner,
            long transitions,
            Instant first,
            Instant last,
            @Nullable String then,
            @Nullable String now) {}

    /// What is counted and not told one by one.
    ///
    /// @param entities of those that changed, how many are not in `byEntity`
    /// @param transitions how many happened between the first and the last of `examples`
    record NotListed(int entities, long transitions) {}

    /// Messages: one for each owner and cause; none of drafts.
    record Messages(int sum, List<Owner> owners) {}

    /// Messages of one owner.
    ///
    /// @param owner null for entities that have none
    record Owner(@Nullable String owner, int messages) {}

    /// One transition.
    record Example(
            String entity,
            Instant at,
            TransitionKind kind,
            @Nullable String levelBefore,
            @Nullable String levelAfter,
            List<RuleChange> changes,
            Reason cause) {}

    /// What made it.
    record Reason(
            CauseKind kind,
            String source,
            @Nullable String subject,
            @Nullable String fact,
            @Nullable String deliveryId,
            Instant at) {}

    /// The published scorecard beside this one.
    ///
    /// @param version of the published one
    /// @param different how many entities stand differently now: another level, another outcome of a rule that both
    ///     have, or scored by one of the two only
    /// @param examples at most [Comparison#EXAMPLES], by entity
    /// @param notListed how many of the different ones are not in `examples`
    record Live(int version, int different, List<Difference> examples, int notListed) {}

    /// An entity that stands differently.
    ///
    /// @param rules both outcomes of each rule that differs
    record Difference(
            String entity,
            @Nullable String levelLive,
            @Nullable String levelHere,
            List<OutcomePair> rules) {}

    /// Both outcomes of a rule.
    record OutcomePair(String rule, String live, String here) {}
}

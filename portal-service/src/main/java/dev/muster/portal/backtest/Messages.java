package dev.muster.portal.backtest;

import dev.muster.engine.result.Cause;
import dev.muster.engine.result.CauseKind;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.RuleChange;
import dev.muster.engine.result.Transition;
import dev.muster.engine.result.TransitionKind;
import dev.muster.engine.rule.EntityView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Counts the messages that owners would have got: one for each owner and cause.
///
/// A regression begins an episode, or joins it; a recovery is told when an episode is there that it mends, and shares a
/// message only with those that answer the same one. Upper bounds: quiet hours, settings of a team and a recovery that
/// comes before the regression was sent make it fewer.
final class Messages {

    /// Messages that a further transition can join: those of one cause come close together.
    private static final int OPEN = 10_000;

    private record Message(boolean regression, String owner, String cause, String thread) {}

    /// @param thread what its recovery answers
    private record Episode(Set<String> rules, String thread) {}

    private final Map<String, Episode> episodes = new HashMap<>();
    private final SortedMap<String, Integer> byOwner = new TreeMap<>();

    @SuppressWarnings("serial") // never serialised
    private final Map<Message, Boolean> open = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Message, Boolean> eldest) {
            return size() > OPEN;
        }
    };

    /// Messages by owner; those of entities without one under the empty text.
    SortedMap<String, Integer> byOwner() {
        return byOwner;
    }

    int sum() {
        return byOwner.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// @param notifies whether the scorecard wants people to hear of its kind
    void heard(EntityView entity, Result after, Transition it, Cause cause, boolean notifies) {
        var owner = entity.owner() == null ? "" : entity.owner();
        var episode = episodes.get(entity.ref());
        if (it.kind() == TransitionKind.REGRESSED) {
            var message = new Message(true, owner, text(cause), "");
            var rules = broken(it);
            if (episode != null) {
                rules.addAll(unresolved(after, episode));
            }
            episodes.put(
                    entity.ref(),
                    new Episode(rules, episode == null ? owner + "|" + message.cause() : episode.thread()));
            tell(message, notifies);
        } else if (episode != null) {
            var unresolved = unresolved(after, episode);
            var mends = episode.rules().isEmpty() || !unresolved.equals(episode.rules());
            if (it.kind() == TransitionKind.RECOVERED && mends) {
                tell(new Message(false, owner, text(cause), episode.thread()), notifies);
            }
            if (unresolved.isEmpty() && (it.kind() == TransitionKind.RECOVERED || mends)) {
                episodes.remove(entity.ref());
            } else {
                episodes.put(entity.ref(), new Episode(unresolved, episode.thread()));
            }
        }
    }

    /// What is gone is not waited for.
    void ended(EntityView entity) {
        episodes.remove(entity.ref());
    }

    private void tell(Message message, boolean notifies) {
        if (notifies && open.put(message, true) == null) {
            byOwner.merge(message.owner(), 1, Integer::sum);
        }
    }

    /// One delivery, else one passing instant, else one change of one fact.
    private static String text(Cause cause) {
        if (cause.kind() == CauseKind.CLOCK) {
            return "clock|" + cause.at();
        }
        return cause.deliveryId() != null
                ? "delivery|" + cause.connection() + "|" + cause.deliveryId()
                : "fact|" + cause.subject() + "|" + cause.fact() + "|" + cause.at();
    }

    /// Rules that began to fail; when none did, those that are no longer good: a level can be lost without a failure.
    private static Set<String> broken(Transition it) {
        var failing = rules(it, change -> fails(change.after()) && !fails(change.before()));
        return failing.isEmpty() ? rules(it, change -> !good(change.after()) && good(change.before())) : failing;
    }

    private static Set<String> rules(Transition it, Predicate<RuleChange> which) {
        var rules = new HashSet<String>();
        it.changes().stream().filter(which).forEach(change -> rules.add(change.rule()));
        return rules;
    }

    private static Set<String> unresolved(Result after, Episode episode) {
        var rules = new HashSet<String>();
        after.rules().forEach(it -> {
            if (episode.rules().contains(it.rule()) && !good(it.outcome())) {
                rules.add(it.rule());
            }
        });
        return rules;
    }

    private static boolean fails(@Nullable Outcome outcome) {
        return outcome != null && outcome.failed();
    }

    private static boolean good(@Nullable Outcome outcome) {
        return outcome == null || outcome.satisfies();
    }
}

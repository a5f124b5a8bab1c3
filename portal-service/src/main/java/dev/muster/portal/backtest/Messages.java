package dev.muster.portal.backtest;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Counts the messages that owners would have got: one for each owner and cause.
///
/// A regression begins an episode, or joins it; a recovery is told when an episode is there that it mends, and shares a
/// message only with those that answer the same one. Upper bounds: quiet hours, settings of a team and a recovery that
/// comes before the regression was sent make it fewer.
///
/// What comes of one entity has to come in order; entities may come one after the other. Keeps a number for each
/// message, of [#MOST] messages: further ones are counted as if nobody shared them.
final class Messages {

    /// Messages that are told apart exactly, which takes 16 MB.
    static final int MOST = 1_000_000;

    private record Message(boolean regression, String owner, String cause, String thread) {

        /// Of 62 bits: two of a million messages are taken for one less than once in a million backtests.
        long hash() {
            var text = String.join("\n", Boolean.toString(regression), owner, cause, thread);
            return UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).getLeastSignificantBits();
        }
    }

    /// A set of hashes, [#MOST] of them at most.
    private static final class Hashes {

        private long[] table = new long[1 << 10]; // 0 is free, and no hash
        private int size;

        /// @return whether it was not in it; true for every further one when it is full
        boolean add(long hash) {
            var place = place(hash);
            if (table[place] == hash) {
                return false;
            }
            if (size < MOST) {
                table[place] = hash;
                size++;
                if (2 * size > table.length) {
                    grow();
                }
            }
            return true;
        }

        private int place(long hash) {
            var place = (int) hash & (table.length - 1);
            while (table[place] != 0 && table[place] != hash) {
                place = (place + 1) & (table.length - 1);
            }
            return place;
        }

        private void grow() {
            var smaller = table;
            table = new long[2 * smaller.length];
            for (var hash : smaller) {
                if (hash != 0) {
                    table[place(hash)] = hash;
                }
            }
        }
    }

    /// @param thread what its recovery answers
    private record Episode(Set<String> rules, String thread) {}

    private final Map<String, Episode> episodes = new HashMap<>();
    private final SortedMap<String, Integer> byOwner = new TreeMap<>();
    private final Hashes told = new Hashes();

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

    /// What goes on with the entities of before is not waited for.
    void finished() {
        episodes.clear();
    }

    private void tell(Message message, boolean notifies) {
        if (notifies && told.add(message.hash())) {
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

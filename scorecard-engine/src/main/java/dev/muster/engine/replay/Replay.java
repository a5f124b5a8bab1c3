package dev.muster.engine.replay;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactCause;
import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.Whereabouts;
import dev.muster.engine.result.Cause;
import dev.muster.engine.result.CauseKind;
import dev.muster.engine.result.Declared;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.Transitions;
import dev.muster.engine.rule.CompiledScorecard;
import dev.muster.engine.rule.RuleExplanation;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// What was recorded once more: facts, entities and the versions of one scorecard, in the order of their times.
///
/// Everything goes in at the instant at which it became known: facts by [#take], entities by [#declare] and [#delete],
/// the scorecard by [#publish] and [#withdraw]. What comes before `since` only makes the state. At `since` every entity
/// that the scorecard applies to has its first result; from then on each change is judged at its time, and between two
/// of them every instant at which a result changes by itself, in order.
///
/// **Promises.** The result at any instant is the one that judging live, event by event, had given then; how often and
/// with which instants [#advance] is called in between makes no difference. Neither makes a change that was replayed
/// twice, or one whose news are older than what is known. At one instant, time comes first, then what is told in the
/// order in which it is. State grows with entities, with the subjects and facts that are [Wanted] and their items up to
/// the bound; never with the number of changes.
///
/// **Does not promise.** Facts that an evaluation tells of its own results (which level a dependency reached) are taken
/// as they were recorded. The catalogue is the one that is given, at all times. Not thread-safe.
public final class Replay {

    private record Due(Instant at, String entity) {}

    private static final Comparator<Due> ORDER = Comparator.comparing(Due::at).thenComparing(Due::entity);

    private final Instant since;
    private final ReplayListener listener;
    private final SortedMap<String, Known> entities = new TreeMap<>();
    private final Subjects subjects;
    private final SortedMap<String, Result> results = new TreeMap<>();
    private final TreeSet<Due> timers = new TreeSet<>(ORDER);
    private @Nullable CompiledScorecard scorecard;
    private Instant now = Instant.MIN;
    private boolean begun;

    /// Nothing told yet.
    ///
    /// @param catalogue the one that every version of the scorecard is compiled with
    /// @param since from when on results are judged; [Instant#MIN] for all of them
    public Replay(FactCatalogue catalogue, Wanted wanted, Instant since, ReplayListener listener) {
        this.subjects = new Subjects(catalogue, wanted);
        this.since = since;
        this.listener = listener;
    }

    // ---- what was told, each at the instant at which it became known; one before the latest counts as at that

    /// The scorecard was published, or a version of it that replaces the one before.
    public void publish(Instant at, CompiledScorecard version, Declared by) {
        advance(at);
        scorecard = version;
        entities.values().forEach(it -> whole(it, now, published(by)));
    }

    /// The scorecard was deleted.
    public void withdraw(Instant at, Declared by) {
        advance(at);
        scorecard = null;
        entities.values().forEach(it -> whole(it, now, published(by)));
    }

    private static IntFunction<Cause> published(Declared by) {
        return version -> by.cause(CauseKind.SCORECARD, null, version, true);
    }

    /// An entity was declared, for the first time or once more.
    public void declare(Instant at, Claimant claimant, Declared by) {
        advance(at);
        var ref = claimant.entity().ref();
        var baseline = !entities.containsKey(ref);
        var entity = entities.computeIfAbsent(ref, _ -> new Known(claimant.entity()));
        entity.declared(claimant);
        whole(entity, now, version -> by.cause(CauseKind.ENTITY, null, version, baseline));
        claim(entity, (subject, gained) -> version -> by.cause(CauseKind.CLAIM, subject, version, gained));
    }

    /// Makes an entity claim what it declares and what took the place of that, and nothing else.
    private void claim(Known entity, BiFunction<String, Boolean, IntFunction<Cause>> why) {
        var claimed = subjects.reached(entity.declared());
        var lost = new TreeSet<>(entity.subjects());
        lost.removeAll(claimed);
        for (var subject : lost) {
            subjects.leave(entity, subject);
            touch(entity, entity.lose(subject), why.apply(subject, false));
        }
        var gained = new TreeSet<>(claimed);
        gained.removeAll(entity.subjects());
        for (var subject : gained) {
            subjects.join(entity, subject);
            touch(entity, entity.gain(subject, subjects.of(subject)), why.apply(subject, true));
        }
    }

    /// An entity was deleted. One that is not known changes nothing.
    public void delete(Instant at, String ref, Declared by) {
        advance(at);
        var entity = entities.get(ref);
        if (entity == null) {
            return;
        }
        var before = results.get(ref);
        if (before != null) {
            end(entity, before, now, version -> by.cause(CauseKind.ENTITY, null, version, false));
        }
        entity.subjects().forEach(it -> subjects.leave(entity, it));
        entities.remove(ref);
    }

    /// A fact changed.
    public void take(Instant at, String subject, FactChange change) {
        take(at, subject, change, null);
    }

    /// A fact changed, which may have been told of a subject that this one took the place of.
    ///
    /// @param movedAt when what was told of another subject came to this one; null when it was told of this one
    public void take(Instant at, String subject, FactChange change, @Nullable Instant movedAt) {
        advance(at);
        var told = change.version().sourceTime();
        if (!subjects.takes(subject, change, movedAt == null || told.isAfter(movedAt) ? told : movedAt)) {
            return;
        }
        var news = change.fact().equals(Whereabouts.FACT) && change instanceof FactChange.Set set
                ? Optional.of(set)
                : Optional.<FactChange.Set>empty();
        news.flatMap(it -> subjects.arrival(subject, it)).ifPresent(it -> take(at, it.subject(), it.news(), it.at()));
        var applied = subjects.apply(subject, change);
        var moved = news.flatMap(it -> subjects.moved(subject, it));
        if (applied != null) {
            IntFunction<Cause> cause =
                    version -> FactCause.of(subject, change, applied.before(), applied.after(), version);
            changed(subject, Set.of(change.fact()), cause);
            moved.ifPresent(it -> moved(subject, it, cause));
        }
    }

    private void moved(String subject, Map<String, Set<String>> different, IntFunction<Cause> cause) {
        var claimants = subjects.claimants(subject);
        claimants.forEach(Known::begunAnew);
        for (var entity : claimants) {
            var facts = new LinkedHashSet<String>();
            different.values().forEach(facts::addAll);
            var claimed = subjects.reached(entity.declared());
            for (var each : claimed) {
                if (!entity.subjects().contains(each)) {
                    subjects.join(entity, each);
                    facts.addAll(entity.gain(each, subjects.of(each)));
                }
            }
            touch(entity, facts, cause);
            claim(entity, (_, _) -> cause);
        }
        different.forEach((each, facts) -> changed(each, facts, cause));
    }

    private void changed(String subject, Set<String> facts, IntFunction<Cause> cause) {
        for (var entity : subjects.claimants(subject)) {
            facts.forEach(entity::changed);
            touch(entity, facts, cause);
        }
    }

    /// Subjects that took the place of claimed ones and were not [Wanted]: without them a replay does not know all.
    public Set<String> missing() {
        return subjects.missing();
    }

    /// Lets time pass: judges at every instant up to and with `to` at which a result changes by itself.
    public void advance(Instant to) {
        if (to.isAfter(now)) {
            if (!begun && !to.isBefore(since)) {
                begun = true;
                entities.values().forEach(it -> whole(it, since, version -> Cause.clock(since, version)));
            }
            while (!timers.isEmpty() && !timers.first().at().isAfter(to)) {
                fire(timers.first());
            }
            now = to;
        }
    }

    /// The version of the scorecard that counts, if one does.
    public Optional<CompiledScorecard> scorecard() {
        return Optional.ofNullable(scorecard);
    }

    /// Why the rules have their outcomes for an entity, at the instant that came last; empty when it has no result.
    public List<RuleExplanation> explain(String entity) {
        var known = entities.get(entity);
        return known == null || scorecard == null || !results.containsKey(entity)
                ? List.of()
                : scorecard.explain(known.entity(), known, now, scorecard.rules());
    }

    /// Current results by entity; empty before `since`.
    public SortedMap<String, Result> results() {
        return Collections.unmodifiableSortedMap(results);
    }

    // ---- judging

    private void fire(Due due) {
        var before = requireNonNull(results.get(due.entity()));
        var rules = requireNonNull(scorecard).rulesDue(before, due.at());
        judge(
                requireNonNull(entities.get(due.entity())),
                before,
                due.at(),
                rules,
                version -> Cause.clock(due.at(), version));
    }

    /// Judges by the rules that read any of `facts`.
    private void touch(Known entity, Set<String> facts, IntFunction<Cause> cause) {
        var before = results.get(entity.entity().ref());
        if (before != null && scorecard != null) { // without a result it does not apply
            var rules = new LinkedHashSet<String>();
            facts.forEach(it -> rules.addAll(scorecard.rulesReading(it)));
            judge(entity, before, now, rules, cause);
        }
    }

    /// Judges by all rules, or ends the result when the scorecard does not apply any more.
    private void whole(Known entity, Instant at, IntFunction<Cause> cause) {
        if (!begun) {
            return;
        }
        var before = results.get(entity.entity().ref());
        if (scorecard != null && scorecard.appliesTo(entity.entity())) {
            judge(entity, before, at, scorecard.rules(), cause);
        } else if (before != null) {
            end(entity, before, at, cause);
        }
    }

    private void judge(Known entity, @Nullable Result before, Instant at, Set<String> rules, IntFunction<Cause> why) {
        var by = requireNonNull(scorecard);
        if (rules.isEmpty() && before != null) {
            return;
        }
        var after = by.evaluate(entity.entity(), entity, at, before, rules);
        var cause = why.apply(by.version());
        if (before == null) {
            keep(null, after);
            listener.began(entity.entity(), after, cause.asBaseline());
        } else if (!after.looksLike(before)) {
            keep(before, after);
            Transitions.between(before, after, by.definition().levels(), cause)
                    .ifPresent(it -> listener.changed(entity.entity(), before, after, it, cause));
        }
    }

    private void end(Known entity, Result before, Instant at, IntFunction<Cause> why) {
        var cause = why.apply(scorecard == null ? before.scorecardVersion() : scorecard.version());
        keep(before, null);
        var transition = Transitions.between(before, null, List.of(), cause).orElseThrow();
        listener.ended(entity.entity(), before, transition, cause, at);
    }

    private void keep(@Nullable Result before, @Nullable Result after) {
        if (before != null) {
            results.remove(before.entity());
            due(before).ifPresent(timers::remove);
        }
        if (after != null) {
            results.put(after.entity(), after);
            due(after).ifPresent(timers::add);
        }
    }

    private static Optional<Due> due(Result result) {
        return Optional.ofNullable(result.lookAgainAt()).map(at -> new Due(at, result.entity()));
    }
}

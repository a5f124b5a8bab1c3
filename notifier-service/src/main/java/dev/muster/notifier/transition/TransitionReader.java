package dev.muster.notifier.transition;

import dev.muster.notifier.text.Text;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// The one place where Avro becomes a [Transition]. Text loses what a database or a terminal would choke on.
public final class TransitionReader {

    private TransitionReader() {}

    /// Reads one record.
    public static Transition read(dev.muster.schemas.v1.Transition it) {
        return new Transition(
                Text.stored(it.getId()),
                Text.stored(it.getEntity()),
                Text.stored(it.getScorecard()),
                Text.stored(it.getScorecardTitle()),
                it.getVersion(),
                it.getKind(),
                it.getAt(),
                standing(it.getBefore()),
                standing(it.getAfter()),
                it.getChanges().stream().map(TransitionReader::change).toList(),
                cause(it.getCause()),
                Text.storedOrNull(it.getOwner()),
                it.getTier(),
                it.getNotify());
    }

    private static @Nullable Standing standing(dev.muster.schemas.v1.@Nullable Standing it) {
        if (it == null) {
            return null;
        }
        var outcomes = new HashMap<String, dev.muster.schemas.v1.Outcome>();
        it.getOutcomes().forEach((rule, outcome) -> outcomes.put(Text.stored(rule), outcome));
        return new Standing(Text.storedOrNull(it.getLevel()), it.getScore(), outcomes);
    }

    private static RuleChange change(dev.muster.schemas.v1.RuleChange it) {
        return new RuleChange(
                Text.stored(it.getRule()),
                Text.stored(it.getTitle()),
                Text.stored(it.getLevel()),
                it.getBefore(),
                it.getAfter(),
                Text.stored(it.getMessage()),
                Text.storedOrNull(it.getRemediation()));
    }

    private static Cause cause(dev.muster.schemas.v1.Cause it) {
        return new Cause(
                it.getKind(),
                Text.stored(it.getSource()),
                Text.storedOrNull(it.getConnection()),
                Text.storedOrNull(it.getDeliveryId()),
                Text.storedOrNull(it.getActor()),
                Text.storedOrNull(it.getUrl()),
                Text.storedOrNull(it.getSubject()),
                Text.storedOrNull(it.getFact()),
                Text.storedOrNull(it.getBefore()),
                Text.storedOrNull(it.getAfter()),
                it.getAt(),
                it.getBaseline());
    }
}

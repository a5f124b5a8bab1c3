package dev.muster.engine.rule;

import static java.util.stream.Collectors.joining;

import dev.cel.common.CelErrorCode;
import dev.cel.common.CelException;
import dev.muster.engine.definition.AttestationTerms;
import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.rule.Judgement.Verdict;
import dev.muster.engine.rule.Waivers.Waiver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The words of outcomes that no rule words itself. They hold no time that goes on: a message that changes is
/// a transition.
final class Reasons {

    /// The source that is not a tool: whoever calls.
    private static final String API = "api";

    private static final Pattern PREFIX = Pattern.compile("^evaluation error( at [^:]*:\\d+)?: ");

    private Reasons() {}

    static String made(String title, Outcome outcome) {
        return switch (outcome) {
            case PASS -> title;
            case WARN -> "only just: " + title;
            case FAIL, UNKNOWN, STALE, EXEMPT, NOT_APPLICABLE, ERROR -> "not so: " + title;
        };
    }

    /// With what was deleted, or else with the connections that would report it.
    ///
    /// @param deleted subjects of the entity that were deleted, and when
    static String missing(List<String> facts, FactCatalogue catalogue, Map<String, Instant> deleted) {
        if (!deleted.isEmpty()) {
            return deleted.entrySet().stream()
                            .map(it -> it.getKey() + " was deleted at " + it.getValue())
                            .collect(joining(", "))
                    + ", and nothing has reported " + String.join(" and ", facts) + " since";
        }
        var sources = facts.stream()
                .flatMap(fact -> catalogue.find(fact).stream())
                .flatMap(declaration -> declaration.sources().stream())
                .distinct()
                .toList();
        var tools = sources.stream()
                .filter(source -> !source.equals(API) && !source.equals(FactDeclaration.MUSTER))
                .toList();
        return "nothing has reported " + String.join(" and ", facts) + " yet"
                + (tools.isEmpty() ? "" : "; connect " + any(tools))
                + (sources.contains(API)
                        ? (tools.isEmpty() ? "; tell it" : ", or tell it") + " through /v1/facts"
                        : "");
    }

    /// Where a rule applies, and what is otherwise here.
    static String notApplicable(String appliesTo, Set<String> fields, StructureValue entity) {
        var here = fields.stream()
                .sorted()
                .map(field -> field + " is " + written(entity.select(field)))
                .collect(joining(" and "));
        return "applies where " + appliesTo.strip().replaceAll("\\s+", " ") + (here.isEmpty() ? "" : "; here " + here);
    }

    /// From when on a rule counts, and what it would be if it did now.
    static String ahead(Instant effectiveFrom, Verdict asOfNow) {
        var would = switch (asOfNow.outcome()) {
            case PASS, FAIL, WARN -> "would ";
            case UNKNOWN, STALE, EXEMPT, NOT_APPLICABLE, ERROR -> "would be ";
        };
        return "counts from " + effectiveFrom + " on; as of now it " + would + asOfNow.outcome() + ": "
                + asOfNow.message();
    }

    private static String written(Object value) {
        return switch (value) {
            case String text when text.isEmpty() -> "not declared";
            case List<?> list when list.isEmpty() -> "empty";
            case List<?> list -> list.stream().map(String::valueOf).collect(joining(", "));
            case Long tier when tier == EntityView.NO_TIER -> "not declared";
            default -> String.valueOf(value);
        };
    }

    /// Who may attest a rule.
    static String attesters(AttestationTerms terms) {
        var duties = terms.by().stream()
                .filter(who -> !who.equals(AttestationTerms.OWNER))
                .sorted()
                .toList();
        var who = new ArrayList<String>();
        if (terms.by().contains(AttestationTerms.OWNER)) {
            who.add("its owner");
        }
        if (!duties.isEmpty()) {
            who.add("somebody with the duty " + any(duties));
        }
        return any(who) + " can";
    }

    private static String any(List<String> words) {
        var last = words.size() - 1;
        return last < 1 ? String.join("", words) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    static String incomplete(List<String> facts) {
        return "there are more " + String.join(" and ", facts) + " than are kept, so that a pass would be a guess";
    }

    static String exempt(Waiver waiver) {
        return "exempt until " + waiver.expires() + by(waiver.text("approvedBy"), "approved by")
                + because(waiver.text("reason"));
    }

    static String attested(Waiver waiver) {
        return "attested until " + waiver.expires() + by(waiver.text("by"), "by") + because(waiver.text("evidence"));
    }

    private static String by(String who, String how) {
        return who.isEmpty() ? "" : ", " + how + " " + who;
    }

    private static String because(String why) {
        return why.isEmpty() ? "" : ": " + why;
    }

    /// Why an expression broke, in one line.
    static String of(Throwable broken) {
        var none = NoAnswer.in(broken);
        if (none != null) {
            return none.reason();
        }
        for (var cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof Steps.TooManySteps) {
                return "the expression was stopped: it " + cause.getMessage();
            }
            if (cause instanceof CelException cel && cel.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED) {
                return "the expression was stopped: it took more than " + Steps.LIMIT + " steps";
            }
            if (cause.getCause() == null && cause.getClass() == IllegalArgumentException.class) {
                return FlawWords.firstLine(String.valueOf(cause.getMessage())); // of a function of ours
            }
        }
        if (broken instanceof StackOverflowError) {
            return "the expression was stopped: it is nested too deeply";
        }
        var message = broken.getMessage() == null ? broken.getClass().getSimpleName() : broken.getMessage();
        return FlawWords.firstLine(PREFIX.matcher(message).replaceFirst(""));
    }
}

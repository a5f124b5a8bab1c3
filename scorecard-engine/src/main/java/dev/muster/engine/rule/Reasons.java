package dev.muster.engine.rule;

import dev.cel.common.CelErrorCode;
import dev.cel.common.CelException;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.rule.Waivers.Waiver;
import java.util.List;
import java.util.regex.Pattern;

/// The words of outcomes that no rule words itself. They hold no time that goes on: a message that changes is
/// a transition.
final class Reasons {

    private static final Pattern PREFIX = Pattern.compile("^evaluation error( at [^:]*:\\d+)?: ");

    private Reasons() {}

    static String made(String title, Outcome outcome) {
        return switch (outcome) {
            case PASS -> title;
            case WARN -> "only just: " + title;
            case FAIL, UNKNOWN, STALE, EXEMPT, NOT_APPLICABLE, ERROR -> "not so: " + title;
        };
    }

    static String missing(List<String> facts) {
        return "nothing has reported " + String.join(" and ", facts) + " yet";
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

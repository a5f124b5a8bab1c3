package dev.muster.portal.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was done just before a page is shown, as its address says it: `?done=approved`. A closed list, so that no link
/// can make a page say something else.
public enum Done {
    REQUESTED("Asked for. It stands here within a moment, and somebody else decides about it."),
    ATTESTED("Attested. The rule is judged again within a moment."),
    APPROVED("Approved. The rule is judged again within a moment."),
    DENIED("Denied. Who asked for it sees your note."),
    REVOKED("Revoked. The rule is judged again within a moment."),
    WITHDRAWN("Withdrawn. The rule is judged again within a moment."),
    SILENCED("Silenced. What it holds back is told when it ends, if it is still so then."),
    ENDED("Ended. What it held back and is still so leaves now."),
    REDRIVEN("Tried again. What comes of it stands here within a moment."),
    SUBSCRIBED("Mail is sent to this address again."),
    PREFERRED("Kept. It counts for the next message.");

    private static final String PARAMETER = "done";

    private final String text;

    Done(String text) {
        this.text = text;
    }

    /// The address with this said on it.
    public String on(Link page) {
        return page.with(PARAMETER, name().toLowerCase(Locale.ROOT)).toString();
    }

    static boolean isParameter(String name) {
        return name.equals(PARAMETER);
    }

    /// What a page says first, or null.
    static @Nullable String text(HttpServletRequest request) {
        var done = request.getParameter(PARAMETER);
        return Stream.of(values())
                .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(done))
                .map(it -> it.text)
                .findFirst()
                .orElse(null);
    }
}

package dev.muster.notifier.preference;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an owner may say about how it is told: by an annotation of its group, or by page, which goes before
/// the annotation.
public enum Preference {
    /// A mail address, which goes before the one of the profile.
    EMAIL("email", "muster.dev/email"),
    /// The name of a configured Slack destination.
    SLACK("slackWebhook", "muster.dev/slack-webhook"),
    /// Names of configured destinations of any channel, separated by commas.
    DESTINATIONS("destinations", "muster.dev/destinations"),
    /// When not to be told, such as `mon-fri 18:00-08:00 Europe/Berlin`; UTC without a zone.
    QUIET_HOURS("quietHours", "muster.dev/quiet-hours"),
    /// How often, where its node of the routes says nothing, such as `daily 09:00 Europe/Berlin`.
    DIGEST("digest", "muster.dev/digest"),
    /// When the week ends, such as `fri 08:00 Europe/Berlin`, or `off`.
    WEEKLY_REPORT("weeklyReport", "muster.dev/weekly-report");

    /// Says that there is none, whatever the profile or the annotation says.
    public static final String NONE = "none";

    private final String member;
    private final String annotation;

    Preference(String member, String annotation) {
        this.member = member;
        this.annotation = annotation;
    }

    /// As the API calls it.
    public String member() {
        return member;
    }

    /// The annotation that says it.
    public String annotation() {
        return annotation;
    }

    /// What is said of it; null when nothing is, or that there is none.
    public @Nullable String in(Map<String, String> annotations) {
        var text = said(annotations);
        return text.isEmpty() || text.equals(NONE) ? null : text;
    }

    /// Whether it is said that there is none.
    public boolean isNone(Map<String, String> annotations) {
        return said(annotations).equals(NONE);
    }

    private String said(Map<String, String> annotations) {
        return annotations.getOrDefault(annotation, "").strip();
    }

    /// What the API calls them.
    public static List<String> members() {
        return Arrays.stream(values()).map(Preference::member).toList();
    }

    /// The one that the API calls so.
    public static Optional<Preference> of(String member) {
        return Arrays.stream(values()).filter(it -> it.member.equals(member)).findFirst();
    }
}

package dev.muster.portal.page;

import dev.muster.portal.result.CauseView;
import dev.muster.service.ValueWords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/// How pages say things. Templates call it `words`.
@Component
public class Words {

    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern(
                    "d MMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final Set<String> METALS = Set.of("bronze", "silver", "gold", "platinum");

    private final InstantSource clock;

    Words(InstantSource clock) {
        this.clock = clock;
    }

    /// `PASS` as people say it.
    public String outcome(@Nullable String outcome) {
        return switch (outcome == null ? "" : outcome) {
            case "PASS" -> "Passed";
            case "FAIL" -> "Failed";
            case "WARN" -> "Warning";
            case "UNKNOWN" -> "Unknown";
            case "STALE" -> "Stale";
            case "EXEMPT" -> "Exempt";
            case "NOT_APPLICABLE" -> "Not applicable";
            case "ERROR" -> "Rule broken";
            default -> "Gone";
        };
    }

    /// What an outcome means, for those who meet it the first time.
    public String meaning(String outcome) {
        return switch (outcome) {
            case "PASS" -> "The check is true.";
            case "FAIL" -> "The check is false.";
            case "WARN" -> "The check is true, but not for long or not by much.";
            case "UNKNOWN" ->
                "No tool has reported the fact that this rule reads. It blocks the level and leaves the score.";
            case "STALE" -> "The evidence is older than it may be. It blocks the level and leaves the score.";
            case "EXEMPT" -> "An approved exemption stands in for it.";
            case "NOT_APPLICABLE" -> "The rule does not ask this of this entity.";
            case "ERROR" -> "The rule itself broke; its keeper has to mend it.";
            default -> "";
        };
    }

    /// Icon and colour of an outcome.
    public String tone(@Nullable String outcome) {
        return switch (outcome == null ? "" : outcome) {
            case "PASS" -> "pass";
            case "FAIL" -> "fail";
            case "ERROR" -> "error";
            case "WARN" -> "warn";
            case "STALE" -> "stale";
            case "EXEMPT" -> "exempt";
            case "NOT_APPLICABLE" -> "na";
            default -> "unknown";
        };
    }

    /// `REGRESSED` as people say it.
    public String kind(String kind) {
        return switch (kind) {
            case "REGRESSED" -> "Regressed";
            case "RECOVERED" -> "Recovered";
            case "DECAYED" -> "Decayed";
            case "BASELINE" -> "Baseline";
            default -> "Changed";
        };
    }

    /// Icon and colour of a kind of transition.
    public String kindTone(String kind) {
        return switch (kind) {
            case "REGRESSED" -> "fail";
            case "RECOVERED" -> "pass";
            case "DECAYED" -> "stale";
            case "BASELINE" -> "exempt";
            default -> "changed";
        };
    }

    /// What made something change, in few words.
    public String cause(CauseView cause) {
        return switch (cause.kind()) {
            case "FACT" -> cause.source() + " reported " + (cause.fact() == null ? "a fact" : cause.fact());
            case "CLOCK" -> "A deadline passed";
            case "ENTITY" -> "The entity was declared or edited";
            case "CLAIM" -> "A claim came or went";
            case "SCORECARD" -> "Version " + cause.scorecardVersion() + " of the scorecard was published";
            default -> "Reported by " + cause.source();
        };
    }

    /// What became of the value that made something change, in few words.
    public String change(CauseView cause) {
        return ValueWords.change(cause.before(), cause.after());
    }

    /// Colour of a level: that of its metal, else by its rank.
    public String levelTone(@Nullable String level, List<String> levels) {
        if (level == null || level.equals("none")) {
            return "none";
        }
        if (METALS.contains(level.toLowerCase(Locale.ROOT))) {
            return level.toLowerCase(Locale.ROOT);
        }
        int rank = levels.indexOf(level);
        return rank < 0 ? "none" : "rank" + (4 - Math.min(3, levels.size() - 1 - rank));
    }

    /// A level as a title.
    public String level(@Nullable String level) {
        return level == null || level.equals("none") ? "No level" : capital(level);
    }

    /// `medium` as `Medium`.
    public String capital(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /// `3 minutes ago`, or `in 3 minutes`.
    public String ago(Instant at) {
        var passed = Duration.between(at, clock.instant());
        var distance = passed.abs();
        if (distance.compareTo(Duration.ofSeconds(45)) < 0) {
            return passed.isNegative() ? "in a moment" : "just now";
        }
        var amount = amount(distance);
        return amount == null ? DAY.format(at) : passed.isNegative() ? "in " + amount : amount + " ago";
    }

    /// `23 Nov 2026, 04:41:10 UTC`.
    public String exact(Instant at) {
        return EXACT.format(at);
    }

    /// `23 Nov 2026`.
    public String day(LocalDate day) {
        return DAY.format(day.atStartOfDay(ZoneOffset.UTC));
    }

    /// The name of what a reference names, with its namespace when that is not the usual one.
    public String name(String ref) {
        var name = ref.substring(ref.indexOf(':') + 1);
        return name.startsWith("default/") ? name.substring("default/".length()) : name;
    }

    /// Address of the page of an entity, a team for a group.
    public String page(String ref) {
        var team = ref.startsWith("group:");
        return (team ? "/teams/" : "/entities/") + path(ref);
    }

    /// Address of the way of a delivery.
    public String delivery(String id) {
        return "/deliveries/" + segment(id);
    }

    /// A reference as it stands in an address.
    public String path(String ref) {
        return UriUtils.encodePath(ref, StandardCharsets.UTF_8);
    }

    /// What a form is about: the parameters that fill it.
    public Link form(String entity, String rule, String scorecard) {
        return Link.to("/").with("entity", entity).with("rule", rule).with("scorecard", scorecard);
    }

    /// A text as one segment of a path.
    public String segment(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }

    /// Whether it is an address that a page may link to: what strangers send could be a script.
    public boolean isLink(@Nullable String text) {
        if (text == null) {
            return false;
        }
        var lower = text.toLowerCase(Locale.ROOT);
        return (lower.startsWith("https://") || lower.startsWith("http://"))
                && text.chars().noneMatch(c -> c <= ' ');
    }

    /// Where a subject can be looked at, or null.
    public @Nullable String subjectLink(String subject) {
        for (var host : List.of("github.com/", "gitlab.com/")) {
            if (subject.startsWith("repo:" + host)) {
                return "https://" + subject.substring("repo:".length());
            }
        }
        return null;
    }

    /// `1 rule`, `2 rules`.
    public String count(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }

    /// `12 kB`.
    public String bytes(int size) {
        return size < 1000 ? size + " B" : size < 1_000_000 ? size / 1000 + " kB" : size / 1_000_000 + " MB";
    }

    private static @Nullable String amount(Duration distance) {
        long minutes = Math.max(1, Math.round(distance.toSeconds() / 60.0));
        if (minutes < 60) {
            return minutes + (minutes == 1 ? " minute" : " minutes");
        }
        long hours = Math.round(minutes / 60.0);
        if (hours < 24) {
            return hours + (hours == 1 ? " hour" : " hours");
        }
        long days = Math.round(hours / 24.0);
        return days <= 45 ? days + (days == 1 ? " day" : " days") : null;
    }
}

package dev.muster.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = {
            "Silences what fits all fields, each by any of its values.",
            "It takes the role admin, or the role editor and owners or entities of one's own teams."
        })
final class SilenceCreateCommand extends ToldCommand {

    private static final Pattern SPAN = Pattern.compile("([0-9]{1,5})([hdw])");

    @Parameters(
            arity = "1..*",
            paramLabel = "FIELD=VALUE",
            description = {
                "What is meant, such as: owner=group:default/payments rule=max-known-vulnerabilities",
                "Fields: kind, entity, owner, scorecard, tier, tag, rule, level, lost, source; * stands for any text."
            })
    private List<String> matchers = List.of();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, in 3 characters or more.")
    private String reason = "";

    @Option(
            names = "--until",
            required = true,
            paramLabel = "WHEN",
            description = "When it ends: a duration such as 12h, 7d or 2w, a date (its start in UTC) or a time.")
    private String until = "";

    @Option(
            names = "--from",
            paramLabel = "WHEN",
            description = "When it begins, written in the same ways (default: now).")
    private @Nullable String from;

    private final InstantSource clock = InstantSource.system();

    SilenceCreateCommand(Supplier<Muster> muster) {
        super(muster);
    }

    @Override
    int run(Muster muster, Output out) {
        var body = new LinkedHashMap<String, Object>();
        body.put("matchers", wanted());
        body.put("reason", reason);
        if (from != null) {
            body.put("startsAt", instant("--from", from).toString());
        }
        body.put("endsAt", instant("--until", until).toString());
        var answer = muster.tell("/api/v1/silences", body);
        if (!answer.good()) {
            return Decision.refused(answer, out);
        }
        out.object(answer.body());
        out.people()
                .printf(
                        "silence %s is %s until %s%n",
                        Json.text(answer.body(), "id"),
                        Json.text(answer.body(), "state").toLowerCase(java.util.Locale.ROOT),
                        Json.text(answer.body(), "endsAt"));
        return ExitCode.OK;
    }

    private Map<String, List<String>> wanted() {
        var wanted = new LinkedHashMap<String, List<String>>();
        for (var matcher : matchers) {
            var parts = matcher.split("=", 2);
            if (parts.length < 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw Failure.usage("'%s' is not FIELD=VALUE, such as owner=group:default/payments".formatted(matcher));
            }
            wanted.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[1]);
        }
        return wanted;
    }

    private Instant instant(String option, String text) {
        var span = SPAN.matcher(text);
        if (span.matches()) {
            return clock.instant().plus(unit(span.group(2)).multipliedBy(Long.parseLong(span.group(1))));
        }
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            throw Failure.usage(
                    "%s is a duration such as 7d, a date such as 2026-06-01, or a time such as 2026-06-01T12:00:00Z; '%s' is none"
                            .formatted(option, text));
        }
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }
}

package dev.muster.engine.definition;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations as people write them: `14d`, `12h`, `1d12h`, `90s`, `0.5h`, `250ms`.
///
/// Units: `w` (7 days), `d` (24 hours), `h`, `m`, `s`, `ms`, `us`, `ns`, from the largest down. A leading
/// `-` is read too. A duration is less than 10,000 years.
public final class DurationText {

    private static final Map<String, Long> NANOS = Map.of(
            "w", 7 * 86_400_000_000_000L,
            "d", 86_400_000_000_000L,
            "h", 3_600_000_000_000L,
            "m", 60_000_000_000L,
            "s", 1_000_000_000L,
            "ms", 1_000_000L,
            "us", 1_000L,
            "ns", 1L);

    private static final Pattern WHOLE = Pattern.compile("-?(\\d{1,12}(\\.\\d{1,9})?(w|d|h|ms|m|s|us|ns))+");
    private static final Pattern PART = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(w|d|h|ms|m|s|us|ns)");
    private static final Duration LONGEST = Duration.ofDays(3_652_500);

    private DurationText() {}

    /// Empty when the text is not a duration.
    public static Optional<Duration> parse(String text) {
        if (text.length() > 60 || !WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        var sum = Duration.ZERO;
        var parts = PART.matcher(text);
        while (parts.find()) {
            var unit = Duration.ofNanos(NANOS.getOrDefault(parts.group(2), 0L));
            var number = parts.group(1);
            var dot = number.indexOf('.');
            sum = sum.plus(unit.multipliedBy(Long.parseLong(dot < 0 ? number : number.substring(0, dot))));
            if (dot >= 0) {
                sum = sum.plusNanos((long) (Double.parseDouble("0" + number.substring(dot)) * unit.toNanos()));
            }
            if (sum.compareTo(LONGEST) > 0) {
                return Optional.empty();
            }
        }
        return Optional.of(text.startsWith("-") ? sum.negated() : sum);
    }

    /// The shortest way to write it with whole numbers, such as `14d` or `1d12h`.
    public static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        var text = new StringBuilder(duration.isNegative() ? "-" : "");
        var rest = duration.abs();
        for (var unit : new String[] {"d", "h", "m", "s", "ms", "us", "ns"}) {
            var one = Duration.ofNanos(NANOS.getOrDefault(unit, 1L));
            var many = rest.dividedBy(one);
            if (many > 0) {
                text.append(many).append(unit);
                rest = rest.minus(one.multipliedBy(many));
            }
        }
        return text.toString();
    }
}

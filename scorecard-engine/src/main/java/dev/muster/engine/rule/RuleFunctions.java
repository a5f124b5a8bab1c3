package dev.muster.engine.rule;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.DURATION;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.cel.common.types.SimpleType.TIMESTAMP;

import com.google.common.collect.Sets;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.runtime.CelFunctionBinding;
import dev.muster.engine.definition.DurationText;
import dev.muster.engine.result.Outcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.semver4j.Semver;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/// The functions that rules have beyond those of CEL. `docs/rule-language.md` shows each with an example that is run.
final class RuleFunctions {

    static final String WITHIN = "within";
    static final String OVERDUE = "overdue";
    static final String ATTESTED = "attested";
    static final String DURATION_OF = "duration";

    /// Characters of a version or a range: patterns look for them.
    private static final int LONGEST_VERSION = 200;

    private static final CelType TEXTS = ListType.create(STRING);
    private static final CelType TIMES = ListType.create(TIMESTAMP);

    /// Those that are answered anew for each evaluation, from its clock and its attestations.
    static final Set<String> LATE = Set.of(WITHIN, OVERDUE, ATTESTED);

    static final List<CelFunctionDecl> DECLARATIONS = new ArrayList<>();
    static final List<CelFunctionBinding> BINDINGS = new ArrayList<>();

    /// Durations that expressions name, so that a loop does not read the same text again for every item.
    private static final Map<String, Duration> DURATIONS = new ConcurrentHashMap<>();

    static {
        declare(WITHIN, overload("muster_within", BOOL, TIMESTAMP, DURATION));
        declare(OVERDUE, overload("muster_overdue", BOOL, TIMESTAMP, DURATION));
        declare(ATTESTED, overload("muster_attested", BOOL));
        declare(DURATION_OF, overload("muster_duration", DURATION, STRING));
        declare("string", overload("muster_double_to_string", STRING, DOUBLE));
        declare("portion", overload("muster_portion", DURATION, DURATION, DOUBLE));
        declare("unknown", overload("muster_unknown", BOOL, STRING));
        declare("counted", overload("muster_counted", STRING, INT, STRING, STRING));
        declare("day", overload("muster_day", STRING, TIMESTAMP));
        declare("earliest", overload("muster_earliest", TIMESTAMP, TIMES));
        declare("latest", overload("muster_latest", TIMESTAMP, TIMES));
        declare("percent", overload("muster_percent", DOUBLE, INT, INT));
        declare("perDay", overload("muster_per_day", DOUBLE, INT, DURATION));
        declare("isSemver", overload("muster_is_semver", BOOL, STRING));
        declare("semverCompare", overload("muster_semver_compare", INT, STRING, STRING));
        declare("semverSatisfies", overload("muster_semver_satisfies", BOOL, STRING, STRING));
        declare("sets.contains", overload("muster_sets_contains", BOOL, TEXTS, TEXTS));
        declare("sets.intersects", overload("muster_sets_intersects", BOOL, TEXTS, TEXTS));
        declare("sets.equivalent", overload("muster_sets_equivalent", BOOL, TEXTS, TEXTS));
        declare("sets.difference", overload("muster_sets_difference", TEXTS, TEXTS, TEXTS));

        bind(DURATION_OF, CelFunctionBinding.from("muster_duration", String.class, RuleFunctions::duration));
        BINDINGS.add(CelFunctionBinding.from("muster_double_to_string", Double.class, RuleFunctions::string));
        bind(
                "portion",
                CelFunctionBinding.from("muster_portion", Duration.class, Double.class, RuleFunctions::portion));
        bind("unknown", CelFunctionBinding.from("muster_unknown", String.class, reason -> {
            throw new NoAnswer(Outcome.UNKNOWN, reason);
        }));
        bind(
                "counted",
                CelFunctionBinding.from(
                        "muster_counted",
                        List.of(Long.class, String.class, String.class),
                        it -> it[0] + " " + ((Long) it[0] == 1 ? it[1] : it[2])));
        bind(
                "day",
                CelFunctionBinding.from(
                        "muster_day",
                        Instant.class,
                        time -> time.atOffset(ZoneOffset.UTC).toLocalDate().toString()));
        bind(
                "earliest",
                CelFunctionBinding.from(
                        "muster_earliest",
                        List.class,
                        times -> chosen(times, (one, other) -> one.isBefore(other) ? one : other)));
        bind(
                "latest",
                CelFunctionBinding.from(
                        "muster_latest",
                        List.class,
                        times -> chosen(times, (one, other) -> one.isAfter(other) ? one : other)));
        bind("percent", CelFunctionBinding.from("muster_percent", Long.class, Long.class, RuleFunctions::percent));
        bind("perDay", CelFunctionBinding.from("muster_per_day", Long.class, Duration.class, RuleFunctions::perDay));
        bind("isSemver", CelFunctionBinding.from("muster_is_semver", String.class, RuleFunctions::isSemver));
        bind(
                "semverCompare",
                CelFunctionBinding.from("muster_semver_compare", String.class, String.class, (one, other) ->
                        (long) Integer.signum(semver(one).compareTo(semver(other)))));
        bind(
                "semverSatisfies",
                CelFunctionBinding.from(
                        "muster_semver_satisfies",
                        String.class,
                        String.class,
                        (version, range) -> range(range).isSatisfiedBy(semver(version))));
        bind(
                "sets.contains",
                CelFunctionBinding.from(
                        "muster_sets_contains",
                        List.class,
                        List.class,
                        (all, some) -> set(all).containsAll(set(some))));
        bind(
                "sets.intersects",
                CelFunctionBinding.from(
                        "muster_sets_intersects",
                        List.class,
                        List.class,
                        (one, other) -> !Sets.intersection(set(one), set(other)).isEmpty()));
        bind(
                "sets.equivalent",
                CelFunctionBinding.from(
                        "muster_sets_equivalent", List.class, List.class, (one, other) -> set(one).equals(set(other))));
        bind(
                "sets.difference",
                CelFunctionBinding.from(
                        "muster_sets_difference",
                        List.class,
                        List.class,
                        (all, without) -> List.copyOf(Sets.difference(set(all), set(without)))));
    }

    private RuleFunctions() {}

    /// Names, to guess what was meant.
    static Collection<String> names() {
        var names = new LinkedHashSet<>(List.of("timestamp", "size", "matches", "lowerAscii", "join", "split"));
        DECLARATIONS.forEach(declaration -> names.add(declaration.name()));
        return names;
    }

    private static void declare(String name, CelOverloadDecl overload) {
        DECLARATIONS.add(CelFunctionDecl.newFunctionDeclaration(name, overload));
    }

    private static CelOverloadDecl overload(String id, CelType gives, CelType... takes) {
        return CelOverloadDecl.newGlobalOverload(id, gives, Arrays.asList(takes));
    }

    private static void bind(String name, CelFunctionBinding binding) {
        BINDINGS.addAll(CelFunctionBinding.fromOverloads(name, binding));
    }

    private static Duration duration(String text) {
        var known = DURATIONS.get(text);
        if (known != null) {
            return known;
        }
        var duration = DurationText.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a duration such as 7d or 12h"));
        if (DURATIONS.size() < 1_000) {
            DURATIONS.put(text, duration);
        }
        return duration;
    }

    /// `80` and `71.5`, as people write numbers.
    private static String string(double number) {
        return Double.isFinite(number)
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : String.valueOf(number);
    }

    private static Duration portion(Duration whole, double part) {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException("a portion is from 0.0 to 1.0, not " + part);
        }
        return Duration.ofMillis((long) (whole.toMillis() * part));
    }

    /// Rounded to a tenth, towards zero, so that 100 means all of them.
    private static double percent(long part, long whole) {
        if (whole <= 0) {
            throw new NoAnswer(Outcome.UNKNOWN, "there is nothing to take a percentage of");
        }
        return tenths(BigDecimal.valueOf(part).multiply(BigDecimal.valueOf(100)), BigDecimal.valueOf(whole));
    }

    private static double perDay(long count, Duration span) {
        if (!span.isPositive()) {
            throw new IllegalArgumentException("a rate is of a time that lasts, not of " + DurationText.format(span));
        }
        return tenths(
                BigDecimal.valueOf(count)
                        .multiply(BigDecimal.valueOf(Duration.ofDays(1).toMillis())),
                BigDecimal.valueOf(Math.max(1, span.toMillis())));
    }

    private static double tenths(BigDecimal part, BigDecimal whole) {
        return part.divide(whole, 1, RoundingMode.DOWN).doubleValue();
    }

    private static Instant chosen(List<?> times, BiFunction<Instant, Instant, Instant> better) {
        Instant best = null;
        for (var time : times) {
            best = best == null ? (Instant) time : better.apply(best, (Instant) time);
        }
        if (best == null) {
            throw new IllegalArgumentException("there is no time in an empty list");
        }
        return best;
    }

    private static boolean isSemver(String text) {
        return text.length() <= LONGEST_VERSION && Semver.isValid(text);
    }

    private static Semver semver(String text) {
        if (!isSemver(text)) {
            throw new IllegalArgumentException("'" + shortened(text) + "' is not a version such as 1.4.2");
        }
        return new Semver(text);
    }

    private static RangeList range(String text) {
        try {
            if (text.length() <= LONGEST_VERSION) {
                return RangeListFactory.create(text);
            }
        } catch (RuntimeException _) {
            // the same as one that is too long
        }
        throw new IllegalArgumentException(
                "'" + shortened(text) + "' is not a range of versions such as >=1.4.0 <2.0.0");
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private static Set<String> set(List<?> texts) {
        Steps.make(Growth.size(texts));
        var set = new LinkedHashSet<String>();
        texts.forEach(text -> set.add((String) text));
        return set;
    }
}

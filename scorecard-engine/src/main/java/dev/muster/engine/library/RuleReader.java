package dev.muster.engine.library;

import dev.muster.engine.definition.AttestationTerms;
import dev.muster.engine.definition.DurationText;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.definition.YamlFields;
import dev.muster.engine.definition.YamlNode.Mapping;
import dev.muster.engine.definition.YamlNode.Scalar;
import dev.muster.engine.rule.Expressions;
import dev.muster.engine.rule.Expressions.Role;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one rule: of a `rule.yaml`, of a scorecard, or one that a scorecard reuses and changes.
final class RuleReader {

    static final Set<String> KEYS = Set.of(
            "id",
            "title",
            "motivation",
            "appliesTo",
            "check",
            "warn",
            "message",
            "level",
            "weight",
            "fresh",
            "effectiveFrom",
            "remediation",
            "dimension",
            "params",
            "tiers",
            "attestation",
            "requirement");

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");

    /// Characters of a date such as 2026-12-01.
    static final int DATE_LENGTH = 10;

    private static final Set<String> EFFORTS = Set.of("low", "medium", "high");
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Pattern DUTY = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    /// The year 10000.
    private static final Instant END = Instant.ofEpochSecond(253_402_300_800L);

    private final Expressions expressions;
    private final Mistakes mistakes;

    RuleReader(Expressions expressions, Mistakes mistakes) {
        this.expressions = expressions;
        this.mistakes = mistakes;
    }

    /// A rule that stands on its own.
    ///
    /// @param use name under which it is shipped, or null for a scorecard's own
    RuleDefinition read(YamlFields fields, @Nullable String use) {
        var id = id(fields, fields.requiredText("id"));
        var params = Params.declared(fields, mistakes);
        fields.required("check");
        var rule = new RuleDefinition(
                id,
                fields.requiredText("title"),
                fields.text("motivation").orElse(null),
                expression(fields, "appliesTo", Role.APPLIES_TO, params, null),
                orEmpty(expression(fields, "check", Role.CHECK, params, null)),
                expression(fields, "warn", Role.WARN, params, null),
                expression(fields, "message", Role.MESSAGE, params, null),
                fields.requiredText("level"),
                fields.integer("weight", 1, 1, 100),
                fresh(fields, null),
                effectiveFrom(fields),
                remediation(fields, null),
                effort(fields, null),
                fields.text("dimension").orElse(null),
                params,
                tiers(fields, params, null),
                attestation(fields, null),
                fields.text("requirement").orElse(null),
                use);
        checkTiers(fields, rule);
        return rule;
    }

    /// A shipped rule with what the scorecard says otherwise.
    RuleDefinition reuse(YamlFields fields, RuleDefinition base) {
        var params = Params.with(fields, base, mistakes);
        var clean = mistakes.isEmpty();
        var rule = new RuleDefinition(
                id(fields, fields.text("id").orElse(base.id())),
                fields.text("title").orElse(base.title()),
                fields.text("motivation").orElse(base.motivation()),
                expression(fields, "appliesTo", Role.APPLIES_TO, params, base.appliesTo()),
                orEmpty(expression(fields, "check", Role.CHECK, params, base.check())),
                expression(fields, "warn", Role.WARN, params, base.warn()),
                expression(fields, "message", Role.MESSAGE, params, base.message()),
                fields.text("level").orElse(base.level()),
                fields.integer("weight", base.weight(), 1, 100),
                fresh(fields, base.fresh()),
                effectiveFrom(fields),
                remediation(fields, base.remediation()),
                effort(fields, base.effort()),
                fields.text("dimension").orElse(base.dimension()),
                params,
                tiers(fields, params, base),
                attestation(fields, base.attestation()),
                fields.text("requirement").orElse(base.requirement()),
                base.use());
        if (clean) {
            recheck(fields, rule);
        }
        checkTiers(fields, rule);
        return rule;
    }

    /// What is fine with the usual params may not be with those of a tier, such as a text that is no duration.
    private void checkTiers(YamlFields fields, RuleDefinition rule) {
        if (!mistakes.isEmpty()) {
            return;
        }
        rule.tiers().forEach((tier, values) -> {
            var params = new LinkedHashMap<>(rule.params());
            params.putAll(values);
            expressionsOf(rule)
                    .forEach((key, source) -> expressions
                            .flaws(Role.of(key), source, params)
                            .forEach(flaw -> mistakes.add(
                                    fields.place("tiers"),
                                    "with the params of tier " + tier + " the " + key + " is wrong: "
                                            + flaw.message())));
        });
    }

    private static Map<String, String> expressionsOf(RuleDefinition rule) {
        var written = new LinkedHashMap<String, String>();
        written.put("check", rule.check());
        if (rule.appliesTo() != null) {
            written.put("appliesTo", rule.appliesTo());
        }
        if (rule.warn() != null) {
            written.put("warn", rule.warn());
        }
        if (rule.message() != null) {
            written.put("message", rule.message());
        }
        return written;
    }

    /// What was fine as shipped may not be with these params or this catalogue.
    private void recheck(YamlFields fields, RuleDefinition rule) {
        expressionsOf(rule).forEach((key, source) -> {
            if (!fields.has(key)) {
                expressions
                        .flaws(Role.of(key), source, rule.params())
                        .forEach(flaw -> mistakes.add(
                                fields.place("use"),
                                "the " + key + " of the reused rule is wrong here: " + flaw.message()));
            }
        });
    }

    private @Nullable String expression(
            YamlFields fields, String key, Role role, Map<String, Object> params, @Nullable String otherwise) {
        var scalar = fields.scalar(key).orElse(null);
        if (scalar == null) {
            return otherwise;
        }
        check(scalar, role, params, expressions, mistakes);
        return scalar.text();
    }

    /// Notes every flaw of an expression at its own place in the file.
    static void check(
            Scalar scalar, Role role, Map<String, Object> params, Expressions expressions, Mistakes mistakes) {
        for (var flaw : expressions.flaws(role, scalar.text(), params)) {
            mistakes.add(scalar.placeOf(flaw.line(), flaw.column()), flaw.message());
        }
    }

    private String id(YamlFields fields, String id) {
        if (!id.isEmpty() && !ID.matcher(id).matches()) {
            mistakes.add(fields.place("id"), "an id is made of a-z, 0-9 and '-', at most 100: '" + id + "'");
        }
        return id;
    }

    private @Nullable Duration fresh(YamlFields fields, @Nullable Duration otherwise) {
        return duration(fields, "fresh").orElse(otherwise);
    }

    private Optional<Duration> duration(YamlFields fields, String key) {
        var text = fields.text(key);
        var duration = text.flatMap(DurationText::parse).filter(it -> it.isPositive() && it.compareTo(LONGEST) <= 0);
        if (text.isPresent() && duration.isEmpty()) {
            mistakes.add(
                    fields.place(key),
                    "expected a duration such as 14d or 12h, at most 3650d, found '" + text.get() + "'");
        }
        return duration;
    }

    private Map<Integer, Map<String, Object>> tiers(
            YamlFields fields, Map<String, Object> params, @Nullable RuleDefinition base) {
        return Params.tiers(fields, params, base, mistakes);
    }

    private @Nullable AttestationTerms attestation(YamlFields fields, @Nullable AttestationTerms otherwise) {
        if (!fields.has("attestation")) {
            return otherwise;
        }
        var terms = fields.fields("attestation", List.of("by", "period"));
        var usual = otherwise == null ? AttestationTerms.USUAL : otherwise;
        var by = terms.texts("by");
        for (var who : by) {
            if (!DUTY.matcher(who).matches()) {
                mistakes.add(
                        terms.place("by"),
                        "'" + who + "' is neither 'owner' nor a duty, made of a-z, 0-9 and '-', at most 40");
            }
        }
        return new AttestationTerms(
                by.isEmpty() ? usual.by() : new TreeSet<>(by),
                duration(terms, "period").orElse(usual.period()));
    }

    private @Nullable Instant effectiveFrom(YamlFields fields) {
        var text = fields.text("effectiveFrom").orElse(null);
        if (text == null) {
            return null;
        }
        var instant = instant(text);
        if (instant.isEmpty()) {
            mistakes.add(fields.place("effectiveFrom"), noInstant(text));
        }
        return instant.orElse(null);
    }

    /// What is wrong with a text that [#instant] does not take.
    static String noInstant(String text) {
        return "expected a date such as 2026-12-01 or an instant such as 2026-12-01T09:00:00Z, from 1970 to 9999, found '"
                + text + "'";
    }

    /// An instant, or a date for its beginning in UTC; empty when it is neither, or not of the years 1970 to 9999.
    static Optional<Instant> instant(String text) {
        try {
            var instant = text.length() == DATE_LENGTH
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
            return Optional.of(instant)
                    .filter(it -> !it.isBefore(Instant.EPOCH) && it.isBefore(END)); // no topic holds another one
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private @Nullable String remediation(YamlFields fields, @Nullable String otherwise) {
        if (!(fields.node("remediation") instanceof Mapping)) {
            return fields.text("remediation").orElse(otherwise);
        }
        var parts = remediationFields(fields);
        var lines = new ArrayList<String>(parts.texts("steps"));
        parts.text("link").ifPresent(lines::add);
        if (lines.isEmpty()) {
            mistakes.add(fields.place("remediation"), "a remediation needs steps or a link");
        }
        return String.join("\n", lines);
    }

    private @Nullable String effort(YamlFields fields, @Nullable String otherwise) {
        if (!(fields.node("remediation") instanceof Mapping mapping) || mapping.get("effort") == null) {
            return otherwise;
        }
        var silent = new Mistakes(); // unknown keys were noted with the steps
        var parts = YamlFields.of(mapping, silent, mapping.entries().keySet());
        var effort = parts.text("effort").orElse("");
        if (!EFFORTS.contains(effort)) {
            mistakes.add(parts.place("effort"), "effort is low, medium or high, not '" + effort + "'");
        }
        return effort;
    }

    private YamlFields remediationFields(YamlFields fields) {
        return fields.fields("remediation", List.of("effort", "steps", "link"));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}

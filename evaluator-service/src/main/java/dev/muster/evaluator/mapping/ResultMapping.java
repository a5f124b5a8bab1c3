package dev.muster.evaluator.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.engine.result.Cause;
import dev.muster.engine.result.Evidence;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.RuleOutcome;
import dev.muster.engine.result.WholeMillis;
import dev.muster.schemas.v1.CauseKind;
import dev.muster.schemas.v1.Rule;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Results, from the engine to their topic and back.
///
/// Avro carries whole milliseconds, so an instant at which something changes is rounded up: evaluated then, it has
/// changed.
public final class ResultMapping {

    private ResultMapping() {}

    /// The result as it travels, and as it will be read.
    ///
    /// @param before the result before, null for the first
    /// @param version of the result, see [dev.muster.schemas.v1.Result]
    /// @param cause of the last transition
    public static Judged judged(
            Result it,
            Definition definition,
            @Nullable Judged before,
            long version,
            dev.muster.schemas.v1.Cause cause) {
        return Judged.of(toAvro(it, definition, before, version, cause), before);
    }

    private static dev.muster.schemas.v1.Result toAvro(
            Result it,
            Definition definition,
            @Nullable Judged before,
            long version,
            dev.muster.schemas.v1.Cause cause) {
        return new dev.muster.schemas.v1.Result(
                it.entity(),
                it.scorecard(),
                it.scorecardVersion(),
                version,
                it.level(),
                it.score(),
                it.coverage(),
                it.evaluatedAt(),
                toAvro(it.rules(), definition, before),
                cause,
                it.lookAgainAt(),
                definition.published().getDraft());
    }

    private static List<dev.muster.schemas.v1.RuleOutcome> toAvro(
            List<RuleOutcome> rules, Definition definition, @Nullable Judged before) {
        var edited = before != null && before.told().getScorecardVersion() != definition.version();
        var told = new ArrayList<dev.muster.schemas.v1.RuleOutcome>(rules.size());
        for (var place = 0; place < rules.size(); place++) {
            var known = before == null ? null : before.told(place, rules.get(place));
            var stays = known != null && !(edited && saysOther(known, definition));
            told.add(stays ? known : toAvro(rules.get(place), definition));
        }
        return new Outcomes(told, before == null ? List.of() : before.told().getRules());
    }

    public static Result toEngine(dev.muster.schemas.v1.Result it) {
        return Judged.of(it).result();
    }

    static Result toEngine(dev.muster.schemas.v1.Result it, List<RuleOutcome> outcomes) {
        return new Result(
                it.getEntity(),
                it.getScorecard(),
                it.getScorecardVersion(),
                it.getLevel(),
                it.getScore(),
                it.getCoverage(),
                it.getEvaluatedAt(),
                outcomes,
                it.getNextChangeAt());
    }

    public static dev.muster.schemas.v1.Cause toAvro(Cause it) {
        return new dev.muster.schemas.v1.Cause(
                CauseKind.valueOf(it.kind().name()),
                it.source(),
                it.connection(),
                it.deliveryId(),
                it.actor(),
                it.url(),
                it.subject(),
                it.fact(),
                it.before(),
                it.after(),
                it.at(),
                it.scorecardVersion(),
                it.baseline());
    }

    /// Id of a transition: the same in every replay.
    public static String transitionId(String entity, String scorecard, long version) {
        var text = entity + "|" + scorecard + "|" + version;
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static dev.muster.schemas.v1.Outcome toAvro(Outcome outcome) {
        return dev.muster.schemas.v1.Outcome.valueOf(outcome.name());
    }

    private static dev.muster.schemas.v1.RuleOutcome toAvro(RuleOutcome it, Definition definition) {
        @Nullable Rule rule = definition.rules().get(it.rule());
        return new dev.muster.schemas.v1.RuleOutcome(
                it.rule(),
                rule == null ? it.rule() : rule.getTitle(),
                toAvro(it.outcome()),
                it.since(),
                it.message(),
                rule == null ? "" : rule.getLevel(),
                rule == null ? 1 : rule.getWeight(),
                rule == null ? null : rule.getDimension(),
                rule == null ? null : rule.getRemediation(),
                it.evidence().stream().map(ResultMapping::toAvro).toList(),
                WholeMillis.up(it.nextChangeAt()));
    }

    /// Whether a scorecard says of a rule anything else than was told with its outcome.
    private static boolean saysOther(dev.muster.schemas.v1.RuleOutcome told, Definition definition) {
        @Nullable Rule rule = definition.rules().get(told.getRule());
        return rule == null
                || told.getWeight() != rule.getWeight()
                || !told.getTitle().equals(rule.getTitle())
                || !told.getLevel().equals(rule.getLevel())
                || !Objects.equals(told.getDimension(), rule.getDimension())
                || !Objects.equals(told.getRemediation(), rule.getRemediation());
    }

    static RuleOutcome toEngine(dev.muster.schemas.v1.RuleOutcome it) {
        return new RuleOutcome(
                it.getRule(),
                Outcome.valueOf(it.getOutcome().name()),
                it.getSince(),
                it.getMessage(),
                it.getEvidence().stream().map(ResultMapping::toEngine).toList(),
                it.getNextChangeAt());
    }

    private static dev.muster.schemas.v1.Evidence toAvro(Evidence it) {
        return new dev.muster.schemas.v1.Evidence(it.fact(), it.subject(), it.observedAt(), it.source(), it.url());
    }

    private static Evidence toEngine(dev.muster.schemas.v1.Evidence it) {
        return new Evidence(it.getFact(), it.getSubject(), it.getObservedAt(), it.getSource(), it.getUrl());
    }
}

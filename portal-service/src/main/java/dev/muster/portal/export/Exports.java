package dev.muster.portal.export;

import dev.muster.portal.audit.AuditLog;
import dev.muster.portal.deadletter.DeadLetterRows;
import dev.muster.portal.entity.Entities;
import dev.muster.portal.entity.EntityFilter;
import dev.muster.portal.failing.Failing;
import dev.muster.portal.failing.FailingFilter;
import dev.muster.portal.page.Unknown;
import dev.muster.portal.page.When;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.receipt.Receipts;
import dev.muster.portal.scorecard.GroupBy;
import dev.muster.portal.scorecard.Reports;
import dev.muster.portal.scorecard.Scorecards;
import dev.muster.portal.subject.Subjects;
import dev.muster.portal.transition.TransitionFilter;
import dev.muster.portal.transition.Transitions;
import dev.muster.portal.waiver.Waivers;
import dev.muster.portal.waiver.Waivers.Which;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// `/exports/{list}.csv`: a list with the filter of its page, whole, read and written piece by piece.
@Controller
class Exports {

    private final Entities entities;
    private final Failing failing;
    private final Transitions transitions;
    private final Subjects subjects;
    private final Receipts receipts;
    private final DeadLetterRows letters;
    private final Waivers waivers;
    private final Scorecards scorecards;
    private final Reports reports;
    private final AuditLog audit;

    Exports(
            Entities entities,
            Failing failing,
            Transitions transitions,
            Subjects subjects,
            Receipts receipts,
            DeadLetterRows letters,
            Waivers waivers,
            Scorecards scorecards,
            Reports reports,
            AuditLog audit) {
        this.entities = entities;
        this.failing = failing;
        this.transitions = transitions;
        this.subjects = subjects;
        this.receipts = receipts;
        this.letters = letters;
        this.waivers = waivers;
        this.scorecards = scorecards;
        this.reports = reports;
        this.audit = audit;
    }

    /// A line for each result; one for an entity that has none.
    @GetMapping("/exports/entities.csv")
    void entities(
            EntityFilter filter,
            @ModelAttribute(name = "when", binding = false) When when,
            HttpServletResponse response)
            throws IOException {
        var then = entities.at(when.instant());
        var out = file(response, "entities");
        out.write(Csv.line(
                "entity",
                "title",
                "kind",
                "type",
                "owner",
                "system",
                "tier",
                "lifecycle",
                "tags",
                "scorecard",
                "level",
                "score",
                "coverage",
                "failing"));
        all(
                cursor -> then.scorable(filter, Slice.MOST, cursor),
                it -> {
                    var lines = new StringBuilder();
                    var results = it.results().stream()
                            .filter(result -> filter.scorecard() == null
                                    || filter.scorecard().isBlank()
                                    || filter.scorecard().equals(result.scorecard()))
                            .toList();
                    for (var result : results) {
                        lines.append(Csv.line(
                                it.ref(),
                                it.title(),
                                it.kind(),
                                it.type(),
                                it.owner(),
                                it.system(),
                                it.tier(),
                                it.lifecycle(),
                                it.tags(),
                                result.scorecard(),
                                result.level(),
                                result.score(),
                                result.coverage(),
                                result.failing()));
                    }
                    return results.isEmpty()
                            ? Csv.line(
                                    it.ref(),
                                    it.title(),
                                    it.kind(),
                                    it.type(),
                                    it.owner(),
                                    it.system(),
                                    it.tier(),
                                    it.lifecycle(),
                                    it.tags(),
                                    null,
                                    null,
                                    null,
                                    null,
                                    null)
                            : lines.toString();
                },
                out);
    }

    @GetMapping("/exports/failing.csv")
    void failing(
            FailingFilter filter,
            @ModelAttribute(name = "when", binding = false) When when,
            HttpServletResponse response)
            throws IOException {
        var then = failing.at(when.instant());
        var out = file(response, "failing");
        out.write(Csv.line(
                "entity",
                "owner",
                "system",
                "tier",
                "scorecard",
                "rule",
                "title",
                "outcome",
                "since",
                "message",
                "level",
                "weight",
                "dimension",
                "effort",
                "remediation",
                "cause",
                "delivery"));
        all(
                cursor -> then.list(filter, Slice.MOST, cursor),
                it -> Csv.line(
                        it.entity(),
                        it.owner(),
                        it.system(),
                        it.tier(),
                        it.scorecard(),
                        it.rule().id(),
                        it.rule().title(),
                        it.rule().outcome(),
                        it.rule().since(),
                        it.rule().message(),
                        it.rule().level(),
                        it.rule().weight(),
                        it.rule().dimension(),
                        it.effort(),
                        it.rule().remediation(),
                        it.cause() == null ? null : it.cause().cause().source(),
                        it.cause() == null ? null : it.cause().cause().deliveryId()),
                out);
    }

    @GetMapping("/exports/activity.csv")
    void activity(
            TransitionFilter filter,
            @RequestParam(required = false) @Nullable String sort,
            HttpServletResponse response)
            throws IOException {
        var order = Transitions.sort(sort);
        var out = file(response, "activity");
        out.write(Csv.line(
                "at",
                "entity",
                "owner",
                "tier",
                "scorecard",
                "kind",
                "levelBefore",
                "levelAfter",
                "scoreBefore",
                "scoreAfter",
                "rules",
                "cause",
                "fact",
                "actor",
                "delivery"));
        all(
                cursor -> transitions.list(filter, order, Slice.MOST, cursor),
                it -> {
                    var before = it.before();
                    var after = it.after();
                    return Csv.line(
                            it.at(),
                            it.entity(),
                            it.owner(),
                            it.tier(),
                            it.scorecard(),
                            it.kind(),
                            before == null ? null : before.level(),
                            after == null ? null : after.level(),
                            before == null ? null : before.score(),
                            after == null ? null : after.score(),
                            it.changes().stream().map(change -> change.rule()).toList(),
                            it.cause().source(),
                            it.cause().fact(),
                            it.cause().actor(),
                            it.cause().deliveryId());
                },
                out);
    }

    @GetMapping("/exports/subjects.csv")
    void subjects(
            @RequestParam(defaultValue = "true") String unclaimed,
            @RequestParam(required = false) @Nullable String sort,
            HttpServletResponse response)
            throws IOException {
        var order = Subjects.sort(sort);
        var wanted = unclaimed.equals("all") ? null : Boolean.valueOf(unclaimed);
        var out = file(response, "subjects");
        out.write(Csv.line("subject", "claimed", "facts", "firstSeenAt", "lastSeenAt", "source", "claimWith"));
        all(
                cursor -> subjects.list(wanted, order, Slice.MOST, cursor),
                it -> Csv.line(
                        it.subject(),
                        it.claimed(),
                        it.facts(),
                        it.firstSeenAt(),
                        it.lastSeenAt(),
                        it.source(),
                        it.hint()),
                out);
    }

    @GetMapping("/exports/messages.csv")
    void messages(
            @RequestParam(required = false) @Nullable String entity,
            @RequestParam(required = false) @Nullable String state,
            HttpServletResponse response)
            throws IOException {
        var out = file(response, "messages");
        out.write(Csv.line("at", "channel", "destination", "state", "reason", "attempts", "owner", "entities"));
        all(
                cursor -> receipts.list(entity, state, Slice.MOST, cursor),
                it -> Csv.line(
                        it.at(),
                        it.channel(),
                        it.destination(),
                        it.state(),
                        it.reason(),
                        it.attempts(),
                        it.owner(),
                        it.entities()),
                out);
    }

    @GetMapping("/exports/dead-letters.csv")
    void deadLetters(
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String reason,
            HttpServletResponse response)
            throws IOException {
        var out = file(response, "dead-letters");
        out.write(Csv.line("failedAt", "topic", "partition", "offset", "key", "service", "stage", "reason", "message"));
        all(
                cursor -> letters.list(topic, reason, Slice.MOST, cursor),
                it -> Csv.line(
                        it.failedAt(),
                        it.topic(),
                        it.partition(),
                        it.offset(),
                        it.key(),
                        it.service(),
                        it.stage(),
                        it.reason(),
                        it.message()),
                out);
    }

    @GetMapping("/exports/exemptions.csv")
    void exemptions(
            @RequestParam(defaultValue = "all") Which show,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String sort,
            HttpServletResponse response)
            throws IOException {
        var order = Waivers.sort(sort);
        var out = file(response, "exemptions");
        out.write(Csv.line(
                "kind",
                "id",
                "entity",
                "rule",
                "scorecard",
                "finding",
                "reason",
                "standing",
                "begunAt",
                "begunBy",
                "expiresAt"));
        all(
                cursor -> waivers.list(show, kind, order, Slice.MOST, cursor),
                it -> Csv.line(
                        it.kind(),
                        it.id(),
                        it.entity(),
                        it.rule(),
                        it.scorecard(),
                        it.finding(),
                        it.reason(),
                        it.standing(),
                        it.begunAt(),
                        it.begunBy(),
                        it.expiresAt()),
                out);
    }

    /// For those who may read the audit log.
    @GetMapping("/exports/audit.csv")
    void audit(AuditLog.Filter filter, HttpServletResponse response) throws IOException {
        var out = file(response, "audit");
        out.write(Csv.line(
                "at",
                "actor",
                "action",
                "kind",
                "about",
                "rule",
                "scorecard",
                "before",
                "after",
                "comment",
                "source",
                "request"));
        all(
                cursor -> audit.list(filter, Slice.MOST, cursor),
                it -> Csv.line(
                        it.at(),
                        it.actor(),
                        it.action(),
                        it.kind(),
                        it.about(),
                        it.rule(),
                        it.scorecard(),
                        it.before(),
                        it.after(),
                        it.comment(),
                        it.source(),
                        it.requestId()),
                out);
    }

    /// A column for each level.
    @GetMapping("/exports/{scorecard}/report.csv")
    void report(
            @PathVariable String scorecard,
            @RequestParam(defaultValue = "owner") GroupBy groupBy,
            @ModelAttribute(name = "when", binding = false) When when,
            HttpServletResponse response)
            throws IOException {
        var found = scorecards.find(scorecard).orElseThrow(() -> Unknown.exception("scorecard"));
        var out = file(response, scorecard + "-by-" + groupBy);
        var groups = reports.at(when.instant()).report(found, groupBy);
        out.write(Csv.line(ReportLine.header(found, groupBy)));
        for (var group : groups) {
            out.write(Csv.line(ReportLine.of(group)));
        }
        out.flush();
    }

    private static Writer file(HttpServletResponse response, String name) throws IOException {
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"muster-%s.csv\"".formatted(name));
        return response.getWriter();
    }

    private static <T> void all(Function<@Nullable String, Slice<T>> read, Function<T, String> line, Writer out)
            throws IOException {
        String cursor = null;
        do {
            var piece = read.apply(cursor);
            for (var item : piece.items()) {
                out.write(line.apply(item));
            }
            cursor = piece.next();
        } while (cursor != null);
        out.flush();
    }
}

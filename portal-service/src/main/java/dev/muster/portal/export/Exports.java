package dev.muster.portal.export;

import dev.muster.portal.audit.AuditLog;
import dev.muster.portal.connection.Connections;
import dev.muster.portal.deadletter.DeadLetterRows;
import dev.muster.portal.delivery.Deliveries;
import dev.muster.portal.entity.Entities;
import dev.muster.portal.entity.EntityFilter;
import dev.muster.portal.export.Sheets.EntityLine;
import dev.muster.portal.failing.Failing;
import dev.muster.portal.failing.FailingFilter;
import dev.muster.portal.initiative.InitiativeReports;
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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// `/exports/{list}.csv`: a list with the filter and the order of its page, whole, read and written piece by piece.
@Controller
class Exports {

    private final Lists lists;

    Exports(Lists lists) {
        this.lists = lists;
    }

    @GetMapping("/exports/entities.csv")
    void entities(
            EntityFilter filter,
            @ModelAttribute(name = "when", binding = false) When when,
            HttpServletResponse response)
            throws IOException {
        var then = lists.entities().at(when.instant());
        Sheets.ENTITIES.write(response, cursor -> {
            var piece = then.scorable(filter, Slice.MOST, cursor);
            return new Slice<>(
                    piece.items().stream()
                            .flatMap(it -> EntityLine.of(it, filter.scorecard()))
                            .toList(),
                    piece.next());
        });
    }

    @GetMapping("/exports/failing.csv")
    void failing(
            FailingFilter filter,
            @ModelAttribute(name = "when", binding = false) When when,
            HttpServletResponse response)
            throws IOException {
        var then = lists.failing().at(when.instant());
        Sheets.FAILING.write(response, cursor -> then.list(filter, Slice.MOST, cursor));
    }

    @GetMapping("/exports/activity.csv")
    void activity(
            TransitionFilter filter,
            @RequestParam(required = false) @Nullable String sort,
            HttpServletResponse response)
            throws IOException {
        var order = Transitions.sort(sort);
        Sheets.ACTIVITY.write(response, cursor -> lists.transitions().list(filter, order, Slice.MOST, cursor));
    }

    @GetMapping("/exports/subjects.csv")
    void subjects(
            @RequestParam(defaultValue = "true") String unclaimed,
            @RequestParam(required = false) @Nullable String sort,
            HttpServletResponse response)
            throws IOException {
        var order = Subjects.sort(sort);
        var wanted = unclaimed.equals("all") ? null : Boolean.valueOf(unclaimed);
        Sheets.SUBJECTS.write(response, cursor -> lists.subjects().list(wanted, order, Slice.MOST, cursor));
    }

    @GetMapping("/exports/messages.csv")
    void messages(
            @RequestParam(required = false) @Nullable String entity,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String sort,
            HttpServletResponse response)
            throws IOException {
        var order = Receipts.sort(sort);
        Sheets.MESSAGES.write(response, cursor -> lists.receipts().list(entity, state, order, Slice.MOST, cursor));
    }

    @GetMapping("/exports/dead-letters.csv")
    void deadLetters(
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String sort,
            HttpServletResponse response)
            throws IOException {
        var order = DeadLetterRows.sort(sort);
        Sheets.DEAD_LETTERS.write(response, cursor -> lists.letters().list(topic, reason, order, Slice.MOST, cursor));
    }

    @GetMapping("/exports/deliveries.csv")
    void deliveries(
            @RequestParam(required = false) @Nullable String connection,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String sort,
            HttpServletResponse response)
            throws IOException {
        var order = Deliveries.sort(sort);
        Sheets.DELIVERIES.write(
                response, cursor -> lists.deliveries().list(connection, source, null, order, Slice.MOST, cursor));
    }

    @GetMapping("/exports/connections.csv")
    void connections(@RequestParam(required = false) @Nullable String sort, HttpServletResponse response)
            throws IOException {
        Sheets.CONNECTIONS.write(response, lists.connections().list(Connections.sort(sort)));
    }

    @GetMapping("/exports/initiatives.csv")
    void initiatives(
            @RequestParam(required = false) @Nullable String sort,
            @ModelAttribute(name = "when", binding = false) When when,
            HttpServletResponse response)
            throws IOException {
        var order = InitiativeReports.sort(sort);
        var then = lists.initiatives().at(when.instant());
        Sheets.INITIATIVES.write(response, cursor -> then.list(order, Slice.MOST, cursor));
    }

    @GetMapping("/exports/exemptions.csv")
    void exemptions(
            @RequestParam(defaultValue = "all") Which show,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String sort,
            HttpServletResponse response)
            throws IOException {
        var order = Waivers.sort(sort);
        Sheets.EXEMPTIONS.write(response, cursor -> lists.waivers().list(show, kind, order, Slice.MOST, cursor));
    }

    /// For those who may read the audit log.
    @GetMapping("/exports/audit.csv")
    void audit(
            AuditLog.Filter filter, @RequestParam(required = false) @Nullable String sort, HttpServletResponse response)
            throws IOException {
        var order = AuditLog.sort(sort);
        Sheets.AUDIT.write(response, cursor -> lists.audit().list(filter, order, Slice.MOST, cursor));
    }

    @GetMapping("/exports/{scorecard}/report.csv")
    void report(
            @PathVariable String scorecard,
            @RequestParam(defaultValue = "owner") GroupBy groupBy,
            @ModelAttribute(name = "when", binding = false) When when,
            HttpServletResponse response)
            throws IOException {
        var found = lists.scorecards().find(scorecard).orElseThrow(() -> Unknown.exception("scorecard"));
        Sheets.report(found, groupBy)
                .write(response, lists.reports().at(when.instant()).report(found, groupBy));
    }

    /// Where they are read.
    @Component
    record Lists(
            Entities entities,
            Failing failing,
            Transitions transitions,
            Subjects subjects,
            Receipts receipts,
            DeadLetterRows letters,
            Deliveries deliveries,
            Connections connections,
            InitiativeReports initiatives,
            Waivers waivers,
            AuditLog audit,
            Scorecards scorecards,
            Reports reports) {}
}

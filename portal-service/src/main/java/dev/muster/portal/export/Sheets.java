package dev.muster.portal.export;

import dev.muster.portal.audit.AuditLog.AuditView;
import dev.muster.portal.connection.ConnectionView;
import dev.muster.portal.connection.ConnectionView.TroubleView;
import dev.muster.portal.deadletter.DeadLetterRows.DeadLetterView;
import dev.muster.portal.delivery.Deliveries.DeliveryView;
import dev.muster.portal.entity.EntityItem;
import dev.muster.portal.failing.FailingView;
import dev.muster.portal.initiative.InitiativeItem;
import dev.muster.portal.receipt.Receipts.ReceiptView;
import dev.muster.portal.result.Results.Summary;
import dev.muster.portal.scorecard.Distribution;
import dev.muster.portal.scorecard.GroupBy;
import dev.muster.portal.scorecard.Reports.Group;
import dev.muster.portal.scorecard.ScorecardView;
import dev.muster.portal.subject.Subjects.SubjectView;
import dev.muster.portal.transition.TransitionView;
import dev.muster.portal.transition.TransitionView.RuleChangeView;
import dev.muster.portal.transition.TransitionView.StandingView;
import dev.muster.portal.waiver.WaiverView;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What each file tells. Heads are names of the API where it has the same; whoever reads a file reads it by them, so
/// that columns are added at the end and none is renamed.
final class Sheets {

    static final Sheet<EntityLine> ENTITIES = new Sheet<EntityLine>("entities")
            .column("entity", it -> it.entity().ref())
            .column("title", it -> it.entity().title())
            .column("kind", it -> it.entity().kind())
            .column("type", it -> it.entity().type())
            .column("owner", it -> it.entity().owner())
            .column("system", it -> it.entity().system())
            .column("tier", it -> it.entity().tier())
            .column("lifecycle", it -> it.entity().lifecycle())
            .column("tags", it -> it.entity().tags())
            .column("scorecard", it -> of(it.result(), Summary::scorecard))
            .column("level", it -> of(it.result(), Summary::level))
            .column("score", it -> of(it.result(), Summary::score))
            .column("coverage", it -> of(it.result(), Summary::coverage))
            .column("failing", it -> of(it.result(), Summary::failing));

    static final Sheet<FailingView> FAILING = new Sheet<FailingView>("failing")
            .column("entity", FailingView::entity)
            .column("owner", FailingView::owner)
            .column("system", FailingView::system)
            .column("tier", FailingView::tier)
            .column("scorecard", FailingView::scorecard)
            .column("rule", it -> it.rule().id())
            .column("title", it -> it.rule().title())
            .column("outcome", it -> it.rule().outcome())
            .column("since", it -> it.rule().since())
            .column("message", it -> it.rule().message())
            .column("level", it -> it.rule().level())
            .column("weight", it -> it.rule().weight())
            .column("dimension", it -> it.rule().dimension())
            .column("effort", FailingView::effort)
            .column("remediation", it -> it.rule().remediation())
            .column("cause", it -> of(it.cause(), cause -> cause.cause().source()))
            .column("delivery", it -> of(it.cause(), cause -> cause.cause().deliveryId()));

    static final Sheet<TransitionView> ACTIVITY = new Sheet<TransitionView>("activity")
            .column("at", TransitionView::at)
            .column("entity", TransitionView::entity)
            .column("owner", TransitionView::owner)
            .column("tier", TransitionView::tier)
            .column("scorecard", TransitionView::scorecard)
            .column("kind", TransitionView::kind)
            .column("levelBefore", it -> of(it.before(), StandingView::level))
            .column("levelAfter", it -> of(it.after(), StandingView::level))
            .column("scoreBefore", it -> of(it.before(), StandingView::score))
            .column("scoreAfter", it -> of(it.after(), StandingView::score))
            .column(
                    "rules",
                    it -> it.changes().stream().map(RuleChangeView::rule).toList())
            .column("cause", it -> it.cause().source())
            .column("fact", it -> it.cause().fact())
            .column("actor", it -> it.cause().actor())
            .column("delivery", it -> it.cause().deliveryId());

    static final Sheet<SubjectView> SUBJECTS = new Sheet<SubjectView>("subjects")
            .column("subject", SubjectView::subject)
            .column("claimed", SubjectView::claimed)
            .column("facts", SubjectView::facts)
            .column("firstSeenAt", SubjectView::firstSeenAt)
            .column("lastSeenAt", SubjectView::lastSeenAt)
            .column("source", SubjectView::source)
            .column("claimWith", SubjectView::hint);

    static final Sheet<ReceiptView> MESSAGES = new Sheet<ReceiptView>("messages")
            .column("at", ReceiptView::at)
            .column("channel", ReceiptView::channel)
            .column("destination", ReceiptView::destination)
            .column("state", ReceiptView::state)
            .column("reason", ReceiptView::reason)
            .column("attempts", ReceiptView::attempts)
            .column("owner", ReceiptView::owner)
            .column("entities", ReceiptView::entities);

    static final Sheet<DeadLetterView> DEAD_LETTERS = new Sheet<DeadLetterView>("dead-letters")
            .column("failedAt", DeadLetterView::failedAt)
            .column("topic", DeadLetterView::topic)
            .column("partition", DeadLetterView::partition)
            .column("offset", DeadLetterView::offset)
            .column("key", DeadLetterView::key)
            .column("service", DeadLetterView::service)
            .column("stage", DeadLetterView::stage)
            .column("reason", DeadLetterView::reason)
            .column("message", DeadLetterView::message);

    static final Sheet<DeliveryView> DELIVERIES = new Sheet<DeliveryView>("deliveries")
            .column("receivedAt", DeliveryView::receivedAt)
            .column("id", DeliveryView::id)
            .column("connection", DeliveryView::connection)
            .column("source", DeliveryView::source)
            .column("event", DeliveryView::event)
            .column("contentType", DeliveryView::contentType)
            .column("size", DeliveryView::size)
            .column("transitions", DeliveryView::transitions);

    static final Sheet<ConnectionView> CONNECTIONS = new Sheet<ConnectionView>("connections")
            .column("name", ConnectionView::name)
            .column("source", ConnectionView::source)
            .column("state", ConnectionView::state)
            .column("since", ConnectionView::since)
            .column("accepted", ConnectionView::accepted)
            .column("rejected", ConnectionView::rejected)
            .column("failed", ConnectionView::failed)
            .column("lastAcceptedAt", ConnectionView::lastAcceptedAt)
            .column("lastMappedAt", ConnectionView::lastMappedAt)
            .column("lastRejectedAt", it -> of(it.details().lastRejected(), TroubleView::at))
            .column("lastRejectedFor", it -> of(it.details().lastRejected(), TroubleView::reason))
            .column("lastFailureAt", it -> of(it.details().lastFailure(), TroubleView::at))
            .column("lastFailureFor", it -> of(it.details().lastFailure(), TroubleView::reason));

    static final Sheet<InitiativeItem> INITIATIVES = new Sheet<InitiativeItem>("initiatives")
            .column("name", InitiativeItem::name)
            .column("title", InitiativeItem::title)
            .column("owner", InitiativeItem::owner)
            .column("scorecard", InitiativeItem::scorecard)
            .column("level", InitiativeItem::level)
            .column("rules", InitiativeItem::rules)
            .column("appliesTo", InitiativeItem::appliesTo)
            .column("startsAt", InitiativeItem::startsAt)
            .column("due", InitiativeItem::due)
            .column("lastDay", InitiativeItem::lastDay)
            .column("total", it -> it.entities().total())
            .column("done", it -> it.entities().done())
            .column("percent", it -> it.entities().percent())
            .column("overdue", InitiativeItem::overdue)
            .column("problem", InitiativeItem::problem);

    static final Sheet<WaiverView> EXEMPTIONS = new Sheet<WaiverView>("exemptions")
            .column("kind", WaiverView::kind)
            .column("id", WaiverView::id)
            .column("entity", WaiverView::entity)
            .column("rule", WaiverView::rule)
            .column("scorecard", WaiverView::scorecard)
            .column("finding", WaiverView::finding)
            .column("reason", WaiverView::reason)
            .column("standing", WaiverView::standing)
            .column("begunAt", WaiverView::begunAt)
            .column("begunBy", WaiverView::begunBy)
            .column("expiresAt", WaiverView::expiresAt);

    static final Sheet<AuditView> AUDIT = new Sheet<AuditView>("audit")
            .column("at", AuditView::at)
            .column("actor", AuditView::actor)
            .column("action", AuditView::action)
            .column("kind", AuditView::kind)
            .column("about", AuditView::about)
            .column("rule", AuditView::rule)
            .column("scorecard", AuditView::scorecard)
            .column("before", AuditView::before)
            .column("after", AuditView::after)
            .column("comment", AuditView::comment)
            .column("source", AuditView::source)
            .column("request", AuditView::requestId);

    private Sheets() {}

    /// Groups of entities on a scorecard; a column for each level, from the highest.
    static Sheet<Group> report(ScorecardView scorecard, GroupBy groupBy) {
        var sheet = new Sheet<Group>(scorecard.name() + "-by-" + groupBy)
                .column(groupBy.name(), Group::group)
                .column("entities", it -> it.standing().entities());
        for (var level : scorecard.levels().reversed()) {
            sheet.column(level, it -> it.standing().levels().get(level));
        }
        return sheet.column("none", it -> it.standing().levels().get(Distribution.NONE))
                .column("averageScore", it -> it.standing().averageScore())
                .column("averageCoverage", it -> it.standing().averageCoverage());
    }

    private static <S> @Nullable Object of(@Nullable S value, Function<S, ? extends @Nullable Object> part) {
        return value == null ? null : part.apply(value);
    }

    /// An entity with one of its results.
    ///
    /// @param result null for an entity that has none
    record EntityLine(EntityItem entity, @Nullable Summary result) {

        /// A line for each result; one for an entity that has none.
        ///
        /// @param scorecard only results on it, when given
        static Stream<EntityLine> of(EntityItem entity, @Nullable String scorecard) {
            var results = entity.results().stream()
                    .filter(it -> scorecard == null || scorecard.isBlank() || scorecard.equals(it.scorecard()))
                    .map(it -> new EntityLine(entity, it))
                    .toList();
            return results.isEmpty() ? Stream.of(new EntityLine(entity, null)) : results.stream();
        }
    }
}

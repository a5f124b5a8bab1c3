package dev.muster.portal.delivery;

import dev.muster.portal.deadletter.DeadLetterRows;
import dev.muster.portal.deadletter.DeadLetterRows.DeadLetterView;
import dev.muster.portal.delivery.Deliveries.DeliveryView;
import dev.muster.portal.receipt.Receipts;
import dev.muster.portal.receipt.Receipts.ReceiptView;
import dev.muster.portal.subject.Subjects;
import dev.muster.portal.subject.Subjects.ToldView;
import dev.muster.portal.transition.TransitionFilter;
import dev.muster.portal.transition.TransitionView;
import dev.muster.portal.transition.Transitions;
import dev.muster.schemas.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads what became of a delivery, step by step.
@Repository
class Ways {

    /// How many of each step are told.
    static final int MOST = 100;

    private final Deliveries deliveries;
    private final Subjects subjects;
    private final Transitions transitions;
    private final Receipts receipts;
    private final DeadLetterRows letters;

    Ways(Deliveries deliveries, Subjects subjects, Transitions transitions, Receipts receipts, DeadLetterRows letters) {
        this.deliveries = deliveries;
        this.subjects = subjects;
        this.transitions = transitions;
        this.receipts = receipts;
        this.letters = letters;
    }

    /// Empty when nothing is known of it.
    Optional<Way> find(String id) {
        var journalled = deliveries.list(null, null, id, Deliveries.sort(null), 1, null).items().stream()
                .findFirst();
        var way = new Way(
                id,
                journalled.orElse(null),
                subjects.toldBy(id, MOST),
                transitions
                        .list(new TransitionFilter(null, null, null, null, null, id, null, null), MOST, null)
                        .items(),
                receipts.ofDelivery(id, MOST),
                journalled
                        .map(it -> letters.of(TopicNames.DELIVERIES, List.of(it.connection() + "/" + id, id), MOST))
                        .orElse(List.of()));
        return Optional.of(way).filter(Way::isKnown);
    }

    /// The way of a delivery, or of a request that declared something.
    ///
    /// @param journalled null for requests, which have no journal, and for what is older than it is kept
    /// @param told facts by subject
    /// @param letters why it could not be read
    record Way(
            String id,
            @Nullable DeliveryView journalled,
            List<ToldView> told,
            List<TransitionView> transitions,
            List<ReceiptView> receipts,
            List<DeadLetterView> letters) {

        boolean isKnown() {
            return journalled != null || !told.isEmpty() || !transitions.isEmpty() || !receipts.isEmpty();
        }

        /// `0.42 s later`: how long after it was received; empty when that is not known.
        public String later(Instant at) {
            if (journalled == null || at.isBefore(journalled.receivedAt())) {
                return "";
            }
            var passed = Duration.between(journalled.receivedAt(), at);
            if (passed.compareTo(Duration.ofMinutes(2)) < 0) {
                return "%d.%02d s later".formatted(passed.toSeconds(), passed.toMillisPart() / 10);
            }
            return passed.toMinutes() + " min later";
        }
    }
}

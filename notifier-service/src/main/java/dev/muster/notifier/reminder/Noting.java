package dev.muster.notifier.reminder;

import dev.muster.notifier.initiative.Initiatives;
import dev.muster.notifier.ledger.ReminderKind;
import dev.muster.notifier.text.Text;
import dev.muster.schemas.v1.Attestation;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.Initiative;
import dev.muster.schemas.v1.Scorecard;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes in what has a day. What is heard again, or out of order, changes nothing.
@Component
public class Noting {

    private final TransactionTemplate transaction;
    private final Reminders reminders;
    private final Initiatives initiatives;
    private final ReminderSettings settings;
    private final InstantSource clock;

    Noting(
            PlatformTransactionManager transactions,
            Reminders reminders,
            Initiatives initiatives,
            ReminderSettings settings,
            InstantSource clock) {
        this.transaction = new TransactionTemplate(transactions);
        this.reminders = reminders;
        this.initiatives = initiatives;
        this.settings = settings;
        this.clock = clock;
    }

    /// An attestation as it is now.
    ///
    /// @throws IllegalArgumentException when it cannot be one
    public void hear(Attestation it) {
        note(ReminderReader.read(it, settings.attestations()));
    }

    /// An exemption as it is now.
    ///
    /// @throws IllegalArgumentException when it cannot be one
    public void hear(Exemption it) {
        note(ReminderReader.read(it, settings.exemptions()));
    }

    /// A scorecard as it is now.
    public void hear(Scorecard it) {
        var titles = new LinkedHashMap<String, String>();
        it.getRules().forEach(rule -> titles.put(Text.stored(rule.getId()), Text.stored(rule.getTitle())));
        var noted = ReminderReader.read(it, settings.rules());
        transaction.executeWithoutResult(_ -> {
            if (reminders.known(
                    noted.subject(),
                    Text.stored(it.getTitle()),
                    titles,
                    it.getLevels().stream().map(Text::stored).toList(),
                    it.getPublishedAt())) {
                reminders.note(noted, clock.instant());
            }
        });
    }

    /// An initiative as it is now.
    ///
    /// @throws IllegalArgumentException when it cannot be one
    public void hear(Initiative it) {
        var noted = ReminderReader.read(it, settings.initiatives());
        transaction.executeWithoutResult(_ -> {
            initiatives.keep(it);
            noted.forEach(one -> reminders.note(one, clock.instant()));
        });
    }

    /// An initiative is gone.
    ///
    /// @param at when that was written
    public void goneInitiative(String name, Instant at) {
        gone(ReminderKind.INITIATIVE_DUE, name, at);
        gone(ReminderKind.INITIATIVE_OVERDUE, name, at);
        initiatives.drop(Text.stored(name), at.equals(Instant.EPOCH) ? clock.instant() : at);
    }

    private void note(Noted noted) {
        transaction.executeWithoutResult(_ -> reminders.note(noted, clock.instant()));
    }

    /// An attestation, exemption or scorecard is gone.
    ///
    /// @param at when that was written
    public void gone(ReminderKind kind, String subject, Instant at) {
        var when = at.equals(Instant.EPOCH) ? clock.instant() : at;
        transaction.executeWithoutResult(_ -> {
            reminders.drop(kind, Text.stored(subject), when);
            if (kind == ReminderKind.RULE_COUNTS) {
                reminders.unknown(Text.stored(subject), when);
            }
        });
    }
}

package dev.muster.notifier;

import dev.muster.notifier.audit.AuditRelay;
import dev.muster.notifier.connection.ConnectionComposer;
import dev.muster.notifier.delivery.DeliverySettings;
import dev.muster.notifier.delivery.Dispatcher;
import dev.muster.notifier.delivery.PlainText;
import dev.muster.notifier.email.EmailRenderer;
import dev.muster.notifier.email.EmailSettings;
import dev.muster.notifier.ledger.Ledger;
import dev.muster.notifier.message.Composer;
import dev.muster.notifier.opsgenie.OpsgenieSettings;
import dev.muster.notifier.outbound.OutboundSettings;
import dev.muster.notifier.pagerduty.PagerDutySettings;
import dev.muster.notifier.pipeline.Closing;
import dev.muster.notifier.pipeline.Escalating;
import dev.muster.notifier.pipeline.PipelineSettings;
import dev.muster.notifier.pipeline.RoutesInUse;
import dev.muster.notifier.receipt.ReceiptRelay;
import dev.muster.notifier.reminder.ReminderComposer;
import dev.muster.notifier.reminder.ReminderSettings;
import dev.muster.notifier.reminder.Reminding;
import dev.muster.notifier.report.ReportComposer;
import dev.muster.notifier.report.ReportSettings;
import dev.muster.notifier.report.Reporting;
import dev.muster.notifier.silence.SilenceSettings;
import dev.muster.notifier.silence.SnoozeSettings;
import dev.muster.notifier.slack.SlackRenderer;
import dev.muster.notifier.slack.SlackSettings;
import dev.muster.notifier.teams.TeamsSettings;
import dev.muster.notifier.template.Templates;
import dev.muster.notifier.text.Links;
import dev.muster.notifier.webhook.WebhookSettings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Gives every part its settings, and the work its loops.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotifierSettings.class)
class NotifierConfiguration {

    @Bean
    RoutesInUse routesInUse(NotifierSettings settings, InstantSource clock) {
        return new RoutesInUse(settings.readRoutes(), clock.instant());
    }

    @Bean
    PipelineSettings pipelineSettings(Rooms rooms, RoutesInUse routes) {
        return rooms.forPipeline(routes);
    }

    @Bean
    SilenceSettings silenceSettings(Rooms rooms) {
        return rooms.forSilences();
    }

    @Bean
    SnoozeSettings snoozeSettings(Rooms rooms) {
        return rooms.forSnoozes();
    }

    @Bean
    ReportSettings reportSettings(Rooms rooms) {
        return rooms.forReports();
    }

    @Bean
    ReportComposer reportComposer(
            @Value("${muster.portal-url:http://localhost:8080}") URI portal, NotifierSettings settings) {
        return new ReportComposer(new Links(portal), settings.maxEntities());
    }

    @Bean
    ReminderSettings reminderSettings(Rooms rooms) {
        return rooms.forReminders();
    }

    @Bean
    DeliverySettings deliverySettings(Rooms rooms) {
        return rooms.forDelivery();
    }

    @Bean
    OutboundSettings outboundSettings(Rooms rooms) {
        return rooms.forOutbound();
    }

    @Bean
    EmailSettings emailSettings(Rooms rooms) {
        return rooms.forEmail();
    }

    @Bean
    SlackSettings slackSettings(Rooms rooms) {
        return rooms.forSlack();
    }

    @Bean
    TeamsSettings teamsSettings(Rooms rooms) {
        return rooms.forTeams();
    }

    @Bean
    PagerDutySettings pagerDutySettings(Rooms rooms) {
        return rooms.forPagerDuty();
    }

    @Bean
    OpsgenieSettings opsgenieSettings(Rooms rooms) {
        return rooms.forOpsgenie();
    }

    @Bean
    WebhookSettings webhookSettings(Rooms rooms) {
        return rooms.forWebhooks();
    }

    @Bean
    Templates templates(NotifierSettings settings) {
        return new Templates(
                settings.templates(),
                List.of(PlainText.LAYOUT, EmailRenderer.HTML, SlackRenderer.ITEM, SlackRenderer.WHY));
    }

    @Bean
    PlainText plainText(Templates templates) {
        return new PlainText(templates);
    }

    @Bean
    Composer composer(@Value("${muster.portal-url:http://localhost:8080}") URI portal, NotifierSettings settings) {
        return new Composer(new Links(portal), settings.maxEntities());
    }

    @Bean
    ReminderComposer reminderComposer(
            @Value("${muster.portal-url:http://localhost:8080}") URI portal, NotifierSettings settings) {
        return new ReminderComposer(new Links(portal), settings.maxEntities());
    }

    @Bean
    ConnectionComposer connectionComposer(
            @Value("${muster.portal-url:http://localhost:8080}") URI portal, NotifierSettings settings) {
        return new ConnectionComposer(new Links(portal), settings.maxEntities());
    }

    /// The work that nobody asks for from outside. Tests that take the steps themselves switch it off.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "muster.notifier-loops", matchIfMissing = true)
    static class Loops {

        private static final Duration FORGETTING = Duration.ofMinutes(10);
        private static final Duration REMINDING = Duration.ofSeconds(5);
        private static final Duration REPORTING = Duration.ofMinutes(1);

        @Bean
        Loop remindingLoop(Reminding reminding) {
            return new Loop("reminding", REMINDING, reminding::takeOne);
        }

        @Bean
        Loop reportingLoop(Reporting reporting) {
            return new Loop("reporting", REPORTING, () -> {
                reporting.takeAll();
                return false;
            });
        }

        @Bean
        Loop routesLoop(RoutesWatch watch) {
            return new Loop("routes", REMINDING, () -> {
                watch.look();
                return false;
            });
        }

        @Bean
        Loop templatesLoop(Templates templates) {
            return new Loop("templates", REMINDING, () -> {
                templates.look();
                return false;
            });
        }

        @Bean
        Loop closingLoop(Closing closing, NotifierSettings settings) {
            return new Loop("closing", settings.poll(), closing::closeOne);
        }

        @Bean
        Loop escalatingLoop(Escalating escalating) {
            return new Loop("escalating", REMINDING, escalating::takeOne);
        }

        @Bean
        Loop dispatchLoop(Dispatcher dispatcher, NotifierSettings settings) {
            return new Loop("dispatch", settings.poll(), () -> {
                dispatcher.step();
                return false;
            });
        }

        @Bean
        Loop receiptLoop(ReceiptRelay relay, NotifierSettings settings) {
            return new Loop("receipts", settings.poll(), relay::step);
        }

        @Bean
        Loop auditLoop(AuditRelay relay, NotifierSettings settings) {
            return new Loop("audit", settings.poll(), relay::step);
        }

        @Bean
        Loop forgettingLoop(Ledger ledger, InstantSource clock, NotifierSettings settings) {
            return new Loop(
                    "forgetting",
                    FORGETTING,
                    () -> ledger.forget(clock.instant().minus(settings.keep()), 1000) > 0);
        }
    }
}

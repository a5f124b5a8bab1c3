package dev.muster.notifier;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.delivery.Dispatcher;
import dev.muster.notifier.pipeline.Closing;
import dev.muster.notifier.pipeline.Intake;
import dev.muster.notifier.transition.Examples;
import dev.muster.notifier.transition.Transition;
import dev.muster.service.Traces;
import dev.muster.testkit.FakeSlack;
import dev.muster.testkit.TestPostgres;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The notifier without Kafka: a real database, a real mail server, a fake Slack, and a clock that the test moves.
/// Nothing happens by itself; the test takes every step.
final class Running implements AutoCloseable {

    final GreenMail mail = new GreenMail(ServerSetup.SMTP.dynamicPort());
    final FakeSlack slack = FakeSlack.start();
    final MutableClock clock;
    private final TestPostgres.Database database;
    private final ConfigurableApplicationContext context;
    private final List<ConfigurableApplicationContext> others = new java.util.ArrayList<>();
    private final Map<String, Object> properties = new LinkedHashMap<>();

    private Running(String... properties) {
        mail.start();
        clock = new MutableClock(Examples.NOON);
        database = TestPostgres.shared().newDatabase();
        this.properties.putAll(Map.ofEntries(
                Map.entry("spring.datasource.url", database.url()),
                Map.entry("spring.datasource.username", database.user()),
                Map.entry("spring.datasource.password", database.password()),
                Map.entry("spring.mail.host", "localhost"),
                Map.entry("spring.mail.port", mail.getSmtp().getPort()),
                Map.entry("muster.portal-url", "https://muster.example"),
                Map.entry("muster.notifier-loops", "false"),
                Map.entry("muster.notifier.outbound.allowed-hosts", "http://localhost:*"),
                Map.entry("muster.notifier.outbound.allowed-networks", "127.0.0.0/8,::1/128"),
                Map.entry("muster.notifier.slack.api-url", slack.api().toString()),
                Map.entry("muster.notifier.slack.pace", "0s"),
                Map.entry("muster.notifier.destinations.payments-alerts.type", "slack-webhook"),
                Map.entry(
                        "muster.notifier.destinations.payments-alerts.url",
                        slack.webhook("payments").toString()),
                Map.entry("muster.notifier.destinations.payments-bot.type", "slack-bot"),
                Map.entry("muster.notifier.destinations.payments-bot.token", "xoxb-hunter2"),
                Map.entry("muster.notifier.destinations.payments-bot.channel", "C0PAYMENTS"),
                Map.entry("muster.notifier.fallback.email", "platform@acme.example")));
        Arrays.stream(properties).map(it -> it.split("=", 2)).forEach(it -> this.properties.put(it[0], it[1]));
        context = start();
        begin();
    }

    private void begin() {
        team(Map.of("muster.dev/slack-webhook", "payments-alerts"), "team@acme.example");
        bean(Catalog.class)
                .put(new CatalogEntry(Examples.PAYMENTS, "payments", Examples.TEAM, null, Map.of()), Examples.NOON);
    }

    /// One with the usual properties, as if just started. Most tests share it, because a start takes time.
    static Running usual() {
        var it = Usual.NOTIFIER;
        it.reset();
        return it;
    }

    /// As if just started.
    void reset() {
        db().sql(
                        "truncate catalog, episodes, notifications, transitions, deliveries, pauses, paces, troubles, unsubscribed, receipts, reminders,"
                                + " scored, scorecards, silences, copies, reports, initiatives, described, audit, preferences cascade")
                .update();
        try {
            mail.purgeEmailFromAllMailboxes();
        } catch (com.icegreen.greenmail.store.FolderException e) {
            throw new AssertionError(e);
        }
        slack.reset();
        clock.set(Examples.NOON);
        begin();
    }

    private static final class Usual {
        static final Running NOTIFIER = new Running();
    }

    /// Starts one with further properties, `name=value`.
    static Running with(String... properties) {
        return new Running(properties);
    }

    @SpringBootConfiguration
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        FlywayAutoConfiguration.class,
        MailSenderAutoConfiguration.class
    })
    @ComponentScan(
            basePackages = "dev.muster.notifier",
            excludeFilters =
                    @Filter(
                            type = FilterType.REGEX,
                            pattern = {
                                "dev.muster.notifier.Consumers.*",
                                "dev.muster.notifier.NotifierApplication",
                                "dev.muster.notifier.receipt.ReceiptRelay",
                                "dev.muster.notifier.audit.AuditRelay",
                                ".*Test.*"
                            }))
    static class WithoutKafka {}

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(WithoutKafka.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> {
                    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
                    var beans = context.getBeanFactory();
                    beans.registerSingleton("clock", clock);
                    beans.registerSingleton("traces", Traces.none());
                    beans.registerSingleton("meters", new io.micrometer.core.instrument.simple.SimpleMeterRegistry());
                })
                .run();
    }

    /// A second instance on the same ledger.
    Dispatcher another() {
        return another(Dispatcher.class);
    }

    /// A part of a second instance on the same ledger.
    <T> T another(Class<T> type) {
        var other = start();
        others.add(other);
        return other.getBean(type);
    }

    /// Does all of it at the same time, until each has ended.
    static void together(Runnable... work) {
        var running = Arrays.stream(work).map(CompletableFuture::runAsync).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(running).join();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    JdbcClient db() {
        return bean(JdbcClient.class);
    }

    void team(Map<String, String> annotations, @Nullable String email) {
        bean(Catalog.class)
                .put(new CatalogEntry(Examples.TEAM, "Payments team", null, email, annotations), Examples.NOON);
    }

    void hears(Transition... transitions) {
        for (var it : transitions) {
            bean(Intake.class).accept(it, clock.instant());
        }
    }

    /// The wait passes, messages are made.
    void waits() {
        clock.pass(Duration.ofSeconds(30));
        while (bean(Closing.class).closeOne()) {}
    }

    /// The wait passes and all that is due is sent.
    void waitsAndSends() {
        waits();
        sends();
    }

    /// Sends all that is due now.
    void sends() {
        sends(bean(Dispatcher.class));
    }

    void sends(Dispatcher... dispatchers) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    for (var it : dispatchers) {
                        it.step();
                    }
                    return idle();
                });
    }

    /// Nothing is due and nothing is under way.
    private boolean idle() {
        return db().sql("""
                                select count(*) from deliveries d where state = 'READY' and (leased_until > now()
                                  or (next_attempt_at <= :now
                                    and not exists (
                                      select 1 from pauses p where p.until > :now and p.key in (d.lane, d.channel))
                                    and not exists (
                                      select 1 from deliveries o where o.state = 'READY' and o.lane = d.lane
                                        and o.thread_id = d.thread_id and o.id < d.id)))
                                """)
                        .param("now", dev.muster.notifier.ledger.Sql.at(clock.instant()))
                        .query(Integer.class)
                        .single()
                == 0;
    }

    /// What instances claimed that died is free again.
    void leasesRunOut() {
        db().sql("update deliveries set leased_until = now() - interval '1 second' where leased_until is not null")
                .update();
    }

    List<MimeMessage> mails() {
        return List.of(mail.getReceivedMessages());
    }

    static String header(MimeMessage message, String name) {
        try {
            return message.getHeader(name, null);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    /// The text part of a mail.
    static String text(MimeMessage message) {
        try {
            return (String)
                    ((MimeMultipart) message.getContent()).getBodyPart(0).getContent();
        } catch (MessagingException | IOException e) {
            throw new AssertionError(e);
        }
    }

    MimeMessage mailTo(String recipient) {
        return mails().stream()
                .filter(it -> header(it, "To").equals(recipient))
                .findFirst()
                .orElseThrow();
    }

    List<String> recipients() {
        return mails().stream().map(it -> header(it, "To")).sorted().toList();
    }

    /// States of all deliveries, such as `slack/payments-alerts SENT`.
    List<String> deliveries() {
        return db().sql("""
                        select channel || '/' || destination || ' ' || state || coalesce(' ' || reason, '')
                        from deliveries order by id
                        """).query(String.class).list();
    }

    /// Receipts that wait to be published, such as `email/fallback SENT`.
    List<String> receipts() {
        return db().sql("""
                        select (body ->> 'channel') || '/' || (body ->> 'destination') || ' ' || (body ->> 'state')
                            || coalesce(' ' || (body ->> 'reason'), '')
                        from receipts order by seq
                        """).query(String.class).list();
    }

    @Override
    public void close() {
        others.forEach(ConfigurableApplicationContext::close);
        others.clear();
        if (this == Usual.NOTIFIER) {
            return;
        }
        context.close();
        slack.close();
        mail.stop();
    }
}

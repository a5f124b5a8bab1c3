package dev.muster.notifier.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.Attempt.GivenUp;
import dev.muster.notifier.delivery.Attempt.TryAgain;
import dev.muster.notifier.delivery.ChannelContract;
import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.message.Messages;
import dev.muster.notifier.template.Templates;
import dev.muster.notifier.transition.Examples;
import dev.muster.testkit.ScriptedSmtp;
import dev.muster.testkit.ScriptedSmtp.Stage;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class EmailChannelTest extends ChannelContract {

    private static final String ADDRESS = "team@acme.example";

    private final ScriptedSmtp smtp = ScriptedSmtp.start();
    private final EmailChannel channel = channel(sender(smtp.port(), null));

    @AfterEach
    void stop() throws IOException {
        smtp.close();
    }

    private static JavaMailSender sender(int port, @Nullable String password) {
        var sender = new JavaMailSenderImpl();
        sender.setHost("localhost");
        sender.setPort(port);
        if (password != null) {
            sender.setUsername("muster");
            sender.setPassword(password);
            sender.getJavaMailProperties().put("mail.smtp.auth", "true");
        }
        sender.getJavaMailProperties().put("mail.smtp.connectiontimeout", "1000");
        sender.getJavaMailProperties().put("mail.smtp.timeout", "500");
        sender.getJavaMailProperties().put("mail.smtp.writetimeout", "500");
        sender.getJavaMailProperties().put("mail.smtp.quitwait", "false");
        return sender;
    }

    private static EmailChannel channel(@Nullable JavaMailSender sender) {
        return channel(sender, null);
    }

    private static EmailChannel channel(@Nullable JavaMailSender sender, @Nullable UnsubscribeLinks links) {
        var beans = new StaticListableBeanFactory();
        if (sender != null) {
            beans.addBean("mail", sender);
        }
        return new EmailChannel(
                beans.getBeanProvider(JavaMailSender.class),
                new EmailSettings("muster@acme.example", "Muster", links),
                beans.getBeanProvider(Unsubscribed.class),
                Templates.shipped());
    }

    @Override
    protected EmailChannel channel() {
        return channel;
    }

    @Override
    protected Envelope to(Message message) {
        return Messages.envelope(message, "group:default/payments-team", ADDRESS);
    }

    @Override
    protected List<String> received() {
        return smtp.mails().stream().map(EmailChannelTest::shown).toList();
    }

    @Override
    protected void troubled() {
        smtp.on(Stage.MAIL, "451 try again later");
    }

    @Override
    protected void refusing() {
        smtp.on(Stage.RCPT, "550 no such mailbox");
    }

    @Override
    protected void breaking() {
        smtp.on(Stage.BODY, ScriptedSmtp.DROP);
    }

    @Override
    protected void silent() {
        smtp.on(Stage.DATA, ScriptedSmtp.HANG);
    }

    @Override
    protected String secret() {
        return ADDRESS;
    }

    @Override
    protected List<String> ids() {
        return smtp.mails().stream()
                .map(it -> header(it, "Message-ID").getFirst())
                .toList();
    }

    private static MimeMessage parsed(ScriptedSmtp.Mail mail) {
        try {
            return new MimeMessage(null, new ByteArrayInputStream(mail.text().getBytes(StandardCharsets.UTF_8)));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String part(ScriptedSmtp.Mail mail, int index) {
        try {
            return (String) ((MimeMultipart) parsed(mail).getContent())
                    .getBodyPart(index)
                    .getContent();
        } catch (MessagingException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The text part as it is, and the HTML part if there is one.
    private static String shown(ScriptedSmtp.Mail mail) {
        try {
            var parts = (MimeMultipart) parsed(mail).getContent();
            return parts.getCount() == 1 ? part(mail, 0) : part(mail, 0).replaceAll("<[^>]*>", "") + part(mail, 1);
        } catch (MessagingException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> header(ScriptedSmtp.Mail mail, String name) {
        try {
            var values = parsed(mail).getHeader(name);
            return values == null ? List.of() : List.of(values);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void writesOneMailWithAllItsHeaders() throws MessagingException {
        channel.send(to(Messages.regression()));

        assertThat(smtp.mails()).singleElement().satisfies(mail -> {
            assertThat(mail.recipient()).isEqualTo(ADDRESS);
            assertThat(header(mail, "To")).containsExactly(ADDRESS);
            assertThat(header(mail, "From")).containsExactly("Muster <muster@acme.example>");
            assertThat(header(mail, "Auto-Submitted")).containsExactly("auto-generated");
            assertThat(header(mail, "X-Auto-Response-Suppress")).containsExactly("All");
            assertThat(header(mail, "List-Id")).containsExactly("<group.default.payments.team.muster.acme.example>");
            assertThat(header(mail, "Message-ID"))
                    .singleElement()
                    .asString()
                    .matches("<n1\\.[0-9a-f]{8}@acme.example>");
            assertThat(header(mail, "In-Reply-To")).isEmpty();
            assertThat(header(mail, "Bcc")).isEmpty();
        });
        assertThat(parsed(smtp.mails().getFirst()).getSubject())
                .isEqualTo("[Muster] payments regressed: No critical vulnerability is open (silver → bronze)");
        assertThat(parsed(smtp.mails().getFirst()).getContentType()).startsWith("multipart/alternative");
    }

    @Test
    void offersToEndMailWithOneClick() {
        var links =
                UnsubscribeLinks.of(URI.create("https://muster.acme.example"), "hunter2-hunter2-hunter2-hunter2-links");
        channel(sender(smtp.port(), null), links).send(to(Messages.regression()));

        assertThat(header(smtp.mails().getFirst(), "List-Unsubscribe-Post"))
                .containsExactly("List-Unsubscribe=One-Click");
        assertThat(header(smtp.mails().getFirst(), "List-Unsubscribe"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it)
                            .startsWith("<https://muster.acme.example/v1/unsubscribe?t=")
                            .endsWith(">");
                    assertThat(it.length()).isLessThan(200);
                    assertThat(it).doesNotContain(ADDRESS, "hunter2");
                    assertThat(links.verified(it.substring(it.indexOf("t=") + 2, it.length() - 1)))
                            .hasValue(Unsubscribed.digest(ADDRESS));
                });
    }

    @Test
    void offersNothingWithoutAPublicAddress() {
        channel.send(to(Messages.regression()));

        assertThat(header(smtp.mails().getFirst(), "List-Unsubscribe")).isEmpty();
        assertThat(header(smtp.mails().getFirst(), "List-Unsubscribe-Post")).isEmpty();
    }

    @Test
    void believesNoLinkThatItDidNotSign() {
        var links =
                UnsubscribeLinks.of(URI.create("https://muster.acme.example"), "hunter2-hunter2-hunter2-hunter2-links");
        var token = links.link("a@b").replaceAll(".*t=", "");

        assertThat(links.verified(token)).hasValue(Unsubscribed.digest("A@b"));
        assertThat(links.verified(Unsubscribed.digest("c@d") + token.substring(token.indexOf('.'))))
                .isEmpty();
        assertThat(links.verified("nonsense")).isEmpty();
        assertThat(links.toString()).doesNotContain("hunter2");
    }

    @Test
    void saysNeitherPasswordNorMailToAServerThatLeavesTlsOut() {
        var sender = (JavaMailSenderImpl) sender(smtp.port(), "hunter2");
        sender.getJavaMailProperties().put("mail.smtp.starttls.enable", "true");
        sender.getJavaMailProperties().put("mail.smtp.starttls.required", "true");

        assertThat(channel(sender).send(to(Messages.regression()))).isInstanceOf(TryAgain.class);
        assertThat(smtp.commands()).doesNotContain("AUTH", "MAIL", "RCPT", "DATA");
    }

    @Test
    void saysNothingToAServerWhoseCertificateItDoesNotTrust() {
        var impostor = new GreenMail(ServerSetup.SMTPS.dynamicPort());
        impostor.start();
        try {
            var sender = (JavaMailSenderImpl) sender(impostor.getSmtps().getPort(), null);
            sender.setProtocol("smtps");
            sender.getJavaMailProperties().put("mail.smtps.connectiontimeout", "2000");
            sender.getJavaMailProperties().put("mail.smtps.timeout", "2000");

            assertThat(channel(sender).send(to(Messages.regression()))).isInstanceOf(TryAgain.class);
            assertThat(impostor.getReceivedMessages()).isEmpty();
        } finally {
            impostor.stop();
        }
    }

    @Test
    void hasTheSameMessageIdInEveryAttempt() {
        breaking();
        channel.send(to(Messages.regression()));
        channel.send(to(Messages.regression()));

        assertThat(smtp.mails()).hasSize(2);
        assertThat(header(smtp.mails().get(0), "Message-ID"))
                .isEqualTo(header(smtp.mails().get(1), "Message-ID"));
        assertThat(header(smtp.mails().get(0), "Date"))
                .isEqualTo(header(smtp.mails().get(1), "Date"));
    }

    @Test
    void answersInTheThread() throws MessagingException {
        channel.send(to(Messages.regression()));
        var recovery = Messages.recovery(Messages.regression(), Examples.recovered("d2"));
        channel.send(Messages.answer(recovery, "group:default/payments-team", ADDRESS, null));

        var root = header(smtp.mails().get(0), "Message-ID");
        assertThat(header(smtp.mails().get(1), "In-Reply-To")).isEqualTo(root);
        assertThat(header(smtp.mails().get(1), "References")).isEqualTo(root);
        assertThat(header(smtp.mails().get(1), "Message-ID")).isNotEqualTo(root);
        assertThat(parsed(smtp.mails().get(1)).getSubject())
                .isEqualTo("Re: " + parsed(smtp.mails().get(0)).getSubject());
    }

    @Test
    void escapesInHtmlAndNotInText() {
        channel.send(to(Messages.regression(
                Examples.titled(Examples.regressed("d1"), "<b>x</b>", "a < b & c", "https://r.example/?a=1&b=2"))));

        assertThat(part(smtp.mails().getFirst(), 0)).contains("<b>x</b>", "a < b & c", "https://r.example/?a=1&b=2");
        assertThat(part(smtp.mails().getFirst(), 1))
                .contains("&lt;b&gt;x", "a &lt; b &amp; c", "href=\"https:")
                .doesNotContain("<b>x");
    }

    @ParameterizedTest
    @CsvSource({
        "BANNER,421 too busy,SERVER_ERROR",
        "MAIL,451 try again,SERVER_ERROR",
        "RCPT,450 mailbox busy,RATE_LIMITED",
        "RCPT,452 too many,RATE_LIMITED",
        "DATA,451 try again,SERVER_ERROR",
        "BODY,451 try again,SERVER_ERROR"
    })
    void triesAgainAfter4yz(Stage stage, String answer, FailedBecause reason) {
        smtp.on(stage, answer);

        assertThat(channel.send(to(Messages.regression())))
                .isInstanceOfSatisfying(
                        TryAgain.class, it -> assertThat(it.reason()).isIn(reason, FailedBecause.UNREACHABLE));
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL,550 sender refused,REFUSED",
        "MAIL,551 sender refused,REFUSED",
        "MAIL,553 sender refused,REFUSED",
        "RCPT,550 no such mailbox,GONE",
        "RCPT,550 5.1.1 no such mailbox,GONE",
        "RCPT,550 5.7.1 relays for nobody,REFUSED",
        "RCPT,551 moved,GONE",
        "RCPT,553 what is that,REFUSED",
        "DATA,550 no,REFUSED",
        "DATA,551 no,REFUSED",
        "DATA,554 no,REFUSED",
        "BODY,550 5.7.1 spam,REFUSED",
        "BODY,550 spam,REFUSED",
        "BODY,551 spam,REFUSED",
        "BODY,552 too big,REFUSED",
        "BODY,554 spam,REFUSED"
    })
    void givesUpAfter5yz(Stage stage, String answer, FailedBecause reason) {
        smtp.on(stage, answer);

        assertThat(channel.send(to(Messages.regression())))
                .isInstanceOfSatisfying(
                        GivenUp.class, it -> assertThat(it.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"AUTH"},
            mode = EnumSource.Mode.EXCLUDE)
    void neverWaitsForEver(Stage stage) {
        smtp.on(stage, ScriptedSmtp.HANG);

        assertThat(channel.send(to(Messages.regression()))).isInstanceOf(TryAgain.class);
    }

    @ParameterizedTest
    @CsvSource({"BANNER,421 too busy", "EHLO,HANG", "MAIL,421 closing", "RCPT,HANG", "DATA,DROP", "BODY,HANG"})
    void blamesTheServerAndNotTheAddressForWhatAllMailMeetsThere(Stage stage, String answer) {
        smtp.on(stage, answer);

        assertThat(channel.send(to(Messages.regression())).stopsChannel()).isTrue();
        assertThat(channel(sender(1, null)).send(to(Messages.regression())).stopsChannel())
                .as("nobody listens")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"MAIL,451 greylisted", "RCPT,450 mailbox busy", "RCPT,550 gone", "BODY,554 spam"})
    void blamesNoServerThatAnswers(Stage stage, String answer) {
        smtp.on(stage, answer);

        assertThat(channel.send(to(Messages.regression()))).satisfies(it -> {
            assertThat(it.stopsChannel()).isFalse();
            assertThat(it.answered()).isTrue();
        });
    }

    @Test
    void saysNeitherPasswordNorMailToAServerWhoseCertificateItDoesNotTrustAfterStartTls() throws Exception {
        smtp.offering(impostor());
        var sender = (JavaMailSenderImpl) sender(smtp.port(), "hunter2");
        sender.getJavaMailProperties().put("mail.smtp.starttls.enable", "true");
        sender.getJavaMailProperties().put("mail.smtp.starttls.required", "true");
        sender.getJavaMailProperties().put("mail.smtp.timeout", "5000");

        assertThat(channel(sender).send(to(Messages.regression()))).isInstanceOf(TryAgain.class);
        assertThat(smtp.commands()).contains("STARTTLS").doesNotContain("AUTH", "MAIL", "RCPT", "DATA");

        sender.getJavaMailProperties().put("mail.smtp.ssl.trust", "*");
        sender.getJavaMailProperties().put("mail.smtp.ssl.checkserveridentity", "false");
        assertThat(channel(sender).send(to(Messages.regression())))
                .as("it is the certificate that it minds")
                .isInstanceOf(Attempt.Accepted.class);
    }

    /// With a certificate that it gave itself.
    private static SSLContext impostor() throws Exception {
        var password = "changeit".toCharArray();
        var keys = KeyStore.getInstance("PKCS12");
        try (var file = GreenMail.class.getResourceAsStream("/greenmail.p12")) {
            keys.load(file, password);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void stopsHammeringAServerThatRefusesTheLogin() {
        smtp.on(Stage.AUTH, "535 wrong password", "535 wrong password", "535 wrong password");

        assertThat(channel(sender(smtp.port(), "hunter2")).send(to(Messages.regression())))
                .isInstanceOfSatisfying(TryAgain.class, it -> {
                    assertThat(it.pause()).isEqualTo(Attempt.Pause.CHANNEL);
                    assertThat(it.reason()).isEqualTo(FailedBecause.UNAUTHORISED);
                    assertThat(it.toString()).doesNotContain("hunter2");
                });
    }

    @Test
    void triesAgainWhenNobodyListens() {
        assertThat(channel(sender(1, null)).send(to(Messages.regression())))
                .isInstanceOfSatisfying(
                        TryAgain.class, it -> assertThat(it.reason()).isEqualTo(FailedBecause.UNREACHABLE));
    }

    @Test
    void givesUpWithoutAServer() {
        assertThat(channel(null).send(to(Messages.regression())))
                .isInstanceOfSatisfying(
                        GivenUp.class, it -> assertThat(it.reason()).isEqualTo(FailedBecause.NOT_CONFIGURED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b\r\nBcc: x@y", "a@b\nx", "not an address", "a@b, c@d"})
    void sendsNothingToWhatIsNotOneAddress(String address) {
        assertThat(channel.send(Messages.envelope(Messages.regression(), "x", address)))
                .isInstanceOfSatisfying(
                        GivenUp.class, it -> assertThat(it.reason()).isEqualTo(FailedBecause.BAD_ADDRESS));
        assertThat(smtp.mails()).isEmpty();
    }

    @Test
    void refusesALineBreakInAHeader() {
        assertThatThrownBy(() -> HeaderValue.check("Subject", "x\r\nBcc: a@b"))
                .hasMessage("Subject must not contain a line break or another control character");
        assertThatThrownBy(() -> new EmailSettings("a@b", "x\ny", null))
                .hasMessageContaining("muster.notifier.email.name");
    }
}

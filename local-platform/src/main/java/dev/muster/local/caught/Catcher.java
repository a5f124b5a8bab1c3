package dev.muster.local.caught;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executors;

/// An SMTP server that takes every mail for everybody and delivers none, a stand-in for Slack, and the pages that show
/// what they took.
///
/// It listens on the loopback address only.
public final class Catcher implements AutoCloseable {

    private final GreenMail smtp;
    private final HttpServer http;

    private Catcher(GreenMail smtp, HttpServer http) {
        this.smtp = smtp;
        this.http = http;
    }

    /// Starts both servers.
    ///
    /// @param mailFolder where mail is kept
    /// @param slackFolder where messages to Slack are kept
    public static Catcher start(Path mailFolder, Path slackFolder, int smtpPort, int httpPort, InstantSource clock)
            throws IOException {
        var mails = new MailFolder(mailFolder);
        var smtp = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        smtp.getUserManager()
                .setMessageDeliveryHandler((_, recipient) -> new Recipient(recipient.getEmail(), mails, clock));
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), httpPort), 0);
        http.createContext("/", new MailPages(mails));
        http.createContext("/slack", new SlackPages(new SlackFolder(slackFolder), clock));
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
        return new Catcher(smtp, http);
    }

    @Override
    public void close() {
        smtp.stop();
        http.stop(0);
    }

    /// Anybody: whatever is sent to them is kept.
    private record Recipient(String email, MailFolder mails, InstantSource clock) implements GreenMailUser {

        @Override
        public void deliver(MovingMessage message) {
            deliver(message.getMessage());
        }

        @Override
        public void deliver(MimeMessage message) {
            try {
                var raw = new ByteArrayOutputStream();
                message.writeTo(raw);
                mails.keep(raw.toByteArray(), clock.instant());
            } catch (IOException | MessagingException e) {
                throw new IllegalStateException("cannot keep a mail", e);
            }
        }

        @Override
        public String getEmail() {
            return email;
        }

        @Override
        public String getLogin() {
            return email;
        }

        @Override
        public String getPassword() {
            return "";
        }

        @Override
        public String getQualifiedMailboxName() {
            return email;
        }

        @Override
        public void create() {}

        @Override
        public void delete() {}

        @Override
        public void setPassword(String password) {}

        @Override
        public void authenticate(String password) {}
    }
}

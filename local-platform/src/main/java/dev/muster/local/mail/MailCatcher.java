package dev.muster.local.mail;

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

/// An SMTP server that takes every mail for everybody and delivers none, and the pages that show them.
///
/// It listens on the loopback address only.
public final class MailCatcher implements AutoCloseable {

    private final GreenMail smtp;
    private final HttpServer http;

    private MailCatcher(GreenMail smtp, HttpServer http) {
        this.smtp = smtp;
        this.http = http;
    }

    /// Starts both servers.
    ///
    /// @param folder where the mail is kept
    public static MailCatcher start(Path folder, int smtpPort, int httpPort, InstantSource clock) throws IOException {
        var mails = new MailFolder(folder);
        var smtp = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        smtp.getUserManager()
                .setMessageDeliveryHandler((_, recipient) -> new Recipient(recipient.getEmail(), mails, clock));
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), httpPort), 0);
        http.createContext("/", new MailPages(mails));
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
        return new MailCatcher(smtp, http);
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

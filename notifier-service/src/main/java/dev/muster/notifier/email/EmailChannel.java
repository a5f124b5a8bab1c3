package dev.muster.notifier.email;

import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.Channel;
import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.template.Templates;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/// Mail: text and HTML, one recipient a message, threaded by ids that are the same in every attempt.
///
/// A server that takes a mail says nothing about the mailbox, so a mail ends as accepted. Headers are those of RFC
/// 5322, 3834 (`Auto-Submitted`), 2919 (`List-Id`) and 8058 (`List-Unsubscribe-Post`).
@Component
class EmailChannel implements Channel {

    private final ObjectProvider<JavaMailSender> sender;
    private final EmailSettings settings;
    private final ObjectProvider<Unsubscribed> unsubscribed;
    private final EmailRenderer renderer;

    EmailChannel(
            ObjectProvider<JavaMailSender> sender,
            EmailSettings settings,
            ObjectProvider<Unsubscribed> unsubscribed,
            Templates templates) {
        this.sender = sender;
        this.settings = settings;
        this.unsubscribed = unsubscribed;
        this.renderer = new EmailRenderer(templates);
    }

    @Override
    public ChannelName name() {
        return ChannelName.EMAIL;
    }

    @Override
    public boolean oneServer() {
        return true;
    }

    @Override
    public Attempt send(Envelope envelope) {
        var mail = sender.getIfAvailable();
        if (mail == null) {
            return new Attempt.GivenUp(FailedBecause.NOT_CONFIGURED, "spring.mail.host is not set");
        }
        var address = envelope.address();
        if (address == null || address.chars().anyMatch(Character::isISOControl)) {
            return new Attempt.GivenUp(FailedBecause.BAD_ADDRESS, "not one plain mail address");
        }
        var list = unsubscribed.getIfAvailable();
        if (list != null && list.has(address)) {
            return new Attempt.NotWanted(SuppressedBecause.UNSUBSCRIBED, "the address is unsubscribed");
        }
        try {
            mail.send(message(mail.createMimeMessage(), envelope, address));
            return new Attempt.Accepted();
        } catch (AddressException _) {
            return new Attempt.GivenUp(FailedBecause.BAD_ADDRESS, "not one plain mail address");
        } catch (MailException e) {
            return SmtpAnswers.of(e);
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw new IllegalStateException("a mail could not be made", e);
        }
    }

    private MimeMessage message(MimeMessage message, Envelope it, String address)
            throws MessagingException, UnsupportedEncodingException {
        message.setFrom(new InternetAddress(settings.from(), settings.name(), "UTF-8"));
        message.setRecipient(RecipientType.TO, new InternetAddress(address, true));
        message.setSubject(subject(it), "UTF-8");
        message.setSentDate(Date.from(it.createdAt()));
        header(message, "Message-ID", settings.messageId(it.notificationId(), address));
        if (it.answers()) {
            var root = settings.messageId(it.threadId(), address);
            header(message, "In-Reply-To", root);
            header(message, "References", root);
        }
        header(message, "Auto-Submitted", "auto-generated");
        header(message, "X-Auto-Response-Suppress", "All");
        header(message, "List-Id", listId(it));
        if (settings.unsubscribing() != null) {
            header(message, "List-Unsubscribe", "<" + settings.unsubscribing().link(address) + ">");
            header(message, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        header(message, "X-Muster-Notification", it.notificationId());
        message.setContent(body(it));
        return message;
    }

    private MimeMultipart body(Envelope it) throws MessagingException {
        var alternative = new MimeMultipart("alternative");
        var text = new MimeBodyPart();
        text.setText(renderer.text(it), StandardCharsets.UTF_8.name());
        alternative.addBodyPart(text);
        if (!it.plain()) {
            var html = new MimeBodyPart();
            html.setText(renderer.html(it), StandardCharsets.UTF_8.name(), "html");
            alternative.addBodyPart(html);
        }
        return alternative;
    }

    private static String subject(Envelope it) {
        var subject = "[Muster] " + it.message().subject();
        return HeaderValue.check("Subject", it.answers() ? "Re: " + subject : subject);
    }

    private String listId(Envelope it) {
        var owner = it.message().owner() == null ? "nobody" : it.message().owner();
        var label = owner.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".").replaceAll("^\\.+|\\.+$", "");
        return "<%s.muster.%s>".formatted(label.isEmpty() ? "nobody" : label, settings.domain());
    }

    private static void header(MimeMessage message, String name, String value) throws MessagingException {
        message.setHeader(name, HeaderValue.check(name, value));
    }
}

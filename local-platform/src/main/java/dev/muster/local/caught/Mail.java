package dev.muster.local.caught;

import jakarta.mail.Address;
import jakarta.mail.Header;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One caught mail.
///
/// @param id sorts by the time of receipt
/// @param source as it was sent
/// @param size in bytes
record Mail(String id, Instant received, MimeMessage message, String source, int size) {

    /// A name and an address, spelt as in Mailpit's answers.
    record Mailbox(String Name, String Address) {}

    static Mail read(String id, Instant received, byte[] raw) throws MessagingException {
        return new Mail(
                id,
                received,
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw)),
                new String(raw, StandardCharsets.UTF_8),
                raw.length);
    }

    String subject() {
        return asked(message::getSubject, "");
    }

    String messageId() {
        return asked(message::getMessageID, "").replaceAll("[<>]", "");
    }

    List<Mailbox> from() {
        return mailboxes(asked(message::getFrom, new Address[0]));
    }

    List<Mailbox> to() {
        return mailboxes(asked(() -> message.getRecipients(RecipientType.TO), new Address[0]));
    }

    String text() {
        return body(message, "text/plain");
    }

    String html() {
        return body(message, "text/html");
    }

    Map<String, List<String>> headers() {
        var headers = new TreeMap<String, List<String>>();
        var all = asked(message::getAllHeaders, Collections.<Header>emptyEnumeration());
        while (all.hasMoreElements()) {
            var header = all.nextElement();
            headers.computeIfAbsent(header.getName(), _ -> new ArrayList<>()).add(header.getValue());
        }
        return headers;
    }

    private static String body(Part part, String type) {
        try {
            if (part.isMimeType(type)) {
                return part.getContent().toString();
            }
            var found = new StringBuilder();
            if (part.getContent() instanceof Multipart parts) {
                for (var i = 0; i < parts.getCount(); i++) {
                    found.append(body(parts.getBodyPart(i), type));
                }
            }
            return found.toString();
        } catch (MessagingException | IOException e) {
            return "unreadable: " + e.getMessage();
        }
    }

    private static List<Mailbox> mailboxes(Address[] addresses) {
        var mailboxes = new ArrayList<Mailbox>();
        for (var address : addresses) {
            var name = address instanceof InternetAddress internet ? internet.getPersonal() : null;
            var plain = address instanceof InternetAddress internet ? internet.getAddress() : address.toString();
            mailboxes.add(new Mailbox(name == null ? "" : name, plain));
        }
        return mailboxes;
    }

    private static <T> T asked(Question<T> question, T otherwise) {
        try {
            var answer = question.ask();
            return answer == null ? otherwise : answer;
        } catch (MessagingException _) {
            return otherwise;
        }
    }

    private interface Question<T> {
        @Nullable
        T ask() throws MessagingException;
    }
}

package dev.muster.notifier.email;

import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.Attempt.GivenUp;
import dev.muster.notifier.delivery.Attempt.Pause;
import dev.muster.notifier.delivery.Attempt.TryAgain;
import dev.muster.notifier.ledger.FailedBecause;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;

/// What a failed mail means: 4yz and a broken connection may be better later (RFC 5321, 4.2.1), 5yz is final for the
/// mail. A server that cannot be reached, falls silent, closes (421) or refuses the login makes all mail wait.
final class SmtpAnswers {

    /// After a refused login nothing is sent for this long: hammering locks accounts.
    private static final Duration LOGIN_REFUSED = Duration.ofMinutes(5);

    /// The server closes the connection, whatever it was asked.
    private static final int CLOSING = 421;

    private static final Pattern POLICY = Pattern.compile("\\s*\\d{3}[ -]5\\.7\\.");

    private SmtpAnswers() {}

    static Attempt of(MailException failure) {
        var causes = causes(failure);
        if (failure instanceof MailAuthenticationException
                || causes.stream().anyMatch(AuthenticationFailedException.class::isInstance)) {
            return new TryAgain(
                    FailedBecause.UNAUTHORISED, LOGIN_REFUSED, Pause.CHANNEL, "the mail server refused the login");
        }
        var code = causes.stream()
                .mapToInt(SmtpAnswers::code)
                .filter(it -> it >= 400)
                .max()
                .orElse(0);
        if (code >= 500) {
            return new GivenUp(
                    causes.stream().anyMatch(SmtpAnswers::isGone) ? FailedBecause.GONE : FailedBecause.REFUSED,
                    "SMTP " + code);
        }
        if (code == CLOSING) {
            return new TryAgain(FailedBecause.SERVER_ERROR, Duration.ZERO, Pause.CHANNEL, "SMTP " + code);
        }
        if (code >= 400) {
            return new TryAgain(
                    code == 450 || code == 452 ? FailedBecause.RATE_LIMITED : FailedBecause.SERVER_ERROR,
                    "SMTP " + code);
        }
        return causes.stream().anyMatch(SocketTimeoutException.class::isInstance)
                ? new TryAgain(
                        FailedBecause.TIMED_OUT, Duration.ZERO, Pause.CHANNEL, "no answer of the mail server in time")
                : new TryAgain(
                        FailedBecause.UNREACHABLE,
                        Duration.ZERO,
                        Pause.CHANNEL,
                        "no connection to the mail server, or it broke");
    }

    /// Whether it is about the mailbox, and not about the sender, the mail or a policy (5.7.x of RFC 3463, such as a
    /// server that relays for nobody).
    private static boolean isGone(Throwable cause) {
        return switch (cause) {
            case SMTPAddressFailedException e ->
                (e.getReturnCode() == 550 || e.getReturnCode() == 551)
                        && !POLICY.matcher(String.valueOf(e.getMessage())).lookingAt();
            case SendFailedException e -> isUnusable(e);
            default -> false;
        };
    }

    /// Whether the library itself finds the address unusable.
    private static boolean isUnusable(SendFailedException e) {
        return !(e instanceof SMTPSendFailedException)
                && !(e instanceof SMTPSenderFailedException)
                && e.getInvalidAddresses() != null
                && e.getNextException() == null;
    }

    private static int code(Throwable cause) {
        return switch (cause) {
            case SMTPAddressFailedException e -> e.getReturnCode();
            case SMTPSenderFailedException e -> e.getReturnCode();
            case SMTPSendFailedException e -> e.getReturnCode();
            case SendFailedException e when isUnusable(e) -> 550;
            default -> 0;
        };
    }

    /// Everything that the failure hides: causes, chained exceptions of the mail library, and the failures of single
    /// messages.
    private static List<Throwable> causes(Throwable failure) {
        var seen = Collections.<Throwable>newSetFromMap(new IdentityHashMap<>());
        var open = new ArrayDeque<Throwable>(List.of(failure));
        var all = new ArrayList<Throwable>();
        while (!open.isEmpty()) {
            var it = open.poll();
            if (seen.add(it)) {
                all.add(it);
                if (it.getCause() != null) {
                    open.add(it.getCause());
                }
                if (it instanceof MessagingException e && e.getNextException() != null) {
                    open.add(e.getNextException());
                }
                if (it instanceof MailSendException e) {
                    open.addAll(Arrays.asList(e.getMessageExceptions()));
                }
            }
        }
        return all;
    }
}

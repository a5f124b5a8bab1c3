package dev.muster.local.caught;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The caught mail, one file each, so that it is still there after a restart. The oldest go when there are too many.
final class MailFolder {

    private static final int KEPT = 1_000;
    private static final String ENDING = ".eml";

    private final Path folder;
    private final List<Mail> mails = new ArrayList<>();
    private long last;

    MailFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            for (var file : files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList()) {
                var id = file.getFileName().toString().replace(ENDING, "");
                mails.add(Mail.read(id, Files.getLastModifiedTime(file).toInstant(), Files.readAllBytes(file)));
            }
        } catch (MessagingException e) {
            throw new IOException("cannot read the mail in " + folder, e);
        }
    }

    synchronized void keep(byte[] raw, Instant now) throws MessagingException {
        last = Math.max(last + 1, now.toEpochMilli());
        var mail = Mail.read("%015d".formatted(last), now, raw);
        try {
            Files.write(file(mail), raw);
            mails.add(mail);
            while (mails.size() > KEPT) {
                Files.deleteIfExists(file(mails.removeFirst()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Newest first.
    synchronized List<Mail> all() {
        return List.copyOf(mails.reversed());
    }

    /// @param id of a mail, or `latest`
    synchronized Optional<Mail> find(String id) {
        return all().stream()
                .filter(mail -> id.equals("latest") || mail.id().equals(id))
                .findFirst();
    }

    synchronized void clear() throws IOException {
        for (var mail : mails) {
            Files.deleteIfExists(file(mail));
        }
        mails.clear();
    }

    private Path file(Mail mail) {
        return folder.resolve(mail.id() + ENDING);
    }
}

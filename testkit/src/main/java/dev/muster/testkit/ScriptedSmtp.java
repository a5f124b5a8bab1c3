package dev.muster.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A mail server that answers what a test tells it to, and keeps every mail that reached the final dot, also when it
/// then answered badly.
public final class ScriptedSmtp implements AutoCloseable {

    /// Moments at which a server answers.
    public enum Stage {
        BANNER,
        EHLO,
        AUTH,
        MAIL,
        RCPT,
        DATA,
        /// After the final dot.
        BODY
    }

    /// Breaks the connection in place of an answer.
    public static final String DROP = "DROP";

    /// Never answers, until the client goes away.
    public static final String HANG = "HANG";

    /// A mail as it came in.
    public record Mail(String recipient, String text) {}

    private final ServerSocket server;
    private final Map<Stage, Queue<String>> script = new EnumMap<>(Stage.class);
    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile @Nullable SSLContext tls;

    private ScriptedSmtp(ServerSocket server) {
        this.server = server;
    }

    /// Starts one on a free port of the loopback interface.
    public static ScriptedSmtp start() {
        try {
            var smtp = new ScriptedSmtp(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("scripted-smtp").start(smtp::accept);
            return smtp;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /// The next times that `stage` comes, the answers are these, one each, then the usual one again.
    public synchronized ScriptedSmtp on(Stage stage, String... answers) {
        script.computeIfAbsent(stage, _ -> new ArrayDeque<>()).addAll(List.of(answers));
        return this;
    }

    /// Offers STARTTLS from now on, with the certificate of `context`.
    public ScriptedSmtp offering(SSLContext context) {
        tls = context;
        return this;
    }

    /// Mails whose final dot came in, in order.
    public List<Mail> mails() {
        return List.copyOf(mails);
    }

    /// First words of everything that clients said, in order.
    public List<String> commands() {
        return List.copyOf(commands);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (say(client, Stage.BANNER, "220 scripted")) {
                talk(client);
            }
        } catch (IOException _) {
            // The client went away, or the server was closed.
        } finally {
            open.remove(client);
        }
    }

    private void talk(Socket client) throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
            var recipient = "";
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                commands.add(verb);
                var context = tls;
                if (verb.equals("STARTTLS") && context != null) {
                    send(client, "220 go ahead");
                    // Without a client's name it is the side of the server.
                    talk(context.getSocketFactory().createSocket(client, null, true));
                    return;
                }
                var goOn = switch (verb) {
                    case "EHLO", "HELO" ->
                        say(
                                client,
                                Stage.EHLO,
                                "250-scripted\r\n%s250-AUTH PLAIN LOGIN\r\n250 8BITMIME"
                                        .formatted(context == null ? "" : "250-STARTTLS\r\n"));
                    case "AUTH" -> say(client, Stage.AUTH, "235 welcome");
                    case "MAIL" -> say(client, Stage.MAIL, "250 ok");
                    case "RCPT" -> say(client, Stage.RCPT, "250 ok");
                    case "DATA" -> data(client, in, recipient);
                    case "QUIT" -> send(client, "221 bye");
                    default -> send(client, "250 ok");
                };
                if (verb.equals("RCPT")) {
                    recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                }
                if (!goOn || verb.equals("QUIT")) {
                    return;
                }
            }
        }
    }

    private boolean data(Socket client, BufferedReader in, String recipient) throws IOException {
        var answer = next(Stage.DATA, "354 go ahead");
        if (!send(client, answer) || !answer.startsWith("354")) {
            return !answer.equals(DROP) && !answer.equals(HANG);
        }
        var text = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line.startsWith("..") ? line.substring(1) : line).append("\r\n");
        }
        mails.add(new Mail(recipient, text.toString()));
        return say(client, Stage.BODY, "250 queued");
    }

    private boolean say(Socket client, Stage stage, String usual) throws IOException {
        return send(client, next(stage, usual));
    }

    private synchronized String next(Stage stage, String usual) {
        var queue = script.get(stage);
        var scripted = queue == null ? null : queue.poll();
        return scripted == null ? usual : scripted;
    }

    private static boolean send(Socket client, String answer) throws IOException {
        if (answer.equals(DROP)) {
            return false;
        }
        if (answer.equals(HANG)) {
            // Until the client closes its side, or this server is closed.
            while (client.getInputStream().read() >= 0) {}
            return false;
        }
        client.getOutputStream().write((answer + "\r\n").getBytes(UTF_8));
        client.getOutputStream().flush();
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var client : open) {
            client.close();
        }
    }
}

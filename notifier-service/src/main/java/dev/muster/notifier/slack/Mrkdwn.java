package dev.muster.notifier.slack;

/// Escapes for Slack's mark-up: with these three characters gone, no mention, link or command can be formed.
final class Mrkdwn {

    private Mrkdwn() {}

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /// A link. The address was checked when the message was made; what would end it early is encoded.
    static String link(String address, String text) {
        return "<%s|%s>"
                .formatted(
                        escape(address.replace("|", "%7C").replace("<", "%3C").replace(">", "%3E")),
                        escape(text.replace('|', '¦')));
    }
}

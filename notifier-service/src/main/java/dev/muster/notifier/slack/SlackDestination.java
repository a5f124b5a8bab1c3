package dev.muster.notifier.slack;

import java.net.URI;

/// A place in Slack. None prints its credential.
public sealed interface SlackDestination {

    /// An incoming webhook: the address is the credential. It cannot thread.
    record Webhook(URI url) implements SlackDestination {

        @Override
        public String toString() {
            return "Webhook[url=***]";
        }
    }

    /// A bot that posts to a channel.
    ///
    /// @param channel id or name of the channel
    record Bot(String token, String channel) implements SlackDestination {

        @Override
        public String toString() {
            return "Bot[token=***, channel=" + channel + "]";
        }
    }
}

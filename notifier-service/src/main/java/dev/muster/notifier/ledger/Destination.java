package dev.muster.notifier.ledger;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where one message goes.
///
/// @param name what people may read: never an address, never a URL with a credential in it
/// @param address mail address; null where the channel looks the address up by name
public record Destination(
        ChannelName channel, String name, @Nullable String address) {

    /// A mail address.
    public static Destination email(String name, String address) {
        return new Destination(ChannelName.EMAIL, name, address);
    }

    /// A configured Slack destination.
    public static Destination slack(String name) {
        return named(ChannelName.SLACK, name);
    }

    /// A configured destination of any channel that looks its address up by name.
    public static Destination named(ChannelName channel, String name) {
        return new Destination(channel, name, null);
    }

    /// What must be served one message at a time, and what a notification goes to at most once.
    public String lane() {
        return channel.label() + "/" + (address == null ? name : address.toLowerCase(Locale.ROOT));
    }
}

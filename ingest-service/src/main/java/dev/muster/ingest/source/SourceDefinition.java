package dev.muster.ingest.source;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How to trust and read one kind of tool. Immutable; read from YAML by [SourceReader].
///
/// @param about what people want to know
/// @param sender what its sender does, and how it proves itself
/// @param content what its bodies are
/// @param event gives the event type
public record SourceDefinition(
        String name, About about, Sender sender, Content content, Expression event, List<Mapping> mappings) {

    /// Media type of forms.
    public static final String FORM = "application/x-www-form-urlencoded";

    /// What people want to know.
    ///
    /// @param docs where its sender documents its webhooks
    /// @param setup steps for a person, each a line of Markdown
    /// @param examplesFrom where the shapes of the examples come from; null when it does not say
    public record About(
            String title,
            @Nullable String docs,
            List<String> setup,
            @Nullable ExamplesFrom examplesFrom) {}

    /// What a sender does, and how it proves itself.
    ///
    /// @param authentication ways to prove itself; any one is enough
    /// @param handshake how it asks beforehand; null when it does not
    /// @param acceptedStatus what it wants to hear, a status of the 200s
    /// @param keepHeaders lower-case names of headers that are journalled; never a credential or signature
    /// @param deliveryId what makes two deliveries the same
    public record Sender(
            Nature nature,
            OnError onError,
            List<Authentication> authentication,
            @Nullable Handshake handshake,
            int acceptedStatus,
            Set<String> keepHeaders,
            DeliveryIdRule deliveryId) {}

    /// What its bodies are.
    ///
    /// @param types media types that are taken, lower-case without parameters
    /// @param formField field of a form that holds the JSON, when the source posts forms
    /// @param listAllowed whether a body may be a list; else it is an object
    public record Content(Set<String> types, @Nullable String formField, boolean listAllowed) {}

    public String title() {
        return about.title();
    }

    public Nature nature() {
        return sender.nature();
    }

    public OnError onError() {
        return sender.onError();
    }

    public List<Authentication> authentication() {
        return sender.authentication();
    }

    public Set<String> contentTypes() {
        return content.types();
    }

    public Set<String> keepHeaders() {
        return sender.keepHeaders();
    }
}

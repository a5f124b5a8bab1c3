package dev.muster.ingest.source;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How to trust and read one kind of tool. Immutable; read from YAML by [SourceReader].
///
/// @param docs where its sender documents its webhooks
/// @param authentication ways to prove itself; any one is enough
/// @param contentTypes media types that are taken, lower-case without parameters
/// @param formField field of a form that holds the JSON, when the source posts forms
/// @param keepHeaders lower-case names of headers that are journalled; never a credential or signature
/// @param deliveryId where the sender's own id is; null means that the content's digest serves
/// @param event gives the event type
public record SourceDefinition(
        String name,
        String title,
        @Nullable String docs,
        Nature nature,
        OnError onError,
        List<Authentication> authentication,
        Set<String> contentTypes,
        @Nullable String formField,
        Set<String> keepHeaders,
        @Nullable DeliveryIdRule deliveryId,
        Expression event,
        List<Mapping> mappings) {

    /// Media type of forms.
    public static final String FORM = "application/x-www-form-urlencoded";
}

package dev.muster.ingest.subject;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What an identity provider's group is called as a subject: by its name, and by the id that the provider gives it.
public final class ScimGroups {

    private static final String BY_NAME = "team:scim/";
    private static final String BY_ID = "team:scim-id/";

    private ScimGroups() {}

    /// The subject of the group with this name, such as `team:scim/payments`. Names are the same whatever their case.
    public static String byName(String displayName) {
        return BY_NAME + withoutSpace(displayName.strip().toLowerCase(Locale.ROOT));
    }

    /// The subject of the group with this `externalId`, such as `team:scim-id/00g1emaKYZTWRYYRRTSK`.
    public static String byId(String externalId) {
        return BY_ID + withoutSpace(externalId.strip());
    }

    /// No two texts become the same one.
    private static String withoutSpace(String text) {
        var subject = new StringBuilder();
        text.codePoints().forEach(it -> {
            var character = Character.toString(it);
            if (it == '%' || Character.isWhitespace(it) || Character.isSpaceChar(it) || Character.isISOControl(it)) {
                for (var octet : character.getBytes(StandardCharsets.UTF_8)) {
                    subject.append("%%%02X".formatted(octet));
                }
            } else {
                subject.append(character);
            }
        });
        return subject.toString();
    }
}

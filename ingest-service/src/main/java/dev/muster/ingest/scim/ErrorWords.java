package dev.muster.ingest.scim;

import de.captaingoldfish.scim.sdk.common.constants.ScimType.RFC7644;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.response.ErrorResponse;

/// What the library's errors do not say: the keyword of the standard where it is missing, and what is allowed.
final class ErrorWords {

    private ErrorWords() {}

    static void complete(ErrorResponse error, HttpMethod method) {
        if (error.getHttpStatus() != 400) {
            return;
        }
        var keyword = keyword(error, method);
        error.setScimType(keyword);
        var advice = advice(keyword);
        if (!advice.isEmpty()) {
            error.setDetail(error.getDetail().orElse("") + ". " + advice);
        }
    }

    /// What is wrong with a path of a change comes as a filter that is: a path is read by the same grammar.
    private static String keyword(ErrorResponse error, HttpMethod method) {
        var given =
                error.getScimType().orElse(method == HttpMethod.GET ? RFC7644.INVALID_FILTER : RFC7644.INVALID_VALUE);
        return method == HttpMethod.PATCH && given.equals(RFC7644.INVALID_FILTER) ? RFC7644.INVALID_PATH : given;
    }

    private static String advice(String keyword) {
        return switch (keyword) {
            case RFC7644.INVALID_FILTER ->
                "A filter compares attributes of /scim/v2/Schemas, such as userName eq \"ada\" (RFC 7644, section 3.4.2.2)";
            case RFC7644.INVALID_PATH ->
                "A path names an attribute of /scim/v2/Schemas, such as name.givenName or emails[type eq \"work\"].value";
            case RFC7644.NO_TARGET -> "Name what is to be changed with 'path'";
            default -> "";
        };
    }
}

package dev.muster.portal.page;

import java.util.Locale;

/// References of entities in addresses.
public final class Ref {

    private Ref() {}

    /// Joins the two segments that a reference takes in a path; `%2F` between them was decoded before.
    ///
    /// @param scope `kind:namespace`
    /// @return in lower case, `kind:namespace/name`
    public static String of(String scope, String name) {
        return (scope + "/" + name).toLowerCase(Locale.ROOT);
    }
}

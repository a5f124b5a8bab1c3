package dev.muster.notifier.email;

/// Keeps a value of a mail header from becoming two headers.
final class HeaderValue {

    private HeaderValue() {}

    /// `value`, when it has no line break and no other control character.
    ///
    /// @throws IllegalArgumentException otherwise, without the value
    static String check(String name, String value) {
        if (value.chars().anyMatch(it -> Character.isISOControl(it))) {
            throw new IllegalArgumentException(name + " must not contain a line break or another control character");
        }
        return value;
    }
}

package dev.muster.service;

/// What a token may do. Each may do what those before it may.
public enum Role {
    /// Read.
    VIEWER,
    /// Change what its team owns.
    EDITOR,
    /// Everything.
    ADMIN;

    /// The name under which Spring Security knows it.
    public String authority() {
        return "ROLE_" + name();
    }
}

package dev.muster.ingest.owner;

import dev.muster.service.Caller;

/// Those who look after Muster itself: admins, and whoever has the duty `platform`. Pure.
public final class Platform {

    public static final String DUTY = "platform";

    private Platform() {}

    public static boolean has(Caller caller) {
        return caller.isAdmin() || caller.duties().contains(DUTY);
    }
}

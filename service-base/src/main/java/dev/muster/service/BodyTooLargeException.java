package dev.muster.service;

import java.io.IOException;

/// A body went on behind its limit while it was read.
public final class BodyTooLargeException extends IOException {

    BodyTooLargeException(long limit) {
        super(text(limit));
    }

    static String text(long limit) {
        return "A body may have " + limit + " bytes at most";
    }
}

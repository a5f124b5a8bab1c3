package dev.muster.notifier.template;

/// What is wrong with a template.
///
/// @param line from 1
/// @param message what is wrong and what is allowed
public record Mistake(int line, String message) {

    @Override
    public String toString() {
        return "line " + line + ": " + message;
    }
}

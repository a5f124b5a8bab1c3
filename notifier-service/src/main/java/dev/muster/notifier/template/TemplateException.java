package dev.muster.notifier.template;

/// A template has a mistake.
public final class TemplateException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Mistake mistake;

    TemplateException(Mistake mistake) {
        super(mistake.toString());
        this.mistake = mistake;
    }

    /// The first one.
    public Mistake mistake() {
        return mistake;
    }
}

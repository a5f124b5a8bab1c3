package dev.muster.notifier.text;

/// The page that a link in a message leads to: small, without scripts, and not for search engines.
public final class LinkPage {

    private LinkPage() {}

    /// The whole page.
    ///
    /// @param html what it shows, escaped already
    public static String of(String html) {
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>Muster</title></head>
                <body style="font:16px/1.5 sans-serif;max-width:34em;margin:3em auto;padding:0 1em">%s</body></html>
                """.formatted(html);
    }
}

package dev.muster.local.caught;

/// The few lines that all pages here share.
final class Html {

    /// No script runs, whatever a message holds.
    static final String POLICY = "sandbox allow-popups; script-src 'none'";

    private Html() {}

    static String page(String title, String body) {
        return """
                <!doctype html><html lang="en"><head><meta charset="utf-8"><title>%1$s</title>
                <meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="5">
                <style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui;max-width:50rem;margin:2rem auto;padding:0 1rem}
                li{margin:0 0 1rem}</style></head>
                <body><h1>%1$s</h1><p>Caught on this machine; nothing left it.</p>%2$s</body></html>
                """.formatted(title, body);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
